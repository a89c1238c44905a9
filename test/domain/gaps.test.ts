import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTACT_FIELDS, gapsOf } from '../../src/domain/gaps.ts';
import type { Service } from '../../src/domain/service.ts';

const COLUMNS = CONTACT_FIELDS.map(({ column }) => column);

function service(over: Partial<Service>): Service {
  return {
    serviceId: '7012001',
    name: 'Cardiology',
    providerOrg: 'XR1',
    locationOrg: 'XR101',
    specialty: null,
    appointmentType: null,
    published: true,
    directlyBookable: true,
    effectiveFrom: null,
    effectiveTo: null,
    routine: null,
    urgent: null,
    twoWeekWait: null,
    onSecondaryCareMenu: null,
    slotReservationPeriod: null,
    pollingRange: null,
    transitionDate: null,
    endpointId: null,
    currentAsid: null,
    contactPhone: '01632 960100',
    hoursOfOperation: 'Monday 9am to 5pm',
    businessCritical: null,
    ...over,
  };
}

const word = (site: string, column: string) => ({
  site,
  column,
  personId: 1,
  personName: 'A planner',
  at: '2026-12-01T19:00:00Z',
});

describe('gaps', () => {
  it('5: complete details do not block', () => {
    expect(gapsOf([service({})], COLUMNS, [])).toMatchObject({ missing: 0, unknown: 0, blocks: false });
  });

  it('5: a blank detail blocks, spaces alone are blank', () => {
    const gaps = gapsOf(
      [service({ contactPhone: '  ' }), service({ serviceId: '2', hoursOfOperation: null })],
      COLUMNS,
      [],
    );
    expect(gaps).toMatchObject({ missing: 2, blocks: true });
    expect(gaps.sites[0]?.missing).toEqual([
      { column: 'PATIENT_CONTACT_PHONE', serviceIds: ['7012001'] },
      { column: 'HOURS_OF_OPERATION', serviceIds: ['2'] },
    ]);
  });

  it('5: an absent column is unknown and blocks; a word for another site does not help', () => {
    const two = [service({}), service({ serviceId: '2', locationOrg: 'XR102' })];
    const attested = COLUMNS.map((column) => word('XR101', column));
    expect(gapsOf(two, [], [])).toMatchObject({ unknown: 2, blocks: true });
    expect(gapsOf(two, [], attested)).toMatchObject({ unknown: 1, blocks: true });
    expect(gapsOf(two, [], [...attested, ...COLUMNS.map((column) => word('XR102', column))])).toMatchObject({
      blocks: false,
    });
  });

  it('5: a word does not excuse a blank in a column that the file has', () => {
    const gaps = gapsOf([service({ contactPhone: null })], COLUMNS, [word('XR101', 'PATIENT_CONTACT_PHONE')]);
    expect(gaps.blocks).toBe(true);
  });

  it('5: it blocks exactly when a bookable service has a blank, or an unattested absent column', () => {
    const one = fc.record({
      locationOrg: fc.constantFrom('XR101', 'XR102'),
      directlyBookable: fc.boolean(),
      contactPhone: fc.constantFrom(null, '01632 960100'),
      hoursOfOperation: fc.constantFrom(null, '9 to 5'),
    });
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 8 }),
        fc.subarray(COLUMNS),
        fc.subarray(['XR101', 'XR102'].flatMap((site) => COLUMNS.map((column) => word(site, column)))),
        (rows, columns, words) => {
          const services = rows.map((row, at) => service({ ...row, serviceId: String(at) }));
          const open = services.filter(
            (row) =>
              row.directlyBookable &&
              CONTACT_FIELDS.some(({ column, field }) =>
                columns.includes(column)
                  ? row[field] === null
                  : !words.some((said) => said.site === row.locationOrg && said.column === column),
              ),
          );
          expect(gapsOf(services, columns, words).blocks).toBe(open.length > 0);
        },
      ),
    );
  });
});
