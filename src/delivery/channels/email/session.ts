import { isIP } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailOutcome } from '../../../ports/mailer.ts';
import { outcomeOf } from './outcome.ts';
import type { Relay } from './relay.ts';

/** Who it is from and to, and what the servers on the way are to report under which name (RFC 3461). */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly report: 'failure' | 'delivery';
}

/** Relays end a session after so many messages, some without a word; nodemailer's pool stops at the same number. */
export const MESSAGES_A_SESSION = 100;

/** One open SMTP session, used for one message after another; no longer usable after {@link MESSAGES_A_SESSION}. */
export interface Session {
  readonly usable: boolean;
  send(envelope: Envelope, message: string): Promise<MailOutcome>;
  close(): void;
}

/** Connects, secures and logs in. Rejects with nodemailer's error where no session came to stand. */
export async function openSession(relay: Relay): Promise<Session> {
  const connection = new SMTPConnection({
    host: relay.host,
    port: relay.port,
    secure: relay.secure,
    requireTLS: relay.requireTls,
    ...(relay.name === null ? {} : { name: relay.name }),
    ...(isIP(relay.host) === 0 ? { tls: { servername: relay.host } } : {}),
    connectionTimeout: relay.timeouts.connect,
    greetingTimeout: relay.timeouts.connect,
    socketTimeout: relay.timeouts.send,
  });
  let usable = true;
  let messages = 0;
  connection.on('end', () => {
    usable = false;
  });
  try {
    await connected(connection);
    if (relay.login !== null) await loggedIn(connection, relay.login);
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    get usable() {
      return usable && messages < MESSAGES_A_SESSION;
    },
    async send(envelope, message) {
      messages++;
      const outcome = await attempt(connection, envelope, message, relay.timeouts.send);
      if (outcome.kind !== 'accepted' && usable) usable = await cleared(connection);
      if (!usable) connection.close();
      return outcome;
    },
    close() {
      usable = false;
      connection.quit();
    },
  };
}

function connected(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.connect((error) => {
      if (error) return reject(error);
      connection.off('error', reject);
      // An error while nothing is in flight ends the session; `end` says so.
      connection.on('error', () => {});
      resolve();
    });
  });
}

function loggedIn(connection: SMTPConnection, login: { user: string; pass: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.login({ credentials: login }, (error) => (error ? reject(error) : resolve()));
  });
}

/** The overall limit is ours: a server that trickles its replies never trips a socket's idle time. */
function attempt(connection: SMTPConnection, envelope: Envelope, message: string, limit: number): Promise<MailOutcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      connection.close();
      resolve({ kind: 'unknown', reply: `no reply within ${Math.round(limit / 1000)} seconds` });
    }, limit);
    connection.send(withReports(envelope), message, (error, info) => {
      clearTimeout(timer);
      resolve(error ? outcomeOf(error, true) : { kind: 'accepted', reply: info.response });
    });
  });
}

/** Asked only of a relay that knows how; of the mail only its headers come back. */
function withReports({ from, to, name, report }: Envelope) {
  const notify = report === 'delivery' ? ['success', 'failure', 'delay'] : ['failure', 'delay'];
  return { from, to: [to], dsn: { id: name, return: 'headers' as const, notify, recipient: `rfc822;${to}` } };
}

/** After a refusal the session goes on from a clean state, or not at all. */
function cleared(connection: SMTPConnection): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (clean: boolean) => {
      clearTimeout(timer);
      connection.off('end', ended);
      resolve(clean);
    };
    const ended = () => done(false);
    const timer = setTimeout(ended, 5000);
    connection.once('end', ended);
    connection.reset((error) => done(!error));
  });
}
