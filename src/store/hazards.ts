import type { Database } from '../../db/connect.ts';
import type { Hazard } from '../domain/hazard.ts';
import { type HazardLog, type HazardNote, hazardLog } from '../domain/hazard-log.ts';
import { isRole } from '../domain/role.ts';

/** The hazard log of a migration: only ever added to. */
export interface HazardStore {
  log(migrationId: number): Promise<HazardLog>;
  /** Gives its key: "own-1". */
  add(migrationId: number, hazard: Omit<Hazard, 'key'>, by: number, now: string): Promise<string>;
  note(migrationId: number, note: Omit<HazardNote, 'by' | 'at'>, by: number, now: string): Promise<void>;
  sign(migrationId: number, hash: string, note: string | null, by: number, now: string): Promise<void>;
}

export function hazardStore(db: Database): HazardStore {
  return {
    async log(migrationId) {
      const own = await db
        .selectFrom('hazard_own')
        .select('hazard')
        .where('migration_id', '=', migrationId)
        .orderBy('at')
        .orderBy('key')
        .execute();
      const notes = await db
        .selectFrom('hazard_note')
        .innerJoin('person', 'person.id', 'hazard_note.by_id')
        .select(['key', 'initial', 'residual', 'owner', 'note', 'person.name as by', 'at'])
        .where('migration_id', '=', migrationId)
        .orderBy('hazard_note.id')
        .execute();
      const signOffs = await db
        .selectFrom('hazard_sign_off')
        .innerJoin('person', 'person.id', 'hazard_sign_off.by_id')
        .select(['hash', 'note', 'person.name as by', 'at'])
        .where('migration_id', '=', migrationId)
        .orderBy('hazard_sign_off.id')
        .execute();
      return hazardLog(
        own.map(({ hazard }) => hazard),
        notes.map((note) => ({ ...note, owner: note.owner !== null && isRole(note.owner) ? note.owner : null })),
        signOffs,
      );
    },
    async add(migrationId, hazard, by, now) {
      // The migration's row orders those who add at the same moment.
      await db.selectFrom('migration').select('id').where('id', '=', migrationId).forUpdate().execute();
      const { number } = await db
        .selectFrom('hazard_own')
        .select((eb) => eb.fn.countAll<string>().as('number'))
        .where('migration_id', '=', migrationId)
        .executeTakeFirstOrThrow();
      const key = `own-${Number(number) + 1}`;
      await db
        .insertInto('hazard_own')
        .values({ migration_id: migrationId, key, hazard: JSON.stringify({ key, ...hazard }), by_id: by, at: now })
        .execute();
      return key;
    },
    async note(migrationId, { key, initial, residual, owner, note }, by, now) {
      await db
        .insertInto('hazard_note')
        .values({
          migration_id: migrationId,
          key,
          initial: JSON.stringify(initial),
          residual: JSON.stringify(residual),
          owner,
          note,
          by_id: by,
          at: now,
        })
        .execute();
    },
    async sign(migrationId, hash, note, by, now) {
      await db
        .insertInto('hazard_sign_off')
        .values({ migration_id: migrationId, hash, note, by_id: by, at: now })
        .execute();
    },
  };
}
