/** The mailbox for reports, from BOUNCE_MAILBOX. */
export interface MailboxAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the start. */
  readonly secure: boolean;
  /** Refuse to go on without STARTTLS; off only where the server is this machine. */
  readonly requireTls: boolean;
  readonly login: { readonly user: string; readonly pass: string };
  readonly folder: string;
}

/** imaps://user:password@host/INBOX (port 993), or imap://… (port 143, STARTTLS). Throws for what configuration would refuse. */
export function mailboxAddress(given: string): MailboxAddress {
  const url = new URL(given);
  const secure = url.protocol === 'imaps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    requireTls: !/^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host),
    login: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    folder: decodeURIComponent(url.pathname.slice(1)) || 'INBOX',
  };
}
