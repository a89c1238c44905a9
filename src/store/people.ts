import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Account, Person, RoleHolder } from '../domain/person.ts';
import { GUEST_ROLES, isRole, type Role } from '../domain/role.ts';

export interface PeopleStore {
  /**
   * Until the transaction ends no role is taken away (`keep`), or this is the one that takes (`take`): else somebody could act by
   * a role that ended while they did (rule 9). First in a transaction, before any other lock.
   */
  holdRoles(how: 'keep' | 'take'): Promise<void>;
  byAccount(account: Account): Promise<Person | null>;
  byEmail(email: string): Promise<Person | null>;
  byId(id: number): Promise<Person | null>;
  /** How a platform knows these people, in the order asked; whoever has no account there is left out. */
  named(
    personIds: readonly number[],
    platform: string,
    tenant: string,
  ): Promise<readonly { userId: string; name: string }[]>;
  /** How a platform knows those who can do something in the migration, the longest there first: at most `limit`. */
  active(migrationId: number, platform: string, tenant: string, limit: number): Promise<readonly string[]>;
  /** The roles held in a migration, administrators of the installation included; a guest has only a guest's roles. */
  rolesOf(personId: number, migrationId: number | null, account?: Account): Promise<readonly Role[]>;
  /** Everybody with a role in the migration, one row a role. */
  holders(migrationId: number): Promise<readonly RoleHolder[]>;
  /** The migrations in which a person has a role. */
  migrationsOf(personId: number): Promise<readonly number[]>;
  add(person: { name: string; email: string; telephone: string | null }, now: string): Promise<Person>;
  /** Joins an account to a person; false when it is somebody else's already. */
  join(personId: number, account: Account, now: string): Promise<boolean>;
  /** Has this person an account on a chat platform? The command line's proves nothing. */
  hasChatAccount(personId: number): Promise<boolean>;
  /** False when the role was held already. */
  grant(personId: number, migrationId: number | null, role: Role, by: number | null, now: string): Promise<boolean>;
  /** What they lend of it ends too. False when the role was not held. */
  revoke(personId: number, migrationId: number | null, role: Role, by: number, now: string): Promise<boolean>;
}

