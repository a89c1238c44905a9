import fc from 'fast-check';
import { type AuditRow, chainRows, FIRST_HEAD } from '../../src/domain/audit.ts';
import { sha256 } from '../../src/kernel/canonical.ts';

export const anyEvent = fc.record({
  at: fc.constant('2026-12-01T19:00:00Z'),
  act: fc.constantFrom('plan.saved', 'vote.given'),
  about: fc.string({ unit: 'grapheme', maxLength: 12 }),
  person: fc.option(fc.integer({ min: 1, max: 99 })),
  account: fc.constant('chat:rehearsal:planner'),
  facts: fc.dictionary(fc.string({ maxLength: 5 }), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
});

/** A chain of one to twelve random events. */
export const anyChain = fc
  .array(anyEvent, { minLength: 3, maxLength: 12 })
  .map((events) => chainRows('migration:1', FIRST_HEAD, events));

export function headOf(rows: readonly AuditRow[]) {
  const last = rows.at(-1);
  return last ? { seq: last.seq, hash: last.hash } : FIRST_HEAD;
}

/** The row with other text, and what follows from the text: an attacker who knows how the record works. */
function forged(row: AuditRow): AuditRow {
  const event = JSON.parse(row.text) as Record<string, unknown>;
  const text = JSON.stringify({ ...event, about: `${row.about}x` });
  return { ...row, text, hash: sha256(text), about: `${row.about}x` };
}

interface Tampering {
  /** The rows as the attacker leaves them. `at`: the index of the row that is meant. */
  readonly change: (rows: readonly AuditRow[], at: number) => readonly AuditRow[];
  /** Which events must be named; one of them. */
  readonly named: (at: number, length: number) => readonly number[];
}

const itself = (at: number) => [at + 1];
const replace = (rows: readonly AuditRow[], at: number, by: (row: AuditRow) => readonly AuditRow[]) =>
  rows.flatMap((row, index) => (index === at ? by(row) : [row]));

/** Each way in which one row can be tampered with while the head stays as it is. */
export const TAMPERING: Readonly<Record<string, Tampering>> = {
  'a changed text': {
    change: (rows, at) => replace(rows, at, (row) => [{ ...row, text: row.text.replace('"act":"', '"act":"x') }]),
    named: itself,
  },
  'a changed text with a fitting hash': {
    change: (rows, at) => replace(rows, at, (row) => [forged(row)]),
    named: itself,
  },
  'a text that is no event': {
    change: (rows, at) => replace(rows, at, (row) => [{ ...row, text: '7', hash: sha256('7') }]),
    named: itself,
  },
  'a changed hash': {
    change: (rows, at) => replace(rows, at, (row) => [{ ...row, hash: sha256(`${row.hash}x`) }]),
    named: itself,
  },
  'a changed column': {
    change: (rows, at) => replace(rows, at, (row) => [{ ...row, about: `${row.about}x` }]),
    named: itself,
  },
  'another person in the column': {
    change: (rows, at) => replace(rows, at, (row) => [{ ...row, personId: (row.personId ?? 0) + 1 }]),
    named: itself,
  },
  'a deleted row': { change: (rows, at) => rows.filter((_, index) => index !== at), named: itself },
  'a row put in twice': { change: (rows, at) => replace(rows, at, (row) => [row, row]), named: itself },
  'a forged row put in before': { change: (rows, at) => replace(rows, at, (row) => [forged(row), row]), named: itself },
  'a forged row put in behind': { change: (rows, at) => replace(rows, at, (row) => [row, forged(row)]), named: itself },
  'two rows swapped': {
    change: (rows, at) => {
      const other = at === 0 ? 1 : at - 1;
      return rows.map((row, index) =>
        index === at ? (rows[other] ?? row) : index === other ? (rows[at] ?? row) : row,
      );
    },
    named: (at) => [Math.max(1, at)],
  },
  'two rows with their contents swapped': {
    change: (rows, at) => {
      const other = at === 0 ? 1 : at - 1;
      const contents = (index: number, row: AuditRow) => ({ ...(rows[index] ?? row), seq: row.seq });
      return rows.map((row, index) =>
        index === at ? contents(other, row) : index === other ? contents(at, row) : row,
      );
    },
    named: itself,
  },
  'a cut tail': { change: (rows, at) => rows.slice(0, at), named: itself },
};
