import { sha256 } from '../kernel/canonical.ts';
import { type AuditEvent, type AuditHead, type AuditRow, eventIn, FIRST_HEAD } from './audit.ts';

/** What is wrong, and with which event. */
export interface AuditFault {
  readonly seq: number;
  readonly kind: 'changed' | 'missing' | 'inserted' | 'out-of-order' | 'cut' | 'rewritten';
  readonly what: string;
}

/** Checks a chain row by row, so that a long one need not be held in memory. */
export interface ChainCheck {
  /** The next row, in the order in which the rows stand. */
  take(row: AuditRow): void;
  /** All faults, by event. `head`: what the chain's own head says. */
  end(head: AuditHead): readonly AuditFault[];
}

/**
 * Finds and names each event that was altered, left out, put in or moved (rule 27), and, against the chain's own head, a cut
 * end. A cut end or a full rewrite with a fitting head is found only against an outside head; without one the caller says so.
 */
export function chainCheck(outsideHead?: string): ChainCheck {
  const faults: AuditFault[] = [];
  let missing: Gap[] = [];
  let { seq: last, hash: prev } = FIRST_HEAD;
  let before = 0;
  let outsideSeen = outsideHead === undefined || outsideHead === FIRST_HEAD.hash;
  return {
    take(row) {
      const event = eventIn(row.text);
      const altered = alterations(row, event);
      faults.push(...altered);
      if (row.seq > last) {
        if (row.seq > last + 1) missing.push({ from: last + 1, to: row.seq - 1 });
        last = row.seq;
      } else {
        const moved = missing.some((gap) => gap.from <= row.seq && row.seq <= gap.to);
        if (moved) missing = missing.flatMap((gap) => without(gap, row.seq));
        faults.push(moved ? outOfOrder(row.seq) : inserted(row.seq));
      }
      // Where one is missing or altered, that says already why the next does not follow.
      if (altered.length === 0 && row.seq === before + 1 && event?.prev !== prev)
        faults.push(unlinked(before, row.seq));
      before = row.seq;
      prev = row.hash;
      if (row.hash === outsideHead) outsideSeen = true;
    },
    end(head) {
      if (head.seq > last) faults.push(cut(last + 1, head.seq));
      else if (head.seq !== last || head.hash !== prev) faults.push(otherHead(last, head.seq));
      if (!outsideSeen) faults.push(rewritten(last));
      return [...faults, ...missing.map(gone)].sort((one, other) => one.seq - other.seq);
    },
  };
}

/** The whole check at once; see `chainCheck`. */
export function verifyChain(
  rows: Iterable<AuditRow>,
  storedHead: AuditHead,
  outsideHead?: string,
): readonly AuditFault[] {
  const check = chainCheck(outsideHead);
  for (const row of rows) check.take(row);
  return check.end(storedHead);
}

interface Gap {
  readonly from: number;
  readonly to: number;
}

function without(gap: Gap, seq: number): Gap[] {
  if (seq < gap.from || seq > gap.to) return [gap];
  return [
    { from: gap.from, to: seq - 1 },
    { from: seq + 1, to: gap.to },
  ].filter(({ from, to }) => from <= to);
}

function alterations(row: AuditRow, event: AuditEvent | null): AuditFault[] {
  const changed = (what: string): AuditFault => ({ seq: row.seq, kind: 'changed', what });
  if (sha256(row.text) !== row.hash) return [changed('its text was changed after it was written')];
  if (event === null) return [changed('its text cannot be read')];
  const same =
    event.seq === row.seq &&
    event.chain === row.chain &&
    event.at === row.at &&
    event.act === row.act &&
    event.about === row.about &&
    event.person === row.personId;
  return same ? [] : [changed('a column differs from the text that was hashed')];
}

function gone({ from, to }: Gap): AuditFault {
  const what = from === to ? `event ${from} is missing` : `events ${from} to ${to} are missing`;
  return { seq: from, kind: 'missing', what };
}

function inserted(seq: number): AuditFault {
  return { seq, kind: 'inserted', what: 'another event stands at this place already: one of them was put in' };
}

function outOfOrder(seq: number): AuditFault {
  return { seq, kind: 'out-of-order', what: 'it stands behind later events' };
}

function unlinked(before: number, seq: number): AuditFault {
  const what = `event ${seq} does not follow it: one of the two was altered, and its hash with it`;
  return { seq: Math.max(1, before), kind: 'changed', what };
}

function cut(from: number, to: number): AuditFault {
  const what = from === to ? `event ${from}, the last, was cut off` : `events ${from} to ${to}, the end, were cut off`;
  return { seq: from, kind: 'cut', what };
}

function otherHead(last: number, headSeq: number): AuditFault {
  return {
    seq: last,
    kind: 'rewritten',
    what: `the chain ends at event ${last}, and its head, which says ${headSeq}, does not fit`,
  };
}

function rewritten(last: number): AuditFault {
  return {
    seq: last,
    kind: 'rewritten',
    what: 'the head that was noted outside is not in the chain: its end was cut off, or it was rewritten',
  };
}
