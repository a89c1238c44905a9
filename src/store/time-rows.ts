import type { Database } from '../../db/connect.ts';
import type { ErsOutage, ErsOutageCheck, SetStop } from '../domain/time-rules.ts';

/** Every freeze and incident ever set, oldest first: past times are judged by what stood then. */
export async function readStops(db: Database, migrationId: number): Promise<readonly SetStop[]> {
  return db
    .selectFrom('time_stop')
    .innerJoin('person as setter', 'setter.id', 'time_stop.set_by')
    .leftJoin('person as lifter', 'lifter.id', 'time_stop.lifted_by')
    .select([
      'time_stop.id',
      'time_stop.rule',
      'time_stop.starts_at as startsAt',
      'time_stop.ends_at as endsAt',
      'time_stop.reason',
      'setter.name as setBy',
      'time_stop.set_at as setAt',
      'lifter.name as liftedBy',
      'time_stop.lifted_at as liftedAt',
    ])
    .where('time_stop.migration_id', '=', migrationId)
    .orderBy('time_stop.id')
    .execute();
}

/** The planned outages of e-RS that still count, by time. */
export async function readErsOutages(db: Database, migrationId: number): Promise<readonly ErsOutage[]> {
  return db
    .selectFrom('ers_outage')
    .innerJoin('person', 'person.id', 'ers_outage.noted_by')
    .select([
      'ers_outage.id',
      'ers_outage.starts_at as from',
      'ers_outage.ends_at as to',
      'ers_outage.source',
      'person.name as notedBy',
      'ers_outage.noted_at as notedAt',
    ])
    .where('ers_outage.migration_id', '=', migrationId)
    .where('ers_outage.removed_at', 'is', null)
    .orderBy('ers_outage.starts_at')
    .orderBy('ers_outage.id')
    .execute();
}

export async function readLastCheck(db: Database, migrationId: number): Promise<ErsOutageCheck | null> {
  const row = await db
    .selectFrom('ers_outage_check')
    .innerJoin('person', 'person.id', 'ers_outage_check.person_id')
    .select([
      'ers_outage_check.checked_at as checkedAt',
      'ers_outage_check.page',
      'ers_outage_check.found',
      'person.name as by',
    ])
    .where('ers_outage_check.migration_id', '=', migrationId)
    .orderBy('ers_outage_check.checked_at', 'desc')
    .orderBy('ers_outage_check.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
