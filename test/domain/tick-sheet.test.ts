import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tickSheet } from '../../src/domain/tick-sheet.ts';
import { undoSteps } from '../../src/domain/undo.ts';
import { NEW_ASID, OLD_ASID, planned, service } from './plan-service.ts';

const now = Temporal.Instant.from('2026-12-08T20:00:00Z');
const hoursAgo = (hours: number) => now.subtract({ hours }).toString();

describe('6: the tick sheet', () => {
  it('6: groups single services as the screen does, with counts', () => {
    const sheet = tickSheet([planned('2'), planned('1'), planned('3', { site: 'RXX02' })]);
    expect(sheet).toEqual({
      services: 3,
      ticks: 3,
      organisations: [
        {
          organisation: 'RXX',
          services: 3,
          ticks: 3,
          sites: [
            { site: 'RXX01', whole: false, ticks: 2, services: [named('1'), named('2')] },
            { site: 'RXX02', whole: false, ticks: 1, services: [named('3')] },
          ],
        },
      ],
    });
  });

  const both = [service('1'), service('2')];
  it.each([
    ['complete and compared today', both, hoursAgo(2), true],
    ['never compared', both, undefined, false],
    ['compared the day before yesterday', both, hoursAgo(25), false],
    ['compared in the future', both, hoursAgo(-1), false],
    ['an unpublished one left out', [...both, service('3', { published: false })], hoursAgo(2), false],
    ['one of unknown system left out', [...both, service('3', { currentAsid: null })], hoursAgo(2), false],
    [
      'one left out that is not directly bookable',
      [...both, service('3', { directlyBookable: false })],
      hoursAgo(2),
      true,
    ],
  ])('6: a whole site as one tick: %s', (_why, snapshot, at, whole) => {
    const compared = new Map(at === undefined ? [] : [['RXX/RXX01', at]]);
    const sheet = tickSheet([planned('1'), planned('2')], snapshot, compared, now);
    expect([sheet.organisations[0]?.sites[0]?.whole, sheet.ticks]).toEqual([whole, whole ? 1 : 2]);
  });

  it('6: the sheet selects exactly the plan, and no smaller legal sheet does (brute force)', () => {
    const place = fc.record({
      organisation: fc.constantFrom('RXX', 'RZZ'),
      site: fc.constantFrom('S1', 'S2'),
      taken: fc.boolean(),
      bookable: fc.boolean(),
      published: fc.boolean(),
    });
    const estate = fc
      .array(place, { minLength: 1, maxLength: 6 })
      .map((list) => list.map((one, index) => ({ ...one, taken: one.taken && one.bookable, id: String(index) })));
    const looks = fc.subarray(['RXX/S1', 'RXX/S2', 'RZZ/S1', 'RZZ/S2']);
    fc.assert(
      fc.property(estate, looks, fc.constantFrom(1, 23, 25), (services, looked, hours) => {
        const wanted = services.filter(({ taken }) => taken);
        const sheet = tickSheet(
          wanted.map(({ id, organisation, site }) => planned(id, { site, from: { organisation, asid: OLD_ASID } })),
          services.map(({ id, organisation, site, bookable, published }) =>
            service(id, { providerOrg: organisation, locationOrg: site, directlyBookable: bookable, published }),
          ),
          new Map(looked.map((key) => [key, hoursAgo(hours)])),
          now,
        );
        const onScreen = (organisation: string, site: string) =>
          services.filter((one) => one.bookable && one.organisation === organisation && one.site === site);
        const ticked = sheet.organisations.flatMap(({ organisation, sites }) =>
          sites.flatMap(({ site, whole, services: listed }) =>
            whole ? onScreen(organisation, site).map(({ id }) => id) : listed.map(({ serviceId }) => serviceId),
          ),
        );
        expect(ticked.toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
        expect(sheet.ticks).toBe(fewestTicks(services, hours <= 24 ? looked : []));
      }),
      { numRuns: 500 },
    );
  });

  it('6: the undo takes each service back to its own old organisation and system', () => {
    expect(undoSteps([planned('1', { to: { organisation: 'RZZ', asid: NEW_ASID } })])).toEqual([
      { serviceId: '1', from: { organisation: 'RZZ', asid: NEW_ASID }, to: { organisation: 'RXX', asid: OLD_ASID } },
    ]);
  });
});

function named(serviceId: string) {
  return { serviceId, name: `Service ${serviceId}` };
}

/** Tries every set of ticks that the rule allows: any single service, and each site that was looked at in time. */
function fewestTicks(
  services: readonly { id: string; organisation: string; site: string; taken: boolean; bookable: boolean }[],
  looked: readonly string[],
): number {
  const bookable = services.filter((one) => one.bookable);
  const ticks = [
    ...bookable.map(({ id }) => [id]),
    ...looked.map((key) => bookable.filter((one) => `${one.organisation}/${one.site}` === key).map(({ id }) => id)),
  ];
  const plan = services.flatMap(({ id, taken }) => (taken ? [id] : [])).toSorted();
  let fewest = Number.POSITIVE_INFINITY;
  for (let set = 0; set < 2 ** ticks.length; set++) {
    const chosen = ticks.filter((_, index) => (set & (2 ** index)) !== 0);
    const selected = [...new Set(chosen.flat())].toSorted();
    if (selected.join() === plan.join()) fewest = Math.min(fewest, chosen.length);
  }
  return fewest;
}
