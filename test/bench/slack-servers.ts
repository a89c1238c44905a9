import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, LogLevel, type SlashCommand } from '@slack/bolt';
import { type Kysely, sql } from 'kysely';
import { Pool } from 'pg';
import { commands } from '../../commands/index.ts';
import { connectServer } from '../../db/connect.ts';
import type { Schema } from '../../db/schema/index.ts';
import { quietLogger, slackClient } from '../../src/delivery/channels/slack/client.ts';
import { oneWorkspace } from '../../src/delivery/channels/slack/workspaces.ts';
import { createDispatch } from '../../src/dispatch.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { replayKeyStore } from '../../src/store/replay-keys.ts';
import { slackSurface } from '../../src/surfaces/slack/surface.ts';
import { NO_FILES } from '../support/office.ts';
import { SIGNING_SECRET } from '../support/slack-request.ts';

export interface ServerParts {
  readonly databaseUrl: string;
  readonly slackApiUrl: string;
}

/** The servers compared: ours; the same by hand with kysely, and with pg alone; and Bolt that does nothing. */
export const SERVERS: Readonly<Record<string, (parts: ServerParts) => Promise<RequestListener>>> = {
  ours: async ({ databaseUrl, slackApiUrl }) => {
    const connection = await connectServer(databaseUrl);
    const surface = slackSurface({
      from: { signingSecret: SIGNING_SECRET },
      workspaces: oneWorkspace(slackClient({ botToken: 'xoxb-bench', apiUrl: slackApiUrl, log: silentLog })),
      logger: quietLogger(silentLog),
      dispatch: createDispatch({
        connection,
        commands,
        clock: systemClock,
        bankHolidays: { source: 'bench', coveredFrom: '2026-01-01', coveredTo: '2027-12-31', days: new Map() },
        intake: NO_FILES,
        log: silentLog,
        mode: 'service',
      }),
      replayKeys: replayKeyStore(connection.db),
      files: { put: () => Promise.reject(new Error('No file comes here.')) },
      log: silentLog,
      now: () => Date.now(),
    });
    await surface.start();
    if (!surface.handle) throw new Error('The surface listens to no HTTP.');
    return surface.handle;
  },

  kysely: async ({ databaseUrl }) => {
    const { db } = await connectServer(databaseUrl);
    return bolt((command) => peopleByKysely(db, command));
  },

  pg: async ({ databaseUrl }) => {
    const pool = new Pool({ connectionString: databaseUrl, max: 10, options: '-c timezone=UTC' });
    return bolt((command) => peopleByPg(pool, command));
  },

  noop: async () => bolt(async () => []),
};

type Holder = { readonly name: string; readonly telephone: string | null; readonly role: string };

/** As the documentation of Bolt shows it: a listener that answers in its acknowledgement. */
function bolt(people: (command: SlashCommand) => Promise<readonly Holder[]>): RequestListener {
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
  const app = new App({
    receiver,
    logLevel: LogLevel.ERROR,
    convoStore: false,
    authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B0BOT', botUserId: 'U0BOT' }),
  });
  app.command('/bsu', async ({ command, ack }) => {
    const lines = (await people(command)).map(
      (one) => `• ${one.name}, ${one.role}, ${one.telephone ?? 'no telephone'}`,
    );
    if (lines.length === 0) return ack();
    const text = { type: 'mrkdwn' as const, text: lines.join('\n') };
    await ack({ response_type: 'ephemeral', text: 'People', blocks: [{ type: 'section', text }] });
  });
  return receiver.requestListener;
}

/** The statements of `/bsu people`, by hand, in the same order and the same transaction. */
async function peopleByKysely(db: Kysely<Schema>, command: SlashCommand): Promise<readonly Holder[]> {
  const first = await db
    .insertInto('replay_key')
    .values({ key: `slack:${command.trigger_id}`, seen_at: sql<string>`clock_timestamp()` })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (first.numInsertedOrUpdatedRows !== 1n) return [];
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock_shared(hashtext('changeover: roles'))`.execute(trx);
    const person = await trx
      .selectFrom('person')
      .select(['person.id', 'person.name', 'person.email', 'person.telephone'])
      .innerJoin('account', 'account.person_id', 'person.id')
      .where('account.platform', '=', 'slack')
      .where('account.tenant', '=', command.team_id)
      .where('account.user_id', '=', command.user_id)
      .executeTakeFirst();
    const migration = await trx
      .selectFrom('migration')
      .innerJoin('channel_binding', 'channel_binding.migration_id', 'migration.id')
      .selectAll('migration')
      .where('channel_binding.platform', '=', 'slack')
      .where('channel_binding.tenant', '=', command.team_id)
      .where('channel_binding.channel_id', '=', command.channel_id)
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

async function peopleByPg(pool: Pool, command: SlashCommand): Promise<readonly Holder[]> {
  const first = await pool.query(
    'insert into replay_key (key, seen_at) values ($1, clock_timestamp()) on conflict do nothing',
    [`slack:${command.trigger_id}`],
  );
  if (first.rowCount !== 1) return [];
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query("select pg_advisory_xact_lock_shared(hashtext('changeover: roles'))");
    const person = await client.query(
      `select person.id, person.name, person.email, person.telephone from person join account on account.person_id = person.id
       where account.platform = $1 and account.tenant = $2 and account.user_id = $3`,
      ['slack', command.team_id, command.user_id],
    );
    const migration = await client.query(
      `select migration.* from migration join channel_binding on channel_binding.migration_id = migration.id
       where channel_binding.platform = $1 and channel_binding.tenant = $2 and channel_binding.channel_id = $3`,
      ['slack', command.team_id, command.channel_id],
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
