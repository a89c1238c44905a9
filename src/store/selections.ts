import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { EMPTY_SELECTION, type Selection } from '../domain/selection.ts';

export interface Wave {
  readonly name: string;
  readonly selection: Selection;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
}

export interface SelectionStore {
  /** Keeps what was typed for a difference under the code that was shown. */
  show(migrationId: number, code: string, input: Readonly<Record<string, string>>, now: string): Promise<void>;
  shown(migrationId: number, code: string): Promise<Readonly<Record<string, string>> | null>;
  /** Removes what was shown before this instant. */
  sweepShown(before: string): Promise<void>;
  /** A later one of the same name, in whatever case, replaces an earlier one. */
  keep(migrationId: number, name: string, selection: Selection, by: number, now: string): Promise<void>;
  forget(migrationId: number, name: string): Promise<boolean>;
  /** By name. */
  waves(migrationId: number): Promise<readonly Wave[]>;
}

export function selectionStore(db: Database): SelectionStore {
  const forget = async (migrationId: number, name: string) => {
    const { numDeletedRows } = await db
      .deleteFrom('wave')
      .where('migration_id', '=', migrationId)
      .where(sql<boolean>`lower(name) = lower(${name})`)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  };
  return {
    forget,
    async show(migrationId, code, input, now) {
      const columns = { input: JSON.stringify(input), at: now };
      await db
        .insertInto('shown_selection')
        .values({ migration_id: migrationId, code, ...columns })
        .onConflict((conflict) => conflict.constraint('a_shown_selection_has_one_code').doUpdateSet(columns))
        .execute();
    },
    async shown(migrationId, code) {
      const row = await db
        .selectFrom('shown_selection')
        .select('input')
        .where('migration_id', '=', migrationId)
        .where('code', '=', code)
        .executeTakeFirst();
      return row?.input ?? null;
    },
    async sweepShown(before) {
      await db.deleteFrom('shown_selection').where('at', '<', before).execute();
    },
    async keep(migrationId, name, selection, by, now) {
      await forget(migrationId, name);
      const columns = { selection: JSON.stringify(selection), by_id: by, at: now };
      await db
        .insertInto('wave')
        .values({ migration_id: migrationId, name, ...columns })
        .onConflict((conflict) => conflict.constraint('a_wave_has_one_name').doUpdateSet(columns))
        .execute();
    },
    async waves(migrationId) {
      const rows = await db
        .selectFrom('wave')
        .innerJoin('person', 'person.id', 'wave.by_id')
        .select(['wave.name', 'wave.selection', 'person.name as by', 'wave.at'])
        .where('wave.migration_id', '=', migrationId)
        .orderBy('wave.name')
        .execute();
      return rows.map((row) => ({ ...row, selection: { ...EMPTY_SELECTION, ...row.selection } }));
    },
  };
}
