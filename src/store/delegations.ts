import type { Database } from '../../db/connect.ts';
import type { Role } from '../domain/role.ts';

/** A role that is lent now. `until` is an ISO instant. */
export interface Delegation {
  readonly byId: number;
  readonly toId: number;
  readonly role: string;
  readonly until: string;
}

export interface DelegationStore {
  /** Lends a role that its owner holds; false when it is lent already, or the other person holds it (also in a race). */
  lend(migrationId: number, role: Role, byId: number, toId: number, now: string, until: string): Promise<boolean>;
  /** Everything that this person lends in the migration is theirs alone again; gives what it was. */
  takeBack(migrationId: number, byId: number, now: string): Promise<readonly Delegation[]>;
  /** Ends what was lent until this instant or earlier. To be called before roles are read. */
  endLapsed(now: string): Promise<void>;
  of(migrationId: number): Promise<readonly Delegation[]>;
}

export function delegationStore(db: Database): DelegationStore {
  const columns = ['lent_by', 'person_id', 'role', 'lent_until'] as const;
  return {
    async lend(migrationId, role, byId, toId, now, until) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('role_grant')
        .values({
          migration_id: migrationId,
          person_id: toId,
          role,
          granted_by: byId,
          granted_at: now,
          revoked_by: null,
          revoked_at: null,
          lent_by: byId,
          lent_until: until,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async takeBack(migrationId, byId, now) {
      const rows = await db
        .updateTable('role_grant')
        .set({ revoked_at: now, revoked_by: byId })
        .where('migration_id', '=', migrationId)
        .where('lent_by', '=', byId)
        .where('revoked_at', 'is', null)
        .returning(columns)
        .execute();
      return rows.map(toDelegation);
    },
    async endLapsed(now) {
      await db
        .updateTable('role_grant')
        .set(({ ref }) => ({ revoked_at: ref('lent_until') }))
        .where('lent_by', 'is not', null)
        .where('lent_until', '<=', now)
        .where('revoked_at', 'is', null)
        .execute();
    },
    async of(migrationId) {
      const rows = await db
        .selectFrom('role_grant')
        .select(columns)
        .where('migration_id', '=', migrationId)
        .where('lent_by', 'is not', null)
        .where('revoked_at', 'is', null)
        .orderBy('id')
        .execute();
      return rows.map(toDelegation);
    },
  };
}

function toDelegation(row: {
  lent_by: number | null;
  person_id: number;
  role: string;
  lent_until: string | null;
}): Delegation {
  return { byId: row.lent_by ?? 0, toId: row.person_id, role: row.role, until: row.lent_until ?? '' };
}
