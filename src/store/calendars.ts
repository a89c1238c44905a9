import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { CalendarOutage, OutageCalendar, ReadCalendar } from '../domain/outage-calendar.ts';

export interface CalendarStore {
  /** The calendars that count, in the order in which they were added. */
  of(migrationId: number): Promise<readonly OutageCalendar[]>;
  /** A file of the same name, or the same address, takes the place of the one before. Gives its number. */
  add(migrationId: number, calendar: ReadCalendar, by: number, now: string): Promise<number>;
  /** False where there is none of that number, or it was taken off before. */
  remove(migrationId: number, id: number, by: number, now: string): Promise<boolean>;
  /** Takes addresses last looked at before `before`, for this process alone: they are looked at now. */
  takeDue(before: string, now: string): Promise<readonly DueCalendar[]>;
  /** A good copy. False where it says the same as the one before, or the calendar was taken off. */
  copied(id: number, outages: readonly CalendarOutage[], now: string): Promise<boolean>;
  failed(id: number, problem: string): Promise<void>;
}

export interface DueCalendar {
  readonly id: number;
  readonly migrationId: number;
  readonly name: string;
  readonly url: string;
  readonly outages: readonly CalendarOutage[];
  readonly problem: string | null;
  readonly copiedAt: string;
}

export function calendarStore(db: Database): CalendarStore {
  return {
    of: (migrationId) => readCalendars(db, migrationId),
    async add(migrationId, { name, url, outages }, by, now) {
      await db
        .updateTable('outage_calendar')
        .set({ removed_by: by, removed_at: now })
        .where('migration_id', '=', migrationId)
        .where('removed_at', 'is', null)
        .$if(url !== null, (query) => query.where('url', '=', url))
        .$if(url === null, (query) => query.where('url', 'is', null).where('name', '=', name))
        .execute();
      const row = await db
        .insertInto('outage_calendar')
        .values({
          migration_id: migrationId,
          name,
          url,
          outages: JSON.stringify(outages),
          version: 1,
          copied_at: now,
          tried_at: now,
          added_by: by,
          added_at: now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return row.id;
    },
    async remove(migrationId, id, by, now) {
      const result = await db
        .updateTable('outage_calendar')
        .set({ removed_by: by, removed_at: now })
        .where('migration_id', '=', migrationId)
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async takeDue(before, now) {
      const rows = await db
        .updateTable('outage_calendar')
        .set({ tried_at: now })
        .where('id', 'in', (inner) =>
          inner
            .selectFrom('outage_calendar')
            .select('id')
            .where('url', 'is not', null)
            .where('removed_at', 'is', null)
            .where('tried_at', '<=', before)
            .orderBy('tried_at')
            .limit(10)
            .forUpdate()
            .skipLocked(),
        )
        .returning(['id', 'migration_id as migrationId', 'name', 'url', 'outages', 'problem', 'copied_at as copiedAt'])
        .execute();
      return rows.flatMap(({ url, ...row }) => (url === null ? [] : [{ ...row, url }]));
    },
    async copied(id, outages, now) {
      const known = await db
        .selectFrom('outage_calendar')
        .select('outages')
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .forUpdate()
        .executeTakeFirst();
      if (!known) return false;
      const changed = said(known.outages) !== said(outages);
      await db
        .updateTable('outage_calendar')
        .set({ copied_at: now, problem: null })
        .$if(changed, (query) => query.set({ outages: JSON.stringify(outages), version: sql<number>`version + 1` }))
        .where('id', '=', id)
        .execute();
      return changed;
    },
    async failed(id, problem) {
      await db.updateTable('outage_calendar').set({ problem }).where('id', '=', id).execute();
    },
  };
}

export function readCalendars(db: Database, migrationId: number): Promise<readonly OutageCalendar[]> {
  return db
    .selectFrom('outage_calendar')
    .innerJoin('person', 'person.id', 'outage_calendar.added_by')
    .select([
      'outage_calendar.id',
      'outage_calendar.name',
      'outage_calendar.url',
      'outage_calendar.outages',
      'outage_calendar.copied_at as copiedAt',
      'outage_calendar.tried_at as triedAt',
      'outage_calendar.problem',
      'person.name as addedBy',
    ])
    .where('outage_calendar.migration_id', '=', migrationId)
    .where('outage_calendar.removed_at', 'is', null)
    .orderBy('outage_calendar.id')
    .execute();
}

/** jsonb does not keep the order of keys. */
function said(outages: readonly CalendarOutage[]): string {
  return JSON.stringify(outages.map(({ from, to, title }) => [from, to, title]));
}
