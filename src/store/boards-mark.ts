import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';

/**
 * A short text for each of these migrations that changes whenever its board may have: the record, the posted cards, the run's
 * and the mails' ledgers. One query, however many ask.
 */
export async function boardMarks(db: Database, migrationIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (migrationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('migration')
    .select(({ selectFrom, ref }) => [
      'migration.id',
      selectFrom('audit_head')
        .select('audit_head.seq')
        .where('audit_head.chain', '=', sql<string>`'migration:' || ${ref('migration.id')}`)
        .as('record'),
      selectFrom('posting')
        .select(sql<number>`coalesce(sum(wanted_version), 0)`.as('versions'))
        .whereRef('posting.migration_id', '=', 'migration.id')
        .as('cards'),
      selectFrom('run_item')
        .innerJoin('run', 'run.id', 'run_item.run_id')
        .select(
          sql<string>`concat_ws('-', count(*) filter (where run_item.state = 'pending'), count(*) filter (where run_item.state = 'applying'), count(*) filter (where run_item.state = 'confirmed'), count(run_item.settled_at), count(run_item.claimed_by), sum(run_item.attempts))`.as(
            'items',
          ),
        )
        .whereRef('run.migration_id', '=', 'migration.id')
        .where('run.state', '!=', 'completed')
        .as('items'),
      selectFrom('delivery')
        .innerJoin('notice', 'notice.id', 'delivery.notice_id')
        .select(
          sql<string>`concat_ws('-', count(*), count(*) filter (where delivery.status = 'queued'), count(*) filter (where delivery.status = 'sending'), count(*) filter (where delivery.status = 'sent'), sum(delivery.attempts))`.as(
            'mails',
          ),
        )
        .whereRef('notice.migration_id', '=', 'migration.id')
        .where('notice.status', '=', 'sending')
        .as('mails'),
    ])
    .where('migration.id', 'in', [...migrationIds])
    .execute();
  return new Map(rows.map(({ id, ...marks }) => [id, Object.values(marks).join('/')]));
}
