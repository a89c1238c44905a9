import { type FetchMessageObject, ImapFlow } from 'imapflow';
import { type Mailbox, MailboxTrouble, type OpenMailbox } from '../../../ports/mailbox.ts';
import type { MailboxAddress } from './mailbox-address.ts';

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 };
/** No answer of a mail server may take more of our memory. */
const BIGGEST = { maxLineLength: 1_000_000, maxLiteralSize: 16_000_000, maxResponseSize: 20_000_000 };

/** A mailbox over IMAP (RFC 3501): TLS from the start, or STARTTLS unless the server is this machine. */
export function imapMailbox(address: MailboxAddress): Mailbox {
  const { host, folder, login } = address;
  return {
    name: `${login.user} at ${host}, ${folder}`,
    async open() {
      const client = new ImapFlow({
        host,
        port: address.port,
        secure: address.secure,
        ...(address.secure ? {} : { doSTARTTLS: address.requireTls }),
        auth: login,
        logger: false,
        disableAutoIdle: true,
        clientInfo: { name: 'Changeover' },
        ...TIMEOUTS,
        ...BIGGEST,
      });
      // A broken connection also ends the command that waits for it; without a listener it would end the process.
      client.on('error', () => {});
      try {
        await client.connect();
        const { uidValidity } = await client.mailboxOpen(folder);
        return opened(client, String(uidValidity), address);
      } catch (error) {
        client.close();
        throw troubleOf(error, address);
      }
    },
  };
}

function opened(client: ImapFlow, validity: string, address: MailboxAddress): OpenMailbox {
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw troubleOf(error, address);
    }
  };
  return {
    validity,
    newerThan: (after, since) =>
      guarded(async () => {
        const query = { uid: `${after + 1}:*`, since: new Date(since.epochMilliseconds) };
        const found = (await client.search(query, { uid: true })) || [];
        // "*" is the last mail, even where its number is below the first.
        return found.filter((mail) => mail > after).sort((a, b) => a - b);
      }),
    reportsAmong: (mails) =>
      guarded(async () => {
        const reports: { mail: number; size: number }[] = [];
        for await (const one of client.fetch([...mails], { size: true, bodyStructure: true }, { uid: true })) {
          if (isReport(one.bodyStructure)) reports.push({ mail: one.uid, size: one.size ?? 0 });
        }
        return reports.sort((a, b) => a.mail - b.mail);
      }),
    fetch: (mail) =>
      guarded(async () => {
        const found = await client.fetchOne(String(mail), { source: true }, { uid: true });
        return found === false ? null : (found.source ?? null);
      }),
    markRead: (mails) =>
      guarded(async () => {
        if (mails.length > 0) await client.messageFlagsAdd([...mails], ['\\Seen'], { uid: true });
      }),
    close: () => client.logout().catch(() => client.close()),
  };
}

/** A delivery status stands in one of the mail's own parts; one inside a mail that somebody forwarded is not ours to read. */
function isReport(structure: FetchMessageObject['bodyStructure']): boolean {
  if (structure === undefined) return false;
  if (/^message\/(?:global-)?delivery-status$/i.test(structure.type)) return true;
  if (/^message\//i.test(structure.type)) return false;
  return (structure.childNodes ?? []).some(isReport);
}

/** imapflow's errors may hold what was sent, and are not shown. */
function troubleOf(error: unknown, { host, port, folder, login }: MailboxAddress): MailboxTrouble {
  if (error instanceof MailboxTrouble) return error;
  const fact = (name: string): string =>
    typeof error === 'object' && error !== null && name in error ? String(error[name as keyof typeof error]) : '';
  const code = fact('serverResponseCode') || fact('code');
  const trouble = (says: string, fix: string, patient = false) =>
    new MailboxTrouble(says, fix, { patient, cause: code });
  if (fact('authenticationFailed') === 'true') {
    return trouble(
      `${host} refuses the login of ${login.user}`,
      'Check the user and password in BOUNCE_MAILBOX (in an address @ is written %40), and that the server takes passwords over IMAP: Exchange Online does not',
      true,
    );
  }
  if (fact('mailboxMissing') === 'true' || code === 'NONEXISTENT') {
    return trouble(`${host} has no folder ${folder}`, 'Check the folder at the end of BOUNCE_MAILBOX', true);
  }
  if (fact('tlsFailed') === 'true' || /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)) {
    return trouble(
      `${host}:${port} and we agree on no TLS (${code || 'not offered'})`,
      'Use imaps:// for port 993 and imap:// for 143, and check the certificate’s name',
    );
  }
  if (code === 'ENOTFOUND') return trouble(`${host} is not known`, 'Check the host in BOUNCE_MAILBOX');
  return trouble(
    `${host}:${port} does not answer as a mailbox server (${code || 'no reason given'})`,
    'Check host and port in BOUNCE_MAILBOX, and that this machine may reach it',
  );
}
