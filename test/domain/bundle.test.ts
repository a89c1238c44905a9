import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bundle, bundleChange, bundleServices, seal } from '../../src/domain/bundle.ts';
import { canonicalJson } from '../../src/kernel/canonical.ts';
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

  it('8: is equal if and only if the bundle is', () => {
    const arbitrary = fc.record({
      services: fc.subarray([...bundle.services]),
      outage: fc.constantFrom(bundle.outage, null),
      runner: fc.constantFrom(2, 5, null),
      verification: fc.subarray(['1', '2']),
      notices: fc.constantFrom(bundle.notices, { wording: {}, audience: {} }),
    });
    fc.assert(
      fc.property(arbitrary, arbitrary, (one, other) => {
        const [a, b] = [
          { ...bundle, ...one },
          { ...bundle, ...other },
        ];
        expect(seal(a).hash === seal(b).hash).toBe(canonicalJson(seal(a).bundle) === canonicalJson(seal(b).bundle));
      }),
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
});
