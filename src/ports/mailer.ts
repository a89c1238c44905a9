import type { MailOutcome } from '../domain/delivery.ts';

export type { MailOutcome };

/** What all recipients of a notice get alike: built once, however many they are (rule 22). */
export interface SharedMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** Plain text and HTML; `personalMark(name)` stands where a value of the recipient goes. */
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly MailAttachment[];
  /** Header name to value; marks allowed. Subject, From, To, Date, Message-ID and MIME headers are made by the mailer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly date: Temporal.Instant;
}

export interface MailAttachment {
  readonly name: string;
  /** With its parameters: "text/calendar; method=PUBLISH; charset=utf-8". */
  readonly mediaType: string;
  readonly text: string;
}

/** One recipient's own part. `fields` are plain text; the mailer encodes them for the place where they go. */
export interface PersonalMail {
  readonly to: { readonly name: string; readonly address: string };
  /** Stable for a delivery, so that a second copy would be recognised: "<…@…>" without the brackets. */
  readonly messageId: string;
  /** What the servers on the way are asked to report, where they know how to (RFC 3461): failures, or the delivery too. */
  readonly report: 'failure' | 'delivery';
  readonly fields: Readonly<Record<string, string>>;
}

export interface PreparedMail {
  /** One recipient's whole message, ready for the wire (CRLF lines, ASCII). */
  messageFor(personal: PersonalMail): string;
}

export interface Mailer {
  /** How many mails can be on their way at once. */
  readonly connections: number;
  prepare(mail: SharedMail): PreparedMail;
  /** Sends one message to one recipient. Never throws: what happened is the outcome. */
  send(prepared: PreparedMail, personal: PersonalMail): Promise<MailOutcome>;
  close(): Promise<void>;
}

const OPEN = '\u{e000}';
const CLOSE = '\u{e001}';
const MARK = /\u{e000}([a-z-]+)\u{e001}/u;

/** Where a recipient's value goes. Private-use characters: they survive escaping, and no person can type them in (see `withoutMarks`). */
export function personalMark(name: string): string {
  return `${OPEN}${name}${CLOSE}`;
}

/** A text that people wrote, unable to pretend that it holds a mark. */
export function withoutMarks(text: string): string {
  return text.replaceAll(OPEN, '').replaceAll(CLOSE, '');
}

/** Text pieces at even places, names of marks at odd ones. */
export function splitAtMarks(text: string): readonly string[] {
  return text.split(MARK);
}
