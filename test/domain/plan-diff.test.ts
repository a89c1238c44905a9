import { describe, expect, it } from 'vitest';
import { type DiffContext, planDiff } from '../../src/domain/plan-diff.ts';
import { EMPTY_SELECTION } from '../../src/domain/selection.ts';
import { NEW_ASID, OLD_ASID, service } from './plan-service.ts';

const context: DiffContext = {
  target: { asid: NEW_ASID, organisation: null },
  oldAsids: [OLD_ASID],
  goLive: Temporal.Instant.from('2026-12-08T23:00:00Z'),
  zone: 'Europe/London',
  held: new Map(),
};
const everything = { ...EMPTY_SELECTION, organisations: ['RXX'] };
const warned = (services: Parameters<typeof planDiff>[0]) =>
  planDiff(services, everything, context).warned.map(({ serviceId, why }) => [serviceId, why]);

describe('4: the diff', () => {
  it('4: shows each service from organisation and system to organisation and system, by site', () => {
    const merged = { ...context, target: { asid: NEW_ASID, organisation: 'RZZ' } };
    const diff = planDiff([service('2', { locationOrg: 'RXX02' }), service('1')], everything, merged);
    expect(diff.services.map(({ serviceId, from, to }) => ({ serviceId, from, to }))).toEqual([
      { serviceId: '1', from: { organisation: 'RXX', asid: OLD_ASID }, to: { organisation: 'RZZ', asid: NEW_ASID } },
      { serviceId: '2', from: { organisation: 'RXX', asid: OLD_ASID }, to: { organisation: 'RZZ', asid: NEW_ASID } },
    ]);
    expect(diff.sites.map(({ site, count }) => [site, count])).toEqual([
      ['RXX01', 1],
      ['RXX02', 1],
    ]);
  });

  it('4: refuses what is not directly bookable, has no known system, or is held by another live plan, named', () => {
    const holder = { planId: 9, planNumber: 2, author: 'a planner', since: '2026-11-20T10:00:00Z' };
    const diff = planDiff(
      [service('1'), service('2', { directlyBookable: false }), service('3', { currentAsid: null }), service('4')],
      everything,
      { ...context, held: new Map([['4', holder]]) },
    );
    expect(diff.services.map(({ serviceId }) => serviceId)).toEqual(['1']);
    expect(diff.refused.map(({ service: { serviceId }, why, holder: by }) => [serviceId, why, by])).toEqual([
      ['2', 'not-directly-bookable', null],
      ['3', 'system-unknown', null],
      ['4', 'held', holder],
    ]);
  });

  it('4: an endpoint in the shape of an ASID is the known system', () => {
    const diff = planDiff([service('1', { currentAsid: null, endpointId: OLD_ASID })], everything, context);
    expect(diff.services[0]?.from.asid).toBe(OLD_ASID);
  });

  it.each([
    ['unpublished', { published: false }],
    ['already-on-target', { currentAsid: NEW_ASID }],
    ['not-an-old-system', { currentAsid: '200000000555' }],
    ['slot-reservation', { slotReservationPeriod: 1 }],
    ['transition-near-go-live', { transitionDate: '2026-12-10' }],
    ['transition-near-go-live', { transitionDate: '20261205' }],
    ['ends-before-go-live', { effectiveTo: '2026-12-01' }],
    ['no-polling-range', { pollingRange: 0 }],
    ['no-polling-range', { pollingRange: null }],
  ])('4: warns: %s', (why, more) => {
    expect(warned([service('1', more)])).toContainEqual(['1', why]);
  });

  it('4: says nothing about a service with nothing wrong, nor about a far transition', () => {
    expect(warned([service('1', { transitionDate: '2027-03-01', effectiveTo: '2922-01-01' })])).toEqual([]);
  });

  it('4: warns of another old system than its siblings have', () => {
    const odd = service('3', { currentAsid: '200000000555' });
    expect(warned([service('1'), service('2'), odd])).toContainEqual(['3', 'other-system-than-siblings']);
  });

  it('4: warns of siblings at the same site that stay behind, and counts them', () => {
    const diff = planDiff(
      [service('1'), service('2'), service('3', { directlyBookable: false }), service('4', { locationOrg: 'RXX02' })],
      { ...EMPTY_SELECTION, ids: ['1'] },
      context,
    );
    expect(diff.warned).toEqual([{ serviceId: '2', name: 'Service 2', why: 'sibling-left-out' }]);
    expect(diff.sites[0]?.leftOut).toBe(1);
  });
});
