import { type Kysely, sql } from 'kysely';
import type { Pool } from 'pg';
import type { Schema } from '../../../db/schema/index.ts';
import { installationStore } from '../../../src/store/installations.ts';

/** Who asks for the people of a migration, where. */
export interface Asked {
  readonly key: string;
  readonly tenant: string;
  readonly channelId: string;
  readonly teamId: string | null;
  readonly userId: string;
  readonly teamsId: string;
  readonly serviceUrl: string;
}

export type Holder = {
  readonly name: string;
  readonly email: string;
  readonly telephone: string | null;
  readonly role: string;
};

/** The statements of `/bsu people` in Teams, by hand, in the same order and the same transaction. */
export async function peopleByKysely(db: Kysely<Schema>, asked: Asked): Promise<readonly Holder[]> {
  const first = await db
    .insertInto('replay_key')
    .values({ key: asked.key, seen_at: sql<string>`clock_timestamp()` })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (first.numInsertedOrUpdatedRows !== 1n) return [];
  // One raw statement: by hand it would be the same text.
  await installationStore(db as Parameters<typeof installationStore>[0]).seen(
    { ...whereOf(asked) },
    { userId: asked.userId, teamsId: asked.teamsId },
    new Date().toISOString(),
  );
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock_shared(hashtext('changeover: roles'))`.execute(trx);
    const person = await trx
      .selectFrom('person')
      .select(['person.id', 'person.name', 'person.email', 'person.telephone'])
      .innerJoin('account', 'account.person_id', 'person.id')
      .where('account.platform', '=', 'teams')
      .where('account.tenant', '=', asked.tenant)
      .where('account.user_id', '=', asked.userId)
      .executeTakeFirst();
    const migration = await trx
      .selectFrom('migration')
      .innerJoin('channel_binding', 'channel_binding.migration_id', 'migration.id')
      .selectAll('migration')
      .where('channel_binding.platform', '=', 'teams')
      .where('channel_binding.tenant', '=', asked.tenant)
      .where('channel_binding.channel_id', '=', asked.channelId)
      .executeTakeFirst();
    if (!person || !migration) return [];
    await trx
      .updateTable('role_grant')
      .set(({ ref }) => ({ revoked_at: ref('lent_until') }))
      .where('lent_by', 'is not', null)
      .where('lent_until', '<=', new Date().toISOString())
      .where('revoked_at', 'is', null)
      .execute();
    const roles = await trx
      .selectFrom('role_grant')
      .select('role')
      .where('person_id', '=', person.id)
      .where('revoked_at', 'is', null)
      .where((where) => where.or([where('migration_id', 'is', null), where('migration_id', '=', migration.id)]))
      .orderBy('id')
      .execute();
    if (roles.length === 0) return [];
    return trx
      .selectFrom('role_grant')
      .innerJoin('person', 'person.id', 'role_grant.person_id')
      .select(['person.id', 'person.name', 'person.email', 'person.telephone', 'role_grant.role', 'role_grant.lent_by'])
      .where('role_grant.migration_id', '=', migration.id)
      .where('role_grant.revoked_at', 'is', null)
      .orderBy('role_grant.id')
      .execute();
  });
}

/** The same with pg alone. */
export async function peopleByPg(pool: Pool, asked: Asked): Promise<readonly Holder[]> {
  const first = await pool.query(
    'insert into replay_key (key, seen_at) values ($1, clock_timestamp()) on conflict do nothing',
    [asked.key],
  );
  if (first.rowCount !== 1) return [];
  await pool.query(
    `with conversation as (
       insert into teams_conversation as known (tenant, conversation_id, kind, team_id, service_url, seen_at)
       values ($1, $2, 'channel', $3, $4, $5::timestamptz)
       on conflict (tenant, conversation_id) do update
         set kind = excluded.kind, team_id = coalesce(excluded.team_id, known.team_id),
           service_url = excluded.service_url, seen_at = excluded.seen_at
         where (known.kind, known.service_url) is distinct from (excluded.kind, excluded.service_url)
           or (excluded.team_id is not null and known.team_id is distinct from excluded.team_id)
     )
     insert into teams_person as known (tenant, user_id, teams_id, conversation_id, service_url, seen_at)
     values ($1, $6, $7, null, $4, $5::timestamptz)
     on conflict (tenant, user_id) do update
       set teams_id = excluded.teams_id, service_url = excluded.service_url, seen_at = excluded.seen_at
       where (known.teams_id, known.service_url) is distinct from (excluded.teams_id, excluded.service_url)`,
    [
      asked.tenant,
      asked.channelId,
      asked.teamId,
      asked.serviceUrl,
      new Date().toISOString(),
      asked.userId,
      asked.teamsId,
    ],
  );
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query("select pg_advisory_xact_lock_shared(hashtext('changeover: roles'))");
    const person = await client.query(
      `select person.id, person.name, person.email, person.telephone from person join account on account.person_id = person.id
       where account.platform = $1 and account.tenant = $2 and account.user_id = $3`,
      ['teams', asked.tenant, asked.userId],
    );
    const migration = await client.query(
      `select migration.* from migration join channel_binding on channel_binding.migration_id = migration.id
       where channel_binding.platform = $1 and channel_binding.tenant = $2 and channel_binding.channel_id = $3`,
      ['teams', asked.tenant, asked.channelId],
    );
    await client.query(
      `update role_grant set revoked_at = lent_until
       where lent_by is not null and lent_until <= $1 and revoked_at is null`,
      [new Date().toISOString()],
    );
    await client.query(
      `select role from role_grant where person_id = $1 and revoked_at is null
       and (migration_id is null or migration_id = $2) order by id`,
      [person.rows[0]?.id, migration.rows[0]?.id],
    );
    const holders = await client.query<Holder>(
      `select person.id, person.name, person.email, person.telephone, role_grant.role, role_grant.lent_by from role_grant
       join person on person.id = role_grant.person_id
       where role_grant.migration_id = $1 and role_grant.revoked_at is null order by role_grant.id`,
      [migration.rows[0]?.id],
    );
    await client.query('commit');
    return holders.rows;
  } finally {
    client.release();
  }
}

function whereOf({ tenant, channelId, teamId, serviceUrl }: Asked) {
  return { tenant, conversationId: channelId, kind: 'channel' as const, teamId, serviceUrl };
}
