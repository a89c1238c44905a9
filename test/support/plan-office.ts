import { EXTRACT_COLUMNS } from '../../src/domain/extract-columns.ts';
import type { Service } from '../../src/domain/service.ts';
import { service } from '../domain/plan-service.ts';
import type { TestDatabase } from './database.ts';
import { type Office, openOffice } from './office.ts';
import { idOf } from './office-plan.ts';

/** An office with an imported extract, an outage and a worked checklist: a plan lacks only its window. */
export async function openPlanOffice(
  database: TestDatabase,
  services: readonly Service[] = estate(),
  given: Parameters<typeof openOffice>[1] = {},
): Promise<Office> {
  const office = await openOffice(await database.open(), given);
  await prepared(office, services);
  return office;
}

/** An office comes to where a plan lacks only its window. */
export async function prepared(office: Office, services: readonly Service[] = estate()): Promise<void> {
  await importServices(office, services);
  await office.store.migrations.setOutage(
    office.migrationId,
    { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' },
    null,
  );
  await office
    .as('e-rs-lead')
    .done(
      'checklist stakeholders,migration-plan,outages-checked,outage-sign-up,critical-services evidence="the minutes"',
    );
}

/** Two sites: five services at XR101 (one urgent suspected cancer), three at XR102. */
export function estate(): Service[] {
  const at = (site: string, ids: readonly string[]) =>
    ids.map((id) => service(id, { providerOrg: 'XR1', locationOrg: site }));
  return [
    ...at('XR101', ['7000001', '7000002', '7000003', '7000004']),
    service('7000005', { providerOrg: 'XR1', locationOrg: 'XR101', twoWeekWait: true }),
    ...at('XR102', ['7000011', '7000012', '7000013']),
  ];
}

export async function importServices(office: Office, services: readonly Service[], number = 1): Promise<number> {
  const { db } = office.connection;
  const now = office.clock.now().toString();
  const { id } = await db
    .insertInto('snapshot')
    .values({
      migration_id: office.migrationId,
      number,
      kind: 'extract',
      status: 'published',
      base_id: null,
      extract_id: null,
      file_name: `extract-${number}.csv`,
      sha256: String(number).repeat(64).slice(0, 64),
      encoding: 'utf-8',
      taken: '2026-11-30',
      columns: JSON.stringify(EXTRACT_COLUMNS.map((column) => column.name)),
      flaw_counts: '{}',
      services: services.length,
      imported_by: await idOf(office, 'planner'),
      touched_at: now,
      published_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (let from = 0; from < services.length; from += 1_000) {
    await db
      .insertInto('service')
      .values(services.slice(from, from + 1_000).map((one) => rowOf(id, one)))
      .execute();
  }
  return id;
}

/** Saves what the words choose, reserves a window and submits; gives the code on the card. */
export async function submitted(office: Office, words = 'site=XR101,XR102'): Promise<string> {
  const saved = await office.as('planner').done(`plan ${words} --save`);
  const number = String(saved.number);
  await office.as('planner').done(`window plan=${number} from="2026-12-08 20:15" to="2026-12-08 23:30"`);
  const facts = await office.as('planner').done(`submit ${number}`);
  return String(facts.code);
}

function rowOf(snapshotId: number, one: Service) {
  return {
    snapshot_id: snapshotId,
    service_id: one.serviceId,
    name: one.name,
    provider_org: one.providerOrg,
    location_org: one.locationOrg,
    specialty: one.specialty,
    appointment_type: one.appointmentType,
    published: one.published,
    directly_bookable: one.directlyBookable,
    effective_from: one.effectiveFrom,
    effective_to: one.effectiveTo,
    routine: one.routine,
    urgent: one.urgent,
    two_week_wait: one.twoWeekWait,
    on_secondary_care_menu: one.onSecondaryCareMenu,
    slot_reservation_period: one.slotReservationPeriod,
    polling_range: one.pollingRange,
    transition_date: one.transitionDate,
    endpoint_id: one.endpointId,
    current_asid: one.currentAsid,
    contact_phone: one.contactPhone,
    hours_of_operation: one.hoursOfOperation,
    business_critical: one.businessCritical,
  };
}
