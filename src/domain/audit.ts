import { canonicalJson, sha256 } from '../kernel/canonical.ts';
import { counted } from '../kernel/time-words.ts';

/** One audit event as it is hashed (rule 27). `prev` is the hash of the event before, or of nothing. */
export interface AuditEvent {
  readonly chain: string;
  readonly seq: number;
  readonly prev: string;
  readonly at: string;
  readonly act: string;
  readonly about: string;
  readonly person: number | null;
  readonly account: string;
  /** Personal values are marked `personal(…)` and enter only as their salted hash. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly hash?: string;
}

export interface AuditRow {
  readonly chain: string;
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
  readonly at: string;
  readonly act: string;
  readonly about: string;
  readonly personId: number | null;
}

export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

export const FIRST_HEAD: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/** The rows that follow a head, chained one to the next. */
export function chainRows(
  chain: string,
  head: AuditHead,
  events: readonly Omit<AuditEvent, 'chain' | 'seq' | 'prev'>[],
): readonly AuditRow[] {
  let { seq, hash: prev } = head;
  return events.map((event) => {
    seq += 1;
    const text = canonicalJson({ ...event, chain, seq, prev });
    prev = sha256(text);
    return { chain, seq, text, hash: prev, at: event.at, act: event.act, about: event.about, personId: event.person };
  });
}

/** The event of a row's text, or null where the text is not one. */
export function eventIn(text: string): AuditEvent | null {
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === 'object' && event !== null && 'seq' in event ? (event as AuditEvent) : null;
  } catch {
    return null;
  }
}

/** What is posted to the channel at a milestone: from then on a cut or rewritten record can be found. */
export function headWords(milestone: string, head: AuditHead): string {
  return `Record, ${milestone}: ${counted(head.seq, 'event')}, head ${head.hash}. With it anybody can show later that nothing was cut off or rewritten: \`/bsu audit verify head=HASH\`.`;
}

/** Who could change the record behind the service's back. */
export type AuditProtection =
  /** The database itself refuses the service's own role to change, delete or empty rows. */
  | 'role'
  /** A trigger refuses it, and the service's role owns the tables: it could take the trigger away. */
  | 'trigger'
  /** PostgreSQL inside the process: against accidents only. */
  | 'embedded'
  /** A file that was taken along. */
  | 'file';

export const PROTECTION_WORDS = {
  role: 'the database itself: the service’s own role cannot change, delete or empty rows',
  trigger:
    'a trigger of the database; the service’s role owns the tables and could remove it. Set DATABASE_MIGRATE_URL to a role of its own',
  embedded: 'the embedded database: against accidents only. Use a PostgreSQL server for a record that counts',
  file: 'its hashes alone: it is a file that was taken along',
} as const satisfies Record<AuditProtection, string>;

export interface AuditAnswers {
  readonly 'audit.verified': AuditVerifiedFacts;
  readonly 'audit.listed': AuditListedFacts;
}
export interface AuditVerifiedFacts {
  readonly chain: string;
  readonly rows: number;
  readonly head: string;
  readonly outsideHead: string | null;
  readonly protection: AuditProtection;
  /** What keeps the rows from being changed, in words. */
  readonly kept: string;
  readonly faults: readonly { readonly seq: number; readonly what: string }[];
}
export interface AuditListedFacts {
  readonly chain: string;
  readonly zone: string;
  readonly total: number;
  readonly events: readonly {
    readonly seq: number;
    readonly at: string;
    readonly act: string;
    readonly about: string;
    readonly who: string;
  }[];
}
