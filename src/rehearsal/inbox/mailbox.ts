/** A mail as it arrived: the dot was seen, and it was not answered 4xx or 5xx. Read only when somebody looks. */
export interface StoredMail {
  readonly id: number;
  readonly to: string;
  readonly from: string;
  readonly messageId: string;
  readonly raw: Buffer;
  /** By the machine's clock. */
  readonly receivedAt: Temporal.Instant;
}

export type MailRejection = '421' | '450' | '451' | '550' | 'cut-in-data' | 'cut-after-dot';

export interface MailSummary {
  readonly accepted: number;
  readonly recipients: number;
  /** Copies beyond the first of one Message-ID to one recipient. */
  readonly duplicates: number;
  /** How often each fault was played. A cut after the dot is counted here and as accepted. */
  readonly faults: Readonly<Record<string, number>>;
}

export interface Mailbox {
  accept(mail: Omit<StoredMail, 'id'>): void;
  fault(kind: MailRejection): void;
  get(id: number): StoredMail | undefined;
  /** Newest first. */
  all(): readonly StoredMail[];
  summary(): MailSummary;
  reset(): void;
}

export function createMailbox(): Mailbox {
  const mails: StoredMail[] = [];
  const copies = new Map<string, number>();
  const faults = new Map<string, number>();
  let duplicates = 0;
  return {
    accept: (mail) => {
      mails.push({ ...mail, id: mails.length + 1 });
      const copy = `${mail.messageId} ${mail.to.toLowerCase()}`;
      const seen = copies.get(copy) ?? 0;
      if (seen > 0) duplicates += 1;
      copies.set(copy, seen + 1);
    },
    fault: (kind) => void faults.set(kind, (faults.get(kind) ?? 0) + 1),
    get: (id) => mails[id - 1],
    all: () => mails.toReversed(),
    summary: () => ({
      accepted: mails.length,
      recipients: new Set(mails.map((mail) => mail.to.toLowerCase())).size,
      duplicates,
      faults: Object.fromEntries(faults),
    }),
    reset: () => {
      mails.length = 0;
      copies.clear();
      faults.clear();
      duplicates = 0;
    },
  };
}
