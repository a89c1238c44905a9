import { hash } from 'node:crypto';
import { type AuditRow, chainRows, FIRST_HEAD } from '../../src/domain/audit.ts';
import { verifyChain } from '../../src/domain/audit-check.ts';
import { absolute, type Bench, compared } from './figure.ts';

const ROWS = 200_000;
const RUNS = 7;
const GOAL = 100_000;

/**
 * Verifying the record: every text hashed, parsed, compared with its columns and linked to the one before. The baseline is the
 * least that any such check must do, turn by turn on the same texts: node's sha256 of each, compared with the row's hash.
 */
export const bench: Bench = async ({ say }) => {
  const rows = chainRows(
    'migration:1',
    FIRST_HEAD,
    Array.from({ length: ROWS }, (_, index) => event(index)),
  );
  const last = rows.at(-1);
  const head = { seq: last?.seq ?? 0, hash: last?.hash ?? '' };
  const bytes = rows.reduce((sum, row) => sum + row.text.length, 0);
  say(`${ROWS} rows of ${Math.round(bytes / ROWS)} characters`);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const verified = perSecond(() => verifyChain(rows, head, head.hash).length);
    const hashed = perSecond(() => rows.filter((row) => hash('sha256', row.text, 'hex') !== row.hash).length);
    // The first turn only warms up.
    if (run === 0) continue;
    ours.push(verified);
    theirs.push(hashed);
  }
  refuseBlind(rows, head);
  const what = { unit: 'rows a second', better: 'higher' } as const;
  return [
    absolute({ name: 'verifying the record', ...what, goal: GOAL }, ours),
    compared(
      { name: 'verifying the record, against bare sha256 of the same texts', ...what, goal: null },
      ours,
      theirs,
    ),
  ];
};

/** Rows in a second; nothing may be found in a whole record. */
function perSecond(work: () => number): number {
  const before = performance.now();
  if (work() !== 0) throw new Error('A fault was found in a whole record.');
  return (ROWS * 1_000) / (performance.now() - before);
}

/** A check that is fast because it sees nothing does not count. */
function refuseBlind(rows: readonly AuditRow[], head: { seq: number; hash: string }): void {
  const touched = rows.map((row, index) => (index === ROWS / 2 ? { ...row, about: `${row.about}x` } : row));
  if (verifyChain(touched, head)[0]?.seq !== ROWS / 2 + 1) throw new Error('An altered event was not named.');
}

function event(index: number) {
  return {
    at: Temporal.Instant.fromEpochMilliseconds(1_796_000_000_000 + index * 1_000).toString(),
    act: index % 3 === 0 ? 'verification.passed' : 'run.batch',
    about: `plan:${index % 40}`,
    person: index % 5 === 0 ? null : index % 17,
    account: 'slack:T0123456:U0123456',
    facts: {
      services: [String(7_000_000 + index), String(7_000_001 + index)],
      scenarios: ['book', 'cancel'],
      reason: null,
    },
    hash: 'ab'.repeat(32),
  };
}
