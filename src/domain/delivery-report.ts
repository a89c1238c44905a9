import { sha256 } from '../kernel/canonical.ts';
import type { DeliveryStatus } from './delivery.ts';
import { findPatientData } from './patient-data.ts';

/** What a mail server later says became of a mail: a delivery status notification (RFC 3464), read but not judged. */
export interface DeliveryReport {
  /** Of the report itself, so that it is known when it is read again; null where it has nothing of its own. */
  readonly id: string | null;
  /** What names our mail in it: kept in its envelope id and its Message-ID (`mailName`). */
  readonly mail: string;
  readonly recipients: readonly ReportedRecipient[];
}

export interface ReportedRecipient {
  /** The addresses that the report gives, original and final. */
  readonly addresses: readonly string[];
  /** RFC 3464, 2.3.3: failed, delayed, delivered, relayed or expanded; anything else says nothing. */
  readonly action: string;
  /** The status code and the diagnostic, on one line: "5.1.1, 550 no such mailbox". */
  readonly reply: string;
}

/** What a file or a mail of reports held. */
export interface ReadReports {
  readonly mails: number;
  readonly reports: readonly DeliveryReport[];
}

/** Reads one mail or a mailbox file (mbox) of them. What is no report, or not about one of our mails, is left out. */
export type ReadDeliveryReports = (bytes: Uint8Array) => Promise<ReadReports>;

/** As much as a mailbox of reports may hold; nothing is stored of it. */
export const BIGGEST_REPORT_FILE = 50_000_000;

/**
 * The name of one mail. The last part is made from the notice's key, which nobody is told: who got a mail knows the name of
 * that one alone and can make up no report about another.
 */
export function mailName(noticeId: number, deliveryId: number, mailKey: string): string {
  return `notice-${noticeId}.${deliveryId}.${sha256(`${mailKey}:${deliveryId}`).slice(0, 16)}`;
}

export const MAIL_NAME = /notice-(\d{1,9})\.(\d{1,9})\.[0-9a-f]{16}/;

export function deliveryNamed(mail: string): { noticeId: number; deliveryId: number } | null {
  const [whole, noticeId, deliveryId] = MAIL_NAME.exec(mail) ?? [];
  return whole === mail ? { noticeId: Number(noticeId), deliveryId: Number(deliveryId) } : null;
}

export interface ReportVerdict {
  readonly status: 'bounced' | 'delivered' | 'delayed' | 'nothing';
  readonly reply: string;
}

/**
 * What a report says about the mail to this address. Other addresses count only where ours is not named (a list that was
 * expanded, a forward): then the worst of them does, so that nobody counts as told who may not be.
 */
export function reportVerdict(report: DeliveryReport, email: string): ReportVerdict {
  const mine = report.recipients.filter((one) => one.addresses.includes(email.toLowerCase()));
  const counting = mine.length > 0 ? mine : report.recipients;
  const said = (action: string) => counting.find((one) => one.action === action);
  const failed = said('failed');
  if (failed) return { status: 'bounced', reply: cleared(failed.reply) };
  const delivered = said('delivered');
  if (delivered) return { status: 'delivered', reply: cleared(delivered.reply) };
  const delayed = said('delayed');
  if (delayed) return { status: 'delayed', reply: cleared(delayed.reply) };
  return { status: 'nothing', reply: '' };
}

/** The state after a report, or null where it changes nothing: one that is queued again is not judged by its last try. */
export function afterReport(status: DeliveryStatus, verdict: ReportVerdict): 'bounced' | 'delivered' | null {
  if (verdict.status === 'bounced') return BOUNCES_FROM.includes(status) ? 'bounced' : null;
  if (verdict.status === 'delivered') return DELIVERED_FROM.includes(status) ? 'delivered' : null;
  return null;
}

/** A fast relay bounces before its answer to us is written, and a forwarded mail bounces after its delivery. */
const BOUNCES_FROM: readonly DeliveryStatus[] = ['sending', 'sent', 'delivered', 'unknown'];
const DELIVERED_FROM: readonly DeliveryStatus[] = ['sending', 'sent', 'unknown'];

/** Other people's servers wrote it: on one line, and nothing that looks like a patient (rule 28). */
function cleared(reply: string): string {
  const line = reply
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
  return findPatientData(line) ? 'the reply is not repeated here: it looks like patient data' : line;
}

/** What reports changed, for people. */
export interface AppliedReport {
  readonly migrationId: number;
  readonly noticeId: number;
  readonly planId: number | null;
  readonly reference: string;
  readonly code: string;
  readonly name: string;
  readonly kind: 'commissioner' | 'referrer';
  readonly test: boolean;
  readonly status: 'bounced' | 'delivered';
  readonly reply: string;
}

export interface AppliedReports {
  readonly changed: readonly AppliedReport[];
  /** Servers that still try. */
  readonly delayed: number;
  /** Known before, or not for us to change. */
  readonly unchanged: number;
  /** Not about a mail of ours. */
  readonly strange: number;
}
