import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AuditRow, chainRows, FIRST_HEAD, verifyChain } from '../../src/domain/audit.ts';

const event = fc.record({
  at: fc.constant('2026-12-01T19:00:00Z'),
  act: fc.constantFrom('plan.saved', 'vote.given'),
  about: fc.string({ unit: 'grapheme', maxLength: 12 }),
  person: fc.option(fc.integer({ min: 1, max: 99 })),
  account: fc.constant('chat:rehearsal:planner'),
  facts: fc.dictionary(fc.string({ maxLength: 5 }), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
});
const chain = fc
  .array(event, { minLength: 3, maxLength: 12 })
  .map((events) => chainRows('migration:1', FIRST_HEAD, events));

function headOf(rows: readonly AuditRow[]) {
  const last = rows.at(-1);
  return last ? { seq: last.seq, hash: last.hash } : FIRST_HEAD;
}

it('27: an untouched chain has no fault', () => {
  fc.assert(
    fc.property(chain, (rows) => {
      expect(verifyChain(rows, headOf(rows))).toEqual([]);
    }),
  );
});

const tamper: Record<string, (rows: AuditRow[], at: number) => AuditRow[]> = {
  'a changed text': (rows, at) =>
    rows.map((row, i) => (i === at ? { ...row, text: row.text.replace('"act":"', '"act":"x') } : row)),
  'a changed column': (rows, at) => rows.map((row, i) => (i === at ? { ...row, about: `${row.about}x` } : row)),
  'a deleted row': (rows, at) => rows.filter((_, i) => i !== at),
  'a row put in twice': (rows, at) => rows.flatMap((row, i) => (i === at ? [row, row] : [row])),
  'a cut tail': (rows, at) => rows.slice(0, at),
  'two rows swapped': (rows, at) => {
    const other = at === 0 ? 1 : at - 1;
    return rows.map((row, i) => (i === at ? (rows[other] ?? row) : i === other ? (rows[at] ?? row) : row));
  },
};

for (const [what, change] of Object.entries(tamper)) {
  it(`27: ${what} is found against the stored head`, () => {
    fc.assert(
      fc.property(chain, fc.nat(), (rows, pick) => {
        const changed = change([...rows], pick % rows.length);
        expect(verifyChain(changed, headOf(rows)).length).toBeGreaterThan(0);
      }),
    );
  });
}

it('27: a full rewrite is found only against a head noted outside', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 2, maxLength: 6 }), (events) => {
      const original = chainRows('migration:1', FIRST_HEAD, events);
      const rewritten = chainRows(
        'migration:1',
        FIRST_HEAD,
        events.map((each) => ({ ...each, account: 'chat:rehearsal:other' })),
      );
      expect(verifyChain(rewritten, headOf(rewritten))).toEqual([]);
      expect(verifyChain(rewritten, headOf(rewritten), headOf(original).hash)).not.toEqual([]);
    }),
  );
});
