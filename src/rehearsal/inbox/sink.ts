import type { Server, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { KnobBoard } from '../knobs.ts';
import { type MailFaults, mailFaults } from './mail-faults.ts';
import type { Mailbox } from './mailbox.ts';

export interface Sink {
  readonly port: number;
  stop(): Promise<void>;
}

/** An SMTP server that keeps what it is sent, and misbehaves by recipient where the knobs say so. */
export async function startSink(
  rooms: { readonly mailbox: Mailbox; readonly knobs: KnobBoard },
  host: string,
  port: number,
  onReset: (then: () => void) => void,
): Promise<Sink> {
  const faults = mailFaults(rooms.knobs);
  onReset(faults.reset);
  const sockets = new Map<number, Socket>();
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: 10 * 1024 * 1024,
    closeTimeout: 500,
    onRcptTo: (address, session, done) => {
      const fault = faults.atRecipient(address.address);
      if (fault === null) return done();
      rooms.mailbox.fault(fault);
      done(Object.assign(new Error(REPLIES[fault]), { responseCode: Number(fault) }));
      if (fault === '421') sockets.get(session.remotePort)?.end();
    },
    onData: (stream, session, done) => {
      const socket = sockets.get(session.remotePort);
      receive(rooms.mailbox, rooms.knobs, faults, { stream, session, hangUp: () => socket?.destroy() }).then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });
  smtp.on('error', () => {
    // A client that goes away in the middle is part of what is rehearsed.
  });
  const server: Server = smtp.server;
  server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    smtp.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}

interface Delivery {
  readonly stream: SMTPServerDataStream;
  readonly session: SMTPServerSession;
  hangUp(): void;
}

async function receive(mailbox: Mailbox, knobs: KnobBoard, faults: MailFaults, delivery: Delivery): Promise<void> {
  const recipients = delivery.session.envelope.rcptTo.map((one) => one.address);
  const fault = faults.atData(recipients);
  if (fault !== null) mailbox.fault(fault);
  const chunks: Buffer[] = [];
  for await (const chunk of delivery.stream) {
    if (fault === 'cut-in-data') return delivery.hangUp();
    chunks.push(chunk as Buffer);
  }
  if (fault === '451') throw Object.assign(new Error(REPLIES['451']), { responseCode: 451 });
  const raw = Buffer.concat(chunks);
  const { mailFrom } = delivery.session.envelope;
  for (const to of recipients)
    mailbox.accept({
      to,
      from: mailFrom === false ? '' : mailFrom.address,
      messageId: messageIdOf(raw),
      raw,
      receivedAt: Temporal.Now.instant(),
    });
  if (fault === 'cut-after-dot') return delivery.hangUp();
  const { delayMs } = knobs.read().mail;
  if (delayMs > 0) await wait(delayMs);
}

function messageIdOf(raw: Buffer): string {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw.toString('latin1', 0, end < 0 ? raw.length : end);
  return /^message-id:\s*(<[^>]*>)/im.exec(headers)?.[1] ?? '';
}

const REPLIES = {
  '421': '4.3.2 Service not available, closing the connection',
  '450': '4.2.0 Mailbox is busy, try again later',
  '451': '4.3.0 Local error, try again later',
  '550': '5.1.1 There is no such mailbox here',
} as const;
