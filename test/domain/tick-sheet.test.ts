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

  it('6: the sheet selects exactly the plan, and no smaller legal sheet does', () => {
    const site = fc.array(fc.boolean(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(site, fc.boolean()), { minLength: 1, maxLength: 4 }), (sites) => {
        const all = sites.flatMap(([taken], s) => taken.map((yes, i) => ({ yes, id: `${s}${i}`, site: `S${s}` })));
        const plan = all.filter(({ yes }) => yes).map(({ id, site: at }) => planned(id, { site: at }));
        const snapshot = all.map(({ id, site: at }) => service(id, { locationOrg: at }));
        const compared = new Map(
          sites.flatMap(([, yes], s) => (yes ? [[`RXX/S${s}`, hoursAgo(1)]] : [])) as [string, string][],
        );
        const sheet = tickSheet(plan, snapshot, compared, now);
        const ticked = sheet.organisations.flatMap((org) =>
          org.sites.flatMap((entry) =>
            entry.whole
              ? all.filter((one) => one.site === entry.site).map(({ id }) => id)
              : entry.services.map((one) => one.serviceId),
          ),
        );
        expect(ticked.toSorted()).toEqual(plan.map(({ serviceId }) => serviceId).toSorted());
        const smallest = sites.reduce((sum, [taken, yes]) => {
          const count = taken.filter(Boolean).length;
          return sum + (yes && count === taken.length ? Math.min(1, count) : count);
        }, 0);
        expect(sheet.ticks).toBe(smallest);
      }),
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
