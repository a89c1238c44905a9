/** Where one mail to one recipient is (rule 23). Only `queued` may be sent; a person alone turns `unknown` into it. */
export const DELIVERY_STATUSES = ['queued', 'sending', 'sent', 'delivered', 'bounced', 'failed', 'unknown'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Has reached the relay at least. */
export const TOLD: readonly DeliveryStatus[] = ['sent', 'delivered'];
/** What `resend failed` may queue again; `unknown` only one by one, by a person who checked. */
export const RESENDABLE: readonly DeliveryStatus[] = ['failed', 'bounced'];
/** May have reached the recipient's calendar (rule 22: a CANCEL goes to these). */
export const MAY_HAVE_ARRIVED: readonly DeliveryStatus[] = ['sent', 'delivered', 'unknown'];

export type DeliveryCounts = Readonly<Record<DeliveryStatus, number>>;
export const NO_DELIVERIES: DeliveryCounts = {
  queued: 0,
  sending: 0,
  sent: 0,
  delivered: 0,
  bounced: 0,
  failed: 0,
  unknown: 0,
};

/** What a mail server, or the lack of one, answered to one mail (contracts, Mail). */
export type MailOutcome =
  | { readonly kind: 'accepted'; readonly reply: string }
  /** A 4xx reply, or no connection was ever made: nothing went out, try again later. */
  | { readonly kind: 'later'; readonly code: number | null; readonly reply: string }
  /** A 5xx reply: final. */
  | { readonly kind: 'refused'; readonly code: number; readonly reply: string }
  /** A connection was lost without a reply: it may have gone out, so no machine sends it again. */
  | { readonly kind: 'unknown'; readonly reply: string };

export interface Settled {
  readonly status: 'queued' | 'sent' | 'failed' | 'unknown';
  /** When to try again (the system's clock), for `queued`. */
  readonly retryAfterSeconds: number | null;
  readonly reply: string;
}

/** The next state of a delivery after its `attempts`-th try (1 is the first). Temporary failures wait longer each time. */
export function settled(outcome: MailOutcome, attempts: number): Settled {
  const reply = oneLine(outcome.reply);
  if (outcome.kind === 'accepted') return { status: 'sent', retryAfterSeconds: null, reply };
  if (outcome.kind === 'refused') return { status: 'failed', retryAfterSeconds: null, reply };
  if (outcome.kind === 'unknown') return { status: 'unknown', retryAfterSeconds: null, reply };
  const wait = RETRY_AFTER_SECONDS[attempts - 1];
  if (wait === undefined) {
    return { status: 'failed', retryAfterSeconds: null, reply: `Gave up after ${attempts} tries. ${reply}` };
  }
  return { status: 'queued', retryAfterSeconds: wait, reply };
}

/** 30 seconds, 2, 5, 15 and 30 minutes, 1, 2, 4 hours: about 8 hours in all, then a person decides. */
export const RETRY_AFTER_SECONDS: readonly number[] = [30, 120, 300, 900, 1800, 3600, 7200, 14_400];

function oneLine(reply: string): string {
  return reply.replace(/\s+/g, ' ').trim().slice(0, 300);
}
