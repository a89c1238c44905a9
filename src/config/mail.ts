export interface MailConfig {
  readonly smtpUrl: string;
  readonly from: string;
  /** What mails are signed with here; null: the relay signs them. */
  readonly dkim: { readonly domain: string; readonly selector: string; readonly keyFile: string } | null;
}

/** What the environment says of mail, each by itself well-formed. */
export interface MailEnvironment {
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
  readonly DKIM_DOMAIN?: string | undefined;
  readonly DKIM_SELECTOR?: string | undefined;
  readonly DKIM_KEY_FILE?: string | undefined;
}

/** imaps://user:password@host/FOLDER, or imap://…: both parts of the login are there, and can be read. */
export function isMailbox(given: string): boolean {
  try {
    const { protocol, hostname, username, password, pathname, search, hash } = new URL(given);
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    const login = username !== '' && password !== '' && hostname !== '';
    return /^imaps?:$/.test(protocol) && login && search === '' && hash === '';
  } catch {
    return false;
  }
}

/** A name in DNS, in small letters. */
export const DNS_NAME = /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/;

/** A rehearsal's mails go to its own inbox, unsigned. */
export function mailOf(env: MailEnvironment, mode: 'rehearsal' | 'service'): MailConfig | null {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, DKIM_DOMAIN: domain } = env;
  const { DKIM_SELECTOR: selector, DKIM_KEY_FILE: keyFile } = env;
  if (!smtpUrl || !from) return null;
  const signs = mode === 'service' && domain && selector && keyFile;
  return { smtpUrl, from, dkim: signs ? { domain, selector, keyFile } : null };
}

/** All or none, and for the sender's own domain: a signature of another one does not speak for the sender (DMARC). */
export function dkimFaults(env: MailEnvironment): string[] {
  const set = DKIM.filter((name) => env[name] !== undefined);
  if (set.length === 0) return [];
  const faults = DKIM.filter((name) => !set.includes(name)).map(
    (name) => `${name} is missing: DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE belong together`,
  );
  const { DKIM_DOMAIN: domain, MAIL_FROM: from } = env;
  const sender = from?.slice(from.lastIndexOf('@') + 1).toLowerCase();
  if (domain && sender && sender !== domain && !sender.endsWith(`.${domain}`)) {
    faults.push(`DKIM_DOMAIN: MAIL_FROM is at ${sender}, which is not ${domain} or below it`);
  }
  return faults;
}

const DKIM = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'] as const;
