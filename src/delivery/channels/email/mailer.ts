import type { Mailer, MailOutcome } from '../../../ports/mailer.ts';
import type { SignMail } from './dkim.ts';
import { prepareMessage } from './message.ts';
import { outcomeOf } from './outcome.ts';
import type { Relay } from './relay.ts';
import type { Envelope, Session } from './session.ts';
import { openSession } from './session.ts';

/**
 * Sends over a few open sessions to the relay; who finds none free waits. Nothing is repeated here: whether to try again
 * is the ledger's decision (rule 23). `sender` is the envelope's address. With `sign`, what could not be signed is not sent.
 */
export function smtpMailer(relay: Relay, sender: string, connections = 5, sign: SignMail | null = null): Mailer {
  const idle: Idle[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  async function free(): Promise<void> {
    if (busy >= connections) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy++;
  }

  function release(session: Session | null): void {
    if (session?.usable && !closed) idle.push({ session, since: performance.now() });
    else session?.close();
    const next = waiting.shift();
    if (next) next();
    else busy--;
  }

  async function deliver(envelope: Envelope, message: string): Promise<MailOutcome> {
    await free();
    let session: Session | null = null;
    try {
      session = usable(idle) ?? (await openSession(relay));
      return await session.send(envelope, message);
    } catch (error) {
      return outcomeOf(error, session !== null);
    } finally {
      release(session);
    }
  }

  return {
    connections,
    prepare: prepareMessage,
    async send(prepared, personal) {
      if (closed) return { kind: 'later', code: null, reply: 'the mailer is closed' };
      try {
        const { to, messageId, report } = personal;
        const name = messageId.slice(0, messageId.indexOf('@'));
        const message = prepared.messageFor(personal);
        const signed = sign === null ? message : await sign(message);
        return await deliver({ from: sender, to: to.address, name, report }, signed);
      } catch (error) {
        return outcomeOf(error, false);
      }
    },
    async close() {
      closed = true;
      for (const { session } of idle.splice(0)) session.close();
    },
  };
}

interface Idle {
  readonly session: Session;
  readonly since: number;
}

/** A relay that ends an idle session at the very moment of our next mail would make that mail unknown: be first. */
const LONGEST_IDLE_MS = 15_000;

function usable(idle: Idle[]): Session | null {
  for (let last = idle.pop(); last; last = idle.pop()) {
    if (last.session.usable && performance.now() - last.since < LONGEST_IDLE_MS) return last.session;
    last.session.close();
  }
  return null;
}
