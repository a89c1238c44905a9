import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { ServiceTable, SnapshotTable } from '../../db/schema/intake.ts';
import type { ServiceFilter, SiteCount, Snapshot } from '../domain/extract.ts';
import type { Service } from '../domain/service.ts';

/** The published snapshots of services. One that is still being loaded is invisible here. */
export interface SnapshotStore {
  /** The newest published snapshot of the migration, or null before the first import. */
  current(migrationId: number): Promise<Snapshot | null>;
  byNumber(migrationId: number, number: number): Promise<Snapshot | null>;
  byId(snapshotId: number): Promise<Snapshot | null>;
  /** Newest first. */
  list(migrationId: number): Promise<readonly Snapshot[]>;
  /** The services that match, by site and then id. */
  services(snapshotId: number, filter?: ServiceFilter): Promise<readonly Service[]>;
  /** By organisation and site; with a filter, of what matches it. */
  counts(snapshotId: number, filter?: ServiceFilter): Promise<readonly SiteCount[]>;
  /** Which columns the file had, by their names: an absent column is unknown (rule 5). */
  columns(snapshotId: number): Promise<readonly string[]>;
}

export function snapshotStore(db: Database): SnapshotStore {
  const published = () =>
    db
      .selectFrom('snapshot')
      .leftJoin('snapshot as base', 'base.id', 'snapshot.base_id')
      .selectAll('snapshot')
      .select('base.number as base_number')
      .where('snapshot.status', '=', 'published')
      .where('snapshot.number', 'is not', null);
  return {
    async current(migrationId) {
      const row = await published()
        .where('snapshot.migration_id', '=', migrationId)
        .orderBy('snapshot.number', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? snapshotOf(row) : null;
    },
    async byNumber(migrationId, number) {
      const row = await published()
        .where('snapshot.migration_id', '=', migrationId)
        .where('snapshot.number', '=', number)
        .executeTakeFirst();
      return row ? snapshotOf(row) : null;
    },
    async byId(snapshotId) {
      const row = await published().where('snapshot.id', '=', snapshotId).executeTakeFirst();
      return row ? snapshotOf(row) : null;
    },
    async list(migrationId) {
      const rows = await published()
        .where('snapshot.migration_id', '=', migrationId)
        .orderBy('snapshot.number', 'desc')
        .execute();
      return rows.map(snapshotOf);
    },
    async services(snapshotId, filter = {}) {
      const rows = await db
        .selectFrom('service')
        .selectAll()
        .where(matches(snapshotId, filter))
        .orderBy('location_org')
        .orderBy('service_id')
        .execute();
      return rows.map(serviceOf);
    },
    async counts(snapshotId, filter = {}) {
      return db
        .selectFrom('service')
        .select(['provider_org as organisation', 'location_org as site'])
        .select((eb) => [
          eb.fn.countAll<number>().as('services'),
          eb.fn.countAll<number>().filterWhere('directly_bookable', '=', true).as('directlyBookable'),
          eb.fn.countAll<number>().filterWhere('published', '=', false).as('unpublished'),
          eb.fn.countAll<number>().filterWhere('two_week_wait', '=', true).as('twoWeekWait'),
        ])
        .where(matches(snapshotId, filter))
        .groupBy(['provider_org', 'location_org'])
        .orderBy('provider_org')
        .orderBy('location_org')
        .execute();
    },
    async columns(snapshotId) {
      const row = await db.selectFrom('snapshot').select('columns').where('id', '=', snapshotId).executeTakeFirst();
      return row?.columns ?? [];
    },
  };
}

/** Of a snapshot: fields joined by "and", several values of one field alternatives. An empty list matches nothing. */
function matches(snapshotId: number, filter: ServiceFilter): RawBuilder<SqlBool> {
  const parts = [sql`snapshot_id = ${snapshotId}`];
  if (filter.organisations) parts.push(sql`provider_org = any(${[...filter.organisations]}::text[])`);
  if (filter.sites) parts.push(sql`location_org = any(${[...filter.sites]}::text[])`);
  if (filter.specialties) parts.push(sql`specialty = any(${[...filter.specialties]}::text[])`);
  if (filter.ids) parts.push(sql`service_id = any(${[...filter.ids]}::text[])`);
  if (filter.name !== undefined) parts.push(sql`name ilike ${likePattern(filter.name)}`);
  if (filter.directlyBookable !== undefined) parts.push(sql`directly_bookable = ${filter.directlyBookable}`);
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`;
}

function likePattern(words: string): string {
  return `%${words.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%')}%`;
}

export function snapshotOf(row: Selectable<SnapshotTable> & { base_number: number | null }): Snapshot {
  return {
    id: row.id,
    number: row.number ?? 0,
    kind: row.kind === 'supplement' ? 'supplement' : 'extract',
    baseNumber: row.base_number,
    extractId: row.extract_id ?? row.id,
    fileName: row.file_name,
    sha256: row.sha256,
    taken: row.taken ?? '',
    columns: row.columns,
    services: row.services,
    elsewhere: row.elsewhere,
    errors: row.errors,
    warnings: row.warnings,
    importedBy: row.imported_by,
    publishedAt: row.published_at ?? '',
    rowsDeletedAt: row.rows_deleted_at,
  };
}

export function serviceOf(row: Selectable<ServiceTable>): Service {
  return {
    serviceId: row.service_id,
    name: row.name,
    providerOrg: row.provider_org,
    locationOrg: row.location_org,
    specialty: row.specialty,
    appointmentType: row.appointment_type,
    published: row.published,
    directlyBookable: row.directly_bookable,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    routine: row.routine,
    urgent: row.urgent,
    twoWeekWait: row.two_week_wait,
    onSecondaryCareMenu: row.on_secondary_care_menu,
    slotReservationPeriod: row.slot_reservation_period,
    pollingRange: row.polling_range,
    transitionDate: row.transition_date,
    endpointId: row.endpoint_id,
    currentAsid: row.current_asid,
    contactPhone: row.contact_phone,
    hoursOfOperation: row.hours_of_operation,
    businessCritical: row.business_critical,
  };
}
