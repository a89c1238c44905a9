import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeVerification, verificationFault } from '../../src/domain/plan-verification.ts';
import { planned } from './plan-service.ts';

interface Drawn {
  readonly site: string;
  readonly specialty: string | null;
  readonly published: boolean;
  readonly slotReservationPeriod: number;
  readonly routine: boolean | null;
  readonly urgent: boolean | null;
  readonly twoWeekWait: boolean;
}

const drawn: fc.Arbitrary<readonly Drawn[]> = fc.array(
  fc.record({
    site: fc.constantFrom('RXX01', 'RXX02', 'RXX03', 'RXX04'),
    specialty: fc.constantFrom('100', '110', '120', '130', '140', null),
    published: fc.boolean(),
    slotReservationPeriod: fc.constantFrom(0, 3),
    routine: fc.constantFrom(true, false, null),
    urgent: fc.constantFrom(true, false, null),
    twoWeekWait: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);

function made(rows: readonly Drawn[]) {
  const services = rows.map(({ site, specialty, published, slotReservationPeriod, twoWeekWait }, index) =>
    planned(String(7000001 + index), { site, specialty, published, slotReservationPeriod, twoWeekWait }),
  );
  const extract = rows.map(({ routine, urgent, twoWeekWait }, index) => ({
    serviceId: String(7000001 + index),
    routine,
    urgent,
    twoWeekWait,
  }));
  return { services, extract };
}

describe('25: the proposed verification services', () => {
  it('25: cover every site, every priority, and as many specialties as are asked for; what was chosen stays', () => {
    fc.assert(
      fc.property(drawn, fc.nat(29), (rows, at) => {
        const { services, extract } = made(rows);
        const chosen = services[at] ? [services[at].serviceId] : [];
        const proposed = proposeVerification(services, chosen, extract);
        const isIn = (serviceId: string) => proposed.includes(serviceId);
        expect(verificationFault(services, proposed)).toBeNull();
        expect(proposed).toEqual([...new Set(proposed)].sort());
        expect(chosen.every(isIn)).toBe(true);
        for (const priority of ['routine', 'urgent', 'twoWeekWait'] as const) {
          const having = extract.filter((one) => one[priority] === true);
          expect(having.some(({ serviceId }) => isIn(serviceId))).toBe(having.length > 0);
        }
        const specialties = (of: typeof services) => new Set(of.flatMap(({ specialty }) => specialty ?? []));
        const seen = specialties(services.filter(({ serviceId }) => isIn(serviceId)));
        expect(seen.size).toBeGreaterThanOrEqual(Math.min(3, specialties(services).size));
        // Sites, priorities and specialties bring one each at most: no more is tested at night than that.
        const sites = new Set(services.map(({ site }) => site));
        expect(proposed.length).toBeLessThanOrEqual(chosen.length + sites.size + 3 + 3);
      }),
    );
  });

  it('25: are the same in whatever order the services come, and proposing again changes nothing', () => {
    fc.assert(
      fc.property(drawn, (rows) => {
        const { services, extract } = made(rows);
        const proposed = proposeVerification(services, [], extract);
        expect(proposeVerification(services.toReversed(), [], extract.toReversed())).toEqual(proposed);
        expect(proposeVerification(services, proposed, extract)).toEqual(proposed);
      }),
    );
  });

  it('25: where several would do, one that is published and shows its slots at once', () => {
    const services = [
      planned('7000001', { published: false }),
      planned('7000002', { slotReservationPeriod: 3 }),
      ...['7000003', '7000004', '7000005'].map((id) => planned(id)),
    ];
    expect(proposeVerification(services)).toEqual(['7000003', '7000004', '7000005']);
  });
});
