import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** What the sink does to the mails of one recipient: its answer, once or always. */
export type Fault =
  | { readonly at: 'rcpt' | 'dot'; readonly reply: number; readonly times?: number }
  | { readonly at: 'silent'; readonly silent: true; readonly times?: number }
  | { readonly at: 'slow'; readonly milliseconds: number; readonly times?: number }
  | { readonly at: 'in-data' | 'after-dot' | 'rcpt-cut'; readonly cut: true; readonly times?: number };

export interface Received {
  readonly to: string;
  readonly from: string;
  readonly raw: string;
}

export interface SmtpSink {
  readonly port: number;
  readonly url: string;
  /** Every mail whose dot was seen and not answered 4xx or 5xx, also those whose answer was then cut off. */
  readonly received: Received[];
  /** Sessions opened so far. */
  sessions(): number;
  /** Sets what happens to this recipient. */
  fault(to: string, fault: Fault): void;
  close(): Promise<void>;
}

/** A real SMTP server on this machine that keeps what it gets and fails as told. */
export async function smtpSink(): Promise<SmtpSink> {
  const received: Received[] = [];
  const faults = new Map<string, { fault: Fault; left: number }>();
  const sockets = new Set<Socket>();
  let sessions = 0;

  function take(to: string, ...at: Fault['at'][]): Fault | null {
    const known = faults.get(to);
    if (!known || known.left === 0 || !at.includes(known.fault.at)) return null;
    known.left--;
    return known.fault;
  }

  function cut({ remoteAddress, remotePort }: SMTPServerSession): void {
    for (const socket of sockets) {
      if (socket.remoteAddress === remoteAddress && socket.remotePort === remotePort) socket.destroy();
    }
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    size: 10_000_000,
    onConnect(_session, done) {
      sessions++;
      done();
    },
    onRcptTo(address, session, done) {
      const fault = take(address.address, 'rcpt', 'rcpt-cut', 'silent');
      if (!fault) return done();
      if ('cut' in fault) return cut(session);
      // The silent one hears nothing.
      if ('reply' in fault) done(replying(fault.reply));
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
      const midway = take(to, 'in-data');
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (midway) cut(session);
        chunks.push(chunk);
      });
      stream.on('end', () => {
        if (midway) return;
        const fault = take(to, 'dot', 'after-dot', 'slow');
        if (fault && 'reply' in fault) return done(replying(fault.reply));
        received.push({ to, from, raw: Buffer.concat(chunks).toString('latin1') });
        if (fault && 'cut' in fault) return cut(session);
        if (fault && 'milliseconds' in fault) return void setTimeout(done, fault.milliseconds);
        done();
      });
    },
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    sessions: () => sessions,
    fault: (to, fault) => void faults.set(to, { fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function replying(code: number): Error {
  return Object.assign(new Error(code < 500 ? 'try again later' : 'no such mailbox'), { responseCode: code });
}
