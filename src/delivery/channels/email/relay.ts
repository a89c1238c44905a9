/** The mail relay, from SMTP_URL: smtp://user:pass@host:25 (STARTTLS where offered) or smtps://… (TLS from the start). */
export interface Relay {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Refuse to go on without TLS; on unless the relay is this machine or the address ends in `?tls=optional`. */
  readonly requireTls: boolean;
  readonly login: { readonly user: string; readonly pass: string } | null;
  /** The name we greet with; null: the machine's own. */
  readonly name: string | null;
  /** Milliseconds. Together they stay under half of a sending's lease, so that no owner is thought dead while it sends. */
  readonly timeouts: { readonly connect: number; readonly send: number };
}

export const RELAY_TIMEOUTS = { connect: 10_000, send: 40_000 } as const;

/** Throws a TypeError for what is not an SMTP address; configuration turns that into its own message. */
export function relayFrom(smtpUrl: string): Relay {
  const url = new URL(smtpUrl);
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') {
    throw new TypeError('SMTP_URL starts with smtp:// or smtps://');
  }
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTls: !secure && !LOOPBACK.test(host) && url.searchParams.get('tls') !== 'optional',
    login:
      url.username === '' ? null : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    name: url.searchParams.get('name'),
    timeouts: RELAY_TIMEOUTS,
  };
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;
