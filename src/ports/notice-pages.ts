import type { NoticeFacts, NoticeKind, ServiceLine } from '../domain/notice.ts';

/** What the public page of a notice shows to whoever holds its address. */
export interface NoticePage {
  readonly facts: NoticeFacts;
  /** A preview or a test: nobody else was told. */
  readonly test: boolean;
  /** Where its outage is at this moment; null for a notice that brings none, or that was replaced. */
  readonly phase: 'ahead' | 'now' | 'past' | null;
  readonly services: readonly ServiceLine[];
  /** Names the calendar of the outage, to subscribe to; null where there is none. */
  readonly outageToken: string | null;
  /** The newest notice that took this one's place. */
  readonly replacedBy: { readonly token: string; readonly reference: string; readonly kind: NoticeKind } | null;
}

/** The notices as the public page needs them; a token that nobody was given finds nothing. */
export interface NoticePages {
  byToken(token: string): Promise<NoticePage | null>;
  /** Who the link was sent to, where the link says so: its name, for the form. */
  addressee(token: string, ref: string): Promise<string | null>;
  /** Keeps what a recipient wrote about their address as a task. */
  report(token: string, ref: string | null, written: AddressReport): Promise<ReportOutcome>;
}

export interface AddressReport {
  readonly better: string;
  readonly note: string;
}

export type ReportOutcome =
  | { readonly kind: 'kept' | 'unknown' }
  /** Too many came through this notice's links. */
  | { readonly kind: 'full' }
  /** Refused, nothing stored (rule 28); these fields look like a patient's data. */
  | { readonly kind: 'patient-data'; readonly fields: readonly (keyof AddressReport)[] };
