import { expect, it } from 'vitest';
import { wordsOf } from '../../src/dispatch/words.ts';

const cases: readonly [string, ReturnType<typeof wordsOf>][] = [
  ['', { verb: '', named: {}, bare: [] }],
  ['/bsu', { verb: '', named: {}, bare: [] }],
  ['/plan', { verb: 'plan', named: {}, bare: [] }],
  ['Bsu APPROVE K7Q-4F2', { verb: 'approve', named: {}, bare: ['K7Q-4F2'] }],
  ['plan site=R1A01 name="Eye clinic"', { verb: 'plan', named: { site: 'R1A01', name: 'Eye clinic' }, bare: [] }],
  ['reject “not yet ready”', { verb: 'reject', named: {}, bare: ['not yet ready'] }],
  ['import --taken 2026-11-30 --dry', { verb: 'import', named: { taken: '2026-11-30', dry: 'yes' }, bare: [] }],
  ['outage old-pas-until=2026-12-09', { verb: 'outage', named: { oldPasUntil: '2026-12-09' }, bare: [] }],
];

for (const [line, words] of cases) {
  it(`takes "${line}" apart`, () => expect(wordsOf(line)).toEqual(words));
}

it('an option without a value leaves the next word alone where the verb says so', () => {
  expect(wordsOf('plan --save site1', () => ['save'])).toEqual({
    verb: 'plan',
    named: { save: 'yes' },
    bare: ['site1'],
  });
});
