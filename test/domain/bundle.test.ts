import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bundle, bundleChange, bundleServices, seal } from '../../src/domain/bundle.ts';
import { NEW_ASID, planned } from './plan-service.ts';

const bundle: Bundle = {
  plan: 12,
  kind: 'plan',
  services: bundleServices(['1', '2', '3', '4'].map((id) => planned(id))),
  target: { asid: NEW_ASID, organisation: null },
  outage: { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' },
  windows: [{ from: '2026-12-08T20:15:00Z', to: '2026-12-08T23:30:00Z' }],
  runner: 2,
  deputy: 3,
  notices: { wording: { planned: 'text' }, audience: { commissioners: 'all' } },
  verification: ['1'],
};
const without = (...ids: string[]): Bundle => ({
  ...bundle,
  services: bundle.services.filter(({ serviceId }) => !ids.includes(serviceId)),
});
const none = new Set<string>();

describe('8: the hash', () => {
  it('8: does not depend on the order in which services were found', () => {
    const turned = {
      ...bundle,
      services: bundle.services.toReversed(),
      verification: bundle.verification.toReversed(),
    };
    expect(seal(turned).hash).toBe(seal(bundle).hash);
    expect(seal(bundle).code).toMatch(/^[2-9A-HJKMNP-Z]{3}-[2-9A-HJKMNP-Z]{3}$/);
  });

  it('8: is equal if and only if the bundle is, in whatever order its services were found', () => {
    const links = [bundle.services[0]?.from, { organisation: 'RZZ', asid: NEW_ASID }];
    const services = fc
      .uniqueArray(fc.tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom(...links), fc.constantFrom(...links)), {
        selector: ([id]) => id,
      })
      .map((list) => list.map(([id, from, to]) => ({ ...bundleServices([planned(id)])[0], from, to })));
    const arbitrary = fc.record({
      plan: fc.constantFrom(12, 13),
      kind: fc.constantFrom('plan', 'practice'),
      services,
      target: fc.constantFrom(bundle.target, { asid: NEW_ASID, organisation: 'RZZ' }),
      outage: fc.constantFrom(bundle.outage, null),
      windows: fc.subarray([...bundle.windows, { from: '2026-12-09T20:15:00Z', to: '2026-12-09T23:30:00Z' }]),
      runner: fc.constantFrom(2, 5, null),
      deputy: fc.constantFrom(3, 2, null),
      verification: fc.shuffledSubarray(['1', '2']),
      notices: fc.constantFrom(bundle.notices, { wording: {}, audience: {} }),
    }) as fc.Arbitrary<Bundle>;
    const asSets = ({ services: list, verification, ...rest }: Bundle) => ({
      ...rest,
      services: new Set(list.map((one) => JSON.stringify([one.serviceId, one.from, one.to]))),
      verification: new Set(verification),
    });
    // Two of them at random are rarely equal: half the pairs differ in one part at most.
    const pairs = fc.oneof(
      fc.tuple(arbitrary, arbitrary),
      fc
        .tuple(arbitrary, arbitrary, fc.constantFrom(...(Object.keys(bundle) as (keyof Bundle)[])))
        .map(([one, other, part]): [Bundle, Bundle] => [
          one,
          { ...one, services: one.services.toReversed(), [part]: other[part] },
        ]),
    );
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        expect(seal(one).hash === seal(other).hash).toBe(isDeepStrictEqual(asSets(one), asSets(other)));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('10: what a change does to the votes', () => {
  it('10: equal inputs keep them', () => {
    expect(bundleChange(bundle, seal(bundle).bundle, none)).toEqual({ votes: 'keep', lines: [], removed: [] });
  });

  it('10: only taking services off asks the safety officer again', () => {
    expect(bundleChange(bundle, without('3', '4'), none)).toEqual({
      votes: 'ask-safety-officer-again',
      lines: ['services 3 and 4 were taken off and stay on the old system'],
      removed: ['3', '4'],
    });
  });

  it.each([
    ['a verification service taken off', without('1'), none],
    ['a business-critical service taken off', without('4'), new Set(['4'])],
    ['all taken off', without('1', '2', '3', '4'), none],
    ['one added', { ...bundle, services: [...bundle.services, ...bundleServices([planned('5')])] }, none],
    ['a removal together with another outage', { ...without('4'), outage: null }, none],
    ['another window', { ...bundle, windows: [] }, none],
    ['another service definer', { ...bundle, runner: 9 }, none],
    ['another deputy', { ...bundle, deputy: null }, none],
    ['other words', { ...bundle, notices: { ...bundle.notices, wording: {} } }, none],
    ['another audience', { ...bundle, notices: { ...bundle.notices, audience: {} } }, none],
    ['other verification services', { ...bundle, verification: ['2'] }, none],
    ['another target', { ...bundle, target: { asid: NEW_ASID, organisation: 'RZZ' } }, none],
    [
      'another old system in e-RS',
      {
        ...bundle,
        services: bundleServices([
          planned('1', { from: { organisation: 'RXX', asid: NEW_ASID } }),
          ...['2', '3', '4'].map((id) => planned(id)),
        ]),
      },
      none,
    ],
  ])('10: voids all and names it: %s', (_what, after, critical) => {
    const change = bundleChange(bundle, after, critical);
    expect(change.votes).toBe('void');
    expect(change.lines.length).toBeGreaterThan(0);
  });

  it('10: votes are kept if and only if the rule says so (property)', () => {
    const ids = ['1', '2', '3', '4', '5', '6'];
    const before: Bundle = { ...bundle, services: bundleServices(ids.map((id) => planned(id))), verification: ['1'] };
    const critical = new Set(['2']);
    /** Every edit that a person can make besides taking services off. */
    const edits: readonly ((one: Bundle) => Bundle)[] = [
      (one) => ({ ...one, outage: null }),
      (one) => ({ ...one, windows: [...one.windows, { from: '2026-12-09T20:15:00Z', to: '2026-12-09T23:30:00Z' }] }),
      (one) => ({ ...one, runner: 9 }),
      (one) => ({ ...one, deputy: 9 }),
      (one) => ({ ...one, target: { ...one.target, organisation: 'RZZ' } }),
      (one) => ({ ...one, verification: ['1', '3'] }),
      (one) => ({ ...one, notices: { ...one.notices, wording: { planned: 'other text' } } }),
      (one) => ({ ...one, notices: { ...one.notices, audience: { commissioners: 'some' } } }),
      (one) => ({ ...one, services: [...one.services, ...bundleServices([planned('7')])] }),
      (one) => ({
        ...one,
        services: one.services.map((service, index) =>
          index === 0 ? { ...service, from: { organisation: 'RZZ', asid: NEW_ASID } } : service,
        ),
      }),
    ];
    fc.assert(
      fc.property(fc.subarray(ids), fc.subarray([...edits]), fc.boolean(), (off, others, turned) => {
        const left = { ...before, services: before.services.filter(({ serviceId }) => !off.includes(serviceId)) };
        const edited = others.reduce<Bundle>((one, edit) => edit(one), left);
        const after = turned ? { ...edited, services: edited.services.toReversed() } : edited;
        const changes = seal(after).hash !== seal(before).hash;
        const precious = off.includes('1') || off.includes('2');
        const onlyOff = off.length > 0 && off.length < ids.length && others.length === 0 && !precious;
        const expected = !changes ? 'keep' : onlyOff ? 'ask-safety-officer-again' : 'void';
        const change = bundleChange(seal(before).bundle, seal(after).bundle, critical);
        expect(change.votes).toBe(expected);
        expect(change.lines.length > 0).toBe(changes);
      }),
      { numRuns: 1_000 },
    );
  });
});
