import type { Connection, Database } from '../../db/connect.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import { hoursFeed } from '../domain/hours-feed.ts';
import type { HoursView, ReservedWindow } from '../domain/hours-view.ts';
import { hoursWeek } from '../domain/hours-week.ts';
import type { Clock } from '../kernel/clock.ts';
import type { HoursPages } from '../ports/hours-pages.ts';
import { hoursAddressStore } from './hours-address.ts';
import { migrationStore } from './migrations.ts';
import { timeStore } from './time.ts';

/** The hours of whichever migration a token names, on a database. Reads alone. */
export function hoursPages(connection: Connection, clock: Clock, bankHolidays: BankHolidays): HoursPages {
  const { db } = connection;
  return {
    async week(token, day) {
      const view = await viewOf(db, token, clock, bankHolidays);
      return view && hoursWeek(view, day);
    },
    async feed(token) {
      const view = await viewOf(db, token, clock, bankHolidays);
      return view && hoursFeed(view);
    },
  };
}

async function viewOf(
  db: Database,
  token: string,
  clock: Clock,
  bankHolidays: BankHolidays,
): Promise<HoursView | null> {
  const id = await hoursAddressStore(db).migrationOf(token);
  const migration = id === null ? null : await migrationStore(db).byId(id);
  if (migration === null) return null;
  const rules = await timeStore(db).rules(migration.id);
  return { migration, rules, bankHolidays, windows: await windowsOf(db, migration.id), now: clock.now() };
}

function windowsOf(db: Database, migrationId: number): Promise<readonly ReservedWindow[]> {
  return db
    .selectFrom('plan_window')
    .innerJoin('plan', 'plan.id', 'plan_window.plan_id')
    .select([
      'plan_window.starts_at as from',
      'plan_window.ends_at as to',
      'plan_window.position',
      'plan.number as plan',
    ])
    .where('plan.migration_id', '=', migrationId)
    .where('plan.state', 'not in', ['completed', 'rolled-back', 'withdrawn', 'expired'])
    .orderBy('plan_window.starts_at')
    .orderBy('plan.number')
    .execute();
}
