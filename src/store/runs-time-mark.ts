import { type Expression, type RawBuilder, sql } from 'kysely';

/** Changes with every freeze, incident, planned outage, calendar and change of hours of a migration, so that nothing stale is judged by. */
export function timeMark(migrationId: Expression<unknown>): RawBuilder<string> {
  return sql<string>`concat_ws('/',
    (select count(*) || '-' || count(lifted_at) from time_stop where migration_id = ${migrationId}),
    (select count(*) || '-' || count(removed_at) from ers_outage where migration_id = ${migrationId}),
    (select count(*) || '-' || count(removed_at) || '-' || coalesce(sum(version), 0)
      from outage_calendar where migration_id = ${migrationId}),
    (select md5(policy::text) from hours_policy where migration_id = ${migrationId}))`;
}
