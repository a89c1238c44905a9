import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chainRows, FIRST_HEAD } from '../../src/domain/audit.ts';
import { verifyChain } from '../../src/domain/audit-check.ts';
import { personal, sealed } from '../../src/domain/personal.ts';
import { anyChain, anyEvent, headOf, TAMPERING } from './audit-tampering.ts';

it('27: an untouched chain has no fault, against its own head and against any head that was noted on the way', () => {
  fc.assert(
    fc.property(anyChain, fc.nat(), (rows, pick) => {
      expect(verifyChain(rows, headOf(rows))).toEqual([]);
      expect(verifyChain(rows, headOf(rows), rows[pick % rows.length]?.hash)).toEqual([]);
    }),
  );
});

for (const [what, { change, named }] of Object.entries(TAMPERING)) {
  it(`27: ${what} is found, and the event is named`, () => {
    fc.assert(
      fc.property(anyChain, fc.nat(), (rows, pick) => {
        const at = pick % rows.length;
        const faults = verifyChain(change(rows, at), headOf(rows)).map(({ seq }) => seq);
        expect(faults).toEqual(expect.arrayContaining([...named(at, rows.length)]));
        // Nobody is sent to an event far from the one that was touched.
        expect(Math.min(...faults)).toBeGreaterThanOrEqual(at);
      }),
    );
  });
}

it('27: a cut tail whose head was put back too is found only against a head noted outside', () => {
  fc.assert(
    fc.property(anyChain, fc.nat(), (rows, pick) => {
      const left = rows.slice(0, pick % rows.length);
      expect(verifyChain(left, headOf(left))).toEqual([]);
      expect(verifyChain(left, headOf(left), headOf(rows).hash)).toMatchObject([{ kind: 'rewritten' }]);
    }),
  );
});

it('27: a rewrite from any event on is found only against a head noted outside', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 2, maxLength: 8 }), fc.nat(), (events, pick) => {
      const original = chainRows('migration:1', FIRST_HEAD, events);
      const from = pick % events.length;
      const rewritten = chainRows(
        'migration:1',
        FIRST_HEAD,
        events.map((each, index) => (index < from ? each : { ...each, account: 'chat:rehearsal:other' })),
      );
      expect(verifyChain(rewritten, headOf(rewritten))).toEqual([]);
      expect(verifyChain(rewritten, headOf(rewritten), headOf(original).hash)).toMatchObject([{ kind: 'rewritten' }]);
    }),
  );
});

it('27: personal values are replaced wherever they stand in the facts', () => {
  const facts = { asked: personal('The clerk'), more: [{ who: personal('x'), n: 1, nothing: null }], day: 'Tuesday' };
  expect(sealed(facts, (value) => `${value.length}`)).toEqual({
    asked: { personal: '9' },
    more: [{ who: { personal: '1' }, n: 1, nothing: null }],
    day: 'Tuesday',
  });
});

it('27: an e-mail address that somebody typed into any text is taken out of it, and nothing else is', () => {
  const taken = (text: string) => sealed(text, (value) => `<${value}>`);
  expect(taken('ring (desk@trust.example), or a.b+c@x-y.nhs.uk.')).toBe(
    'ring ([personal <desk@trust.example>]), or [personal <a.b+c@x-y.nhs.uk>].',
  );
  for (const text of ['at 5pm @ City Hospital', 'slack:T012:U345', 'T-1 and T-2', 'https://trust.example/a'])
    expect(taken(text)).toBe(text);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.emailAddress(), (around, address) => {
      expect(String(sealed(`${around} ${address} ${around}`, () => 'hash'))).not.toContain(address);
    }),
  );
});