export function peopleStore(db: Database): PeopleStore {
  const person = () => db.selectFrom('person').select(['person.id', 'person.name', 'person.email', 'person.telephone']);
  return {
    async holdRoles(how) {
      const lock = how === 'take' ? sql`pg_advisory_xact_lock` : sql`pg_advisory_xact_lock_shared`;
      await sql`select ${lock}(hashtext('changeover: roles'))`.execute(db);
    },
    async byAccount(account) {
      const row = await person()
        .innerJoin('account', 'account.person_id', 'person.id')
        .where('account.platform', '=', account.platform)
        .where('account.tenant', '=', account.tenant)
        .where('account.user_id', '=', account.userId)
        .executeTakeFirst();
      return row ?? null;
    },
    async byEmail(email) {
      return (await person().where('email', '=', email.toLowerCase()).executeTakeFirst()) ?? null;
    },
    async byId(id) {
      return (await person().where('id', '=', id).executeTakeFirst()) ?? null;
    },
    async named(personIds, platform, tenant) {
      if (personIds.length === 0) return [];
      const rows = await db
        .selectFrom('account')
        .innerJoin('person', 'person.id', 'account.person_id')
        .select(['account.person_id', 'account.user_id as userId', 'person.name'])
        .where('account.person_id', 'in', [...personIds])
        .where('account.platform', '=', platform as Account['platform'])
        .where('account.tenant', '=', tenant)
        .orderBy('account.id')
        .execute();
      return personIds.flatMap((id) =>
        rows.filter((row) => row.person_id === id).map(({ userId, name }) => ({ userId, name })),
      );
    },
    async active(migrationId, platform, tenant, limit) {
      const rows = await db
        .selectFrom('account')
        .innerJoin('role_grant', 'role_grant.person_id', 'account.person_id')
        .select(['account.user_id', (select) => select.fn.min('role_grant.id').as('first')])
        .where('role_grant.migration_id', '=', migrationId)
        .where('role_grant.revoked_at', 'is', null)
        .where('role_grant.role', '<>', 'observer')
        .where('account.platform', '=', platform as Account['platform'])
        .where('account.tenant', '=', tenant)
        .groupBy('account.user_id')
        .orderBy('first')
        .limit(limit)
        .execute();
      return rows.map((row) => row.user_id);
    },
    async rolesOf(personId, migrationId, account) {
      const rows = await db
        .selectFrom('role_grant')
        .select('role')
        .where('person_id', '=', personId)
        .where('revoked_at', 'is', null)
        .where((where) =>
          migrationId === null
            ? where('migration_id', 'is', null)
            : where.or([where('migration_id', 'is', null), where('migration_id', '=', migrationId)]),
        )
        .orderBy('id')
        .execute();
      const roles = [...new Set(rows.map((row) => row.role).filter(isRole))];
      return account?.guest ? roles.filter((role) => GUEST_ROLES.includes(role)) : roles;
    },
    async holders(migrationId) {
      const rows = await db
        .selectFrom('role_grant')
        .innerJoin('person', 'person.id', 'role_grant.person_id')
        .select([
          'person.id',
          'person.name',
          'person.email',
          'person.telephone',
          'role_grant.role',
          'role_grant.lent_by',
        ])
        .where('role_grant.migration_id', '=', migrationId)
        .where('role_grant.revoked_at', 'is', null)
        .orderBy('role_grant.id')
        .execute();
      return rows.flatMap(({ role, lent_by: lentBy, ...who }) => (isRole(role) ? [{ person: who, role, lentBy }] : []));
    },
    async migrationsOf(personId) {
      const rows = await db
        .selectFrom('role_grant')
        .select('migration_id')
        .distinct()
        .where('person_id', '=', personId)
        .where('revoked_at', 'is', null)
        .where('migration_id', 'is not', null)
        .orderBy('migration_id')
        .execute();
      return rows.flatMap((row) => row.migration_id ?? []);
    },
    async add(given, now) {
      return db
        .insertInto('person')
        .values({ name: given.name, email: given.email.toLowerCase(), telephone: given.telephone, created_at: now })
        .returning(['id', 'name', 'email', 'telephone'])
        .executeTakeFirstOrThrow();
    },
    async join(personId, account, now) {
      await db
        .insertInto('account')
        .values({
          person_id: personId,
          platform: account.platform,
          tenant: account.tenant,
          user_id: account.userId,
          guest: account.guest,
          joined_at: now,
        })
        .onConflict((conflict) => conflict.constraint('rule_9_an_account_is_one_persons').doNothing())
        .execute();
      const owner = await db
        .selectFrom('account')
        .select('person_id')
        .where('platform', '=', account.platform)
        .where('tenant', '=', account.tenant)
        .where('user_id', '=', account.userId)
        .executeTakeFirstOrThrow();
      return owner.person_id === personId;
    },
    async hasChatAccount(personId) {
      const row = await db
        .selectFrom('account')
        .select('id')
        .where('person_id', '=', personId)
        .where('platform', 'not in', ['cli', 'page'])
        .executeTakeFirst();
      return row !== undefined;
    },
    async grant(personId, migrationId, role, by, now) {
      // What was only lent becomes their own.
      await db
        .updateTable('role_grant')
        .set({ revoked_by: by, revoked_at: now })
        .where('person_id', '=', personId)
        .where('migration_id', migrationId === null ? 'is' : '=', migrationId)
        .where('role', '=', role)
        .where('lent_by', 'is not', null)
        .where('revoked_at', 'is', null)
        .execute();
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('role_grant')
        .values({
          person_id: personId,
          migration_id: migrationId,
          role,
          granted_by: by,
          granted_at: now,
          revoked_by: null,
          revoked_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async revoke(personId, migrationId, role, by, now) {
      const { numUpdatedRows } = await db
        .updateTable('role_grant')
        .set({ revoked_by: by, revoked_at: now })
        .where(({ eb, or }) => or([eb('person_id', '=', personId), eb('lent_by', '=', personId)]))
        .where('migration_id', migrationId === null ? 'is' : '=', migrationId)
        .where('role', '=', role)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
