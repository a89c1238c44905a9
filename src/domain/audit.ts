import { canonicalJson, sha256 } from '../kernel/canonical.ts';

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

export interface AuditFault {
  readonly seq: number;
  readonly what: string;
}

/**
 * Checks rows of one chain, in order of `seq`, against the chain's own hashes and, when given, an outside head. Without an
 * outside head a cut tail or a full rewrite cannot be seen; the caller says so.
 */
export function verifyChain(
  rows: Iterable<AuditRow>,
  storedHead: AuditHead,
  outsideHead?: string,
): readonly AuditFault[] {
  const faults: AuditFault[] = [];
  let { seq, hash: prev } = FIRST_HEAD;
  let outsideSeen = outsideHead === undefined || outsideHead === FIRST_HEAD.hash;
  for (const row of rows) {
    if (row.seq !== seq + 1) faults.push({ seq: row.seq, what: gap(seq, row.seq) });
    faults.push(...rowFaults(row, prev));
    seq = row.seq;
    prev = row.hash;
    if (row.hash === outsideHead) outsideSeen = true;
  }
  if (storedHead.seq !== seq || storedHead.hash !== prev)
    faults.push({ seq, what: `the chain ends at event ${seq}, but its head says ${storedHead.seq}` });
  if (!outsideSeen)
    faults.push({ seq, what: 'the head that was noted outside is not in the chain: it was cut or rewritten' });
  return faults;
}

function gap(before: number, now: number): string {
  return now <= before ? `event ${now} is out of order` : `event ${before + 1} is missing`;
}

function rowFaults(row: AuditRow, prev: string): AuditFault[] {
  const faults: AuditFault[] = [];
  if (sha256(row.text) !== row.hash) faults.push({ seq: row.seq, what: 'its text was changed after it was written' });
  const event = parsed(row.text);
  if (event === null) return [...faults, { seq: row.seq, what: 'its text cannot be read' }];
  if (event.prev !== prev) faults.push({ seq: row.seq, what: 'it does not follow the event before it' });
  const same =
    event.seq === row.seq &&
    event.chain === row.chain &&
    event.at === row.at &&
    event.act === row.act &&
    event.about === row.about &&
    event.person === row.personId;
  if (!same) faults.push({ seq: row.seq, what: 'a column differs from the text that was hashed' });
  return faults;
}

function parsed(text: string): AuditEvent | null {
  try {
    return JSON.parse(text) as AuditEvent;
  } catch {
    return null;
  }
}

export interface AuditAnswers {
  readonly 'audit.verified': AuditVerifiedFacts;
  readonly 'audit.listed': AuditListedFacts;
}
export interface AuditVerifiedFacts {
  readonly chain: string;
  readonly rows: number;
  readonly head: string;
  readonly outsideHead: string | null;
  readonly faults: readonly AuditFault[];
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
