import type { Database } from '../../db/connect.ts';
import { type ChecklistItem, type Gate, ownItem } from '../domain/checklist.ts';
import { isRole, type Role } from '../domain/role.ts';

export interface ChecklistItemStore {
  /** The migration's own items, oldest first. */
  own(migrationId: number): Promise<readonly ChecklistItem[]>;
  /** Adds one and gives its key: "own-1". */
  add(migrationId: number, item: { title: string; owner: Role; gate: Gate }, by: number, now: string): Promise<string>;
  /** False when there is none of that key. */
  remove(migrationId: number, key: string, now: string): Promise<boolean>;
  /** Due dates (ISO dates) by key. */
  due(migrationId: number): Promise<ReadonlyMap<string, string>>;
  /** Null takes the date away. */
  setDue(migrationId: number, key: string, date: string | null): Promise<void>;
  /** Migrations in which something is due from one date to another, both included. */
  migrationsDue(from: string, to: string): Promise<readonly number[]>;
}

export function checklistItemStore(db: Database): ChecklistItemStore {
  return {
    async own(migrationId) {
      const rows = await db
        .selectFrom('checklist_item')
        .select(['key', 'title', 'owner', 'gate'])
        .where('migration_id', '=', migrationId)
        .where('removed_at', 'is', null)
        .orderBy('added_at')
        .orderBy('key')
        .execute();
      return rows.flatMap(({ key, title, owner, gate }) => (isRole(owner) ? [ownItem(key, title, owner, gate)] : []));
    },
    async add(migrationId, { title, owner, gate }, by, now) {
      // The migration's row orders those who add at the same moment.
      await db.selectFrom('migration').select('id').where('id', '=', migrationId).forUpdate().execute();
      const { number } = await db
        .selectFrom('checklist_item')
        .select((eb) => eb.fn.countAll<string>().as('number'))
        .where('migration_id', '=', migrationId)
        .executeTakeFirstOrThrow();
      const key = `own-${Number(number) + 1}`;
      await db
        .insertInto('checklist_item')
        .values({ migration_id: migrationId, key, title, owner, gate, added_by: by, added_at: now })
        .execute();
      return key;
    },
    async remove(migrationId, key, now) {
      const { numUpdatedRows } = await db
        .updateTable('checklist_item')
        .set({ removed_at: now })
        .where('migration_id', '=', migrationId)
        .where('key', '=', key)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      await db.deleteFrom('checklist_due').where('migration_id', '=', migrationId).where('key', '=', key).execute();
      return numUpdatedRows > 0n;
    },
    async due(migrationId) {
      const rows = await db
        .selectFrom('checklist_due')
        .select(['key', 'due_on'])
        .where('migration_id', '=', migrationId)
        .execute();
      return new Map(rows.map((row) => [row.key, row.due_on]));
    },
    async setDue(migrationId, key, date) {
      if (date === null) {
        await db.deleteFrom('checklist_due').where('migration_id', '=', migrationId).where('key', '=', key).execute();
        return;
      }
      await db
        .insertInto('checklist_due')
        .values({ migration_id: migrationId, key, due_on: date })
        .onConflict((conflict) => conflict.constraint('rule_7_one_due_date_an_item').doUpdateSet({ due_on: date }))
        .execute();
    },
    async migrationsDue(from, to) {
      const rows = await db
        .selectFrom('checklist_due')
        .select('migration_id')
        .distinct()
        .where('due_on', '>=', from)
        .where('due_on', '<=', to)
        .orderBy('migration_id')
        .execute();
      return rows.map((row) => row.migration_id);
    },
  };
}
