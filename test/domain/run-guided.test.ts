import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GuidedPlace } from '../../src/domain/run.ts';
import { wrongCounts } from '../../src/domain/run-count.ts';
import { groupNumbers } from '../../src/domain/run-groups.ts';
import { firstPlace, type GuidedAction, type GuidedGroup, guide } from '../../src/domain/run-guided.ts';

const NOW = Temporal.Instant.from('2026-12-08T20:30:00Z');
const RUNNER = 7;
const SECOND = 8;
const group: GuidedGroup = {
  number: 1,
  last: 1,
  expected: new Map([
    ['XR101', 12],
    ['XR102', 3],
  ]),
  changesOrganisation: false,
  sample: ['7000001', '7000013'],
};
const done: GuidedAction = { kind: 'done' };
const counted = (site: string, count: number): GuidedAction => ({ kind: 'counted', site, counted: count });

function walk(actions: readonly [GuidedAction, number][], of = group, from = firstPlace(NOW)) {
  let place: GuidedPlace = from;
  const effects: string[] = [];
  for (const [action, by] of actions) {
    const next = guide(place, of, action, by, NOW);
    place = next.place;
    effects.push(next.effect.kind);
  }
  return { place, effects };
}

const TO_COUNT: [GuidedAction, number][] = [
  [done, RUNNER],
  [done, RUNNER],
  [done, RUNNER],
];
const TO_UPDATE: [GuidedAction, number][] = [
  ...TO_COUNT,
  [counted('XR101', 12), RUNNER],
  [counted('XR102', 3), RUNNER],
  [{ kind: 'confirmed', how: 'person' }, SECOND],
  [done, RUNNER],
  [done, RUNNER],
];

it('15: the eight steps end in a confirmed group, with the intention before Update', () => {
  const { place, effects } = walk([
    ...TO_UPDATE,
    [{ kind: 'pressed' }, RUNNER],
    [{ kind: 'shows', serviceId: '7000001', new: true }, RUNNER],
    [{ kind: 'shows', serviceId: '7000013', new: true }, RUNNER],
  ]);
  expect(place.step).toBe('finished');
  expect(effects.slice(-4)).toEqual(['intend', 'applied', 'none', 'group-confirmed']);
});

it('15: a wrong count stops with the probable cause and goes back to ticking', () => {
  const next = guide(
    walk([...TO_COUNT, [counted('XR101', 13), RUNNER]]).place,
    group,
    counted('XR102', 3),
    RUNNER,
    NOW,
  );
  expect(next.place).toMatchObject({ step: 'tick', counts: [] });
  expect(next.effect).toMatchObject({ kind: 'wrong-count', wrong: [{ site: 'XR101', expected: 12, counted: 13 }] });
});

it('15: who counted cannot be the second person', () => {
  const { place } = walk([...TO_COUNT, [counted('XR101', 12), RUNNER], [counted('XR102', 3), RUNNER]]);
  expect(() => guide(place, group, { kind: 'confirmed', how: 'person' }, RUNNER, NOW)).toThrow('someone else');
});

it('15: Clear is the way out at every step before Update was pressed, never after', () => {
  const { place } = walk(TO_UPDATE);
  expect(guide(place, group, { kind: 'clear' }, RUNNER, NOW)).toMatchObject({
    place: { step: 'filter', counts: [], confirmedBy: null },
    effect: { kind: 'cleared' },
  });
  const pressed = walk([...TO_UPDATE, [{ kind: 'pressed' }, RUNNER]]).place;
  expect(() => guide(pressed, group, { kind: 'clear' }, RUNNER, NOW)).toThrow('Update was pressed already');
});

it('15: step 6 is asked for only where the organisation changes', () => {
  const merger = { ...group, changesOrganisation: true };
  expect(walk(TO_UPDATE, merger).place.step).toBe('organisation');
  expect(walk(TO_UPDATE).place.step).toBe('update');
});

it('15: whatever is clicked in whatever order, Update is never reached without a right count and a second person', () => {
  const any = fc.oneof(
    fc.constant(done),
    fc.record({
      kind: fc.constant('counted' as const),
      site: fc.constantFrom('XR101', 'XR102'),
      counted: fc.integer({ min: 2, max: 13 }),
    }),
    fc.constantFrom<GuidedAction>({ kind: 'confirmed', how: 'person' }, { kind: 'pressed' }, { kind: 'clear' }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(any, fc.constantFrom(RUNNER, SECOND)), { maxLength: 60 }), (actions) => {
      let place = firstPlace(NOW);
      for (const [action, by] of actions) {
        try {
          place = guide(place, group, action, by, NOW).place;
        } catch {
          continue;
        }
        if (place.step !== 'update' && place.step !== 'read-back') continue;
        expect(place.counts.map((one) => one.counted).sort((a, b) => a - b)).toEqual([3, 12]);
        expect(place.confirmedBy).not.toBeNull();
        expect(place.counts.some((one) => one.by === place.confirmedBy?.by)).toBe(false);
      }
    }),
  );
});

it.each([
  [
    'exchanged',
    [
      { site: 'A', expected: 5, counted: 7 },
      { site: 'B', expected: 7, counted: 5 },
    ],
    /exchanged/,
  ],
  ['nothing', [{ site: 'A', expected: 5, counted: 0 }], /filter/],
  ['too many', [{ site: 'A', expected: 5, counted: 6 }], /1 service too many/],
  ['too few', [{ site: 'A', expected: 5, counted: 3 }], /2 services too few/],
])('15: a count that is wrong by "%s" names the probable cause', (_, counts, words) => {
  expect(wrongCounts(counts)[0]?.cause).toMatch(words);
});

it('15: a group has one target, keeps to its limit, and keeps a site together where it fits', () => {
  const services = Array.from({ length: 30 }, (_, at) => ({
    serviceId: String(at),
    site: at < 12 ? 'A' : at < 20 ? 'B' : 'C',
    from: { organisation: 'X', asid: 'old' },
    to: { organisation: at < 25 ? 'X' : 'Y', asid: 'new' },
  }));
  const groups = groupNumbers(services, new Set(), 15);
  const of = (at: number) => groups.get(String(at));
  expect([of(0), of(11), of(12), of(19), of(20), of(24), of(25)]).toEqual([1, 1, 2, 2, 2, 2, 3]);
});

it('6: a place that is one tick is never taken apart; the others keep to the limit', () => {
  const place = fc.record({ org: fc.constantFrom('X', 'Y'), site: fc.constantFrom('A', 'B', 'C') });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 60 }), fc.subarray(['X/A', 'X/B', 'Y/C']), (places, whole) => {
      const services = places.map(({ org, site }, at) => ({
        serviceId: String(at),
        site,
        from: { organisation: org, asid: 'old' },
        to: { organisation: org, asid: 'new' },
      }));
      const numbers = groupNumbers(services, new Set(whole), 7);
      const groupOf = (one: { serviceId: string }) => numbers.get(one.serviceId);
      const placeOf = (one: { from: { organisation: string }; site: string }) => `${one.from.organisation}/${one.site}`;
      for (const here of Map.groupBy(services, groupOf).values()) {
        const singly = here.filter((one) => !whole.includes(placeOf(one)));
        expect(singly.length === here.length ? here.length : 0).toBeLessThanOrEqual(7);
        expect(singly.length).toBeLessThanOrEqual(7);
      }
      for (const [name, here] of Map.groupBy(services, placeOf)) {
        if (whole.includes(name)) expect(new Set(here.map(groupOf)).size).toBe(1);
      }
      expect(numbers.size).toBe(services.length);
    }),
  );
});
