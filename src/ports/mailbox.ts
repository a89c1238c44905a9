/** A mailbox to which mail servers send their reports. Nothing in it is ever deleted or moved. */
export interface Mailbox {
  /** What tells it from others, without its password: "notices at imap.trust.example, INBOX". */
  readonly name: string;
  /** Connects and opens it; rejects with a MailboxTrouble. */
  open(): Promise<OpenMailbox>;
}

export interface OpenMailbox {
  /** When this changes, the numbers of the mails mean other mails (RFC 3501, UIDVALIDITY). */
  readonly validity: string;
  /** The numbers (UIDs) above `after` of mails that arrived since that day, in order. */
  newerThan(after: number, since: Temporal.Instant): Promise<readonly number[]>;
  /** Those that have the form of a report, with their sizes in bytes; the contents of others are never fetched. */
  reportsAmong(mails: readonly number[]): Promise<readonly { readonly mail: number; readonly size: number }[]>;
  /** The whole mail; null where it is gone. */
  fetch(mail: number): Promise<Uint8Array | null>;
  /** Marks them as read. */
  markRead(mails: readonly number[]): Promise<void>;
  close(): Promise<void>;
}

/** Why a mailbox cannot be read, for people: never with its password or what its server wrote. */
export class MailboxTrouble extends Error {
  readonly fix: string;
  /** A refused login is not repeated soon: mail servers lock accounts for that. */
  readonly patient: boolean;
  constructor(says: string, fix: string, more: { readonly patient?: boolean; readonly cause?: unknown } = {}) {
    super(says, { cause: more.cause });
    this.name = 'MailboxTrouble';
    this.fix = fix;
    this.patient = more.patient ?? false;
  }
}
