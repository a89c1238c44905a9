import { sql } from 'kysely';
import type { Connection, Database } from '../../db/connect.ts';
import type { SecretBox } from '../kernel/secret-box.ts';
import type { SlackInstallation, SlackInstallations } from '../ports/slack-installations.ts';
import { auditStore, chainOf, type NewAuditEvent } from './audit.ts';

/** A Slack workspace, or a whole organisation, as an administrator sees it: without its token. */
export interface WorkspaceLine {
  readonly id: string;
  readonly name: string;
  readonly installedAt: string;
  readonly installedBy: string;
  readonly scopes: readonly string[];
  readonly ended: { readonly at: string; readonly why: string } | null;
}

export interface SlackWorkspaceStore {
  /** The newest first. */
  list(): Promise<readonly WorkspaceLine[]>;
  /** A pass for one installation, by its hash, for so many minutes of the database's own clock. */
  openPass(hash: string, personId: number, minutes: number): Promise<void>;
}

export function slackWorkspaceStore(db: Database): SlackWorkspaceStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('slack_workspace')
        .innerJoin('person', 'person.id', 'slack_workspace.installed_by')
        .selectAll('slack_workspace')
        .select('person.name as installer')
        .orderBy('slack_workspace.installed_at', 'desc')
        .orderBy('slack_workspace.id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        installedAt: row.installed_at,
        installedBy: row.installer,
        scopes: row.scopes,
        ended: row.ended_at === null ? null : { at: row.ended_at, why: row.ended_why ?? '' },
      }));
    },
    async openPass(hash, personId, minutes) {
      const expires = sql<string>`clock_timestamp() + make_interval(mins => ${minutes})`;
      await db.insertInto('slack_install_pass').values({ hash, person_id: personId, expires_at: expires }).execute();
    },
  };
}

/** The tokens on a database, each sealed for its own row. `now` is the domain's, for the record. */
export function slackInstallations(connection: Connection, box: SecretBox, now: () => string): SlackInstallations {
  const { db } = connection;
  return {
    async find(ids) {
      const rows = await db
        .selectFrom('slack_workspace')
        .selectAll()
        .where('ended_at', 'is', null)
        .where(({ eb, or, selectFrom }) =>
          or([
            eb('id', 'in', [...ids]),
            eb(
              'id',
              'in',
              selectFrom('slack_organisation_team')
                .select('organisation')
                .where('team_id', 'in', [...ids]),
            ),
          ]),
        )
        .execute();
      const row = ids.map((id) => rows.find((each) => each.id === id)).find((each) => each !== undefined) ?? rows[0];
      if (!row?.sealed_token) return null;
      if (row.organisation === row.id) await rememberTeams(db, ids, row.id);
      return {
        id: row.id,
        name: row.name,
        organisation: row.organisation,
        botId: row.bot_id,
        botUserId: row.bot_user_id,
        scopes: row.scopes,
        botToken: box.open(row.sealed_token, placeOf(row.id)),
      };
    },
    async isOpen(pass) {
      const row = await openPasses(db, pass).select('hash').executeTakeFirst();
      return row !== undefined;
    },
    keep: (installation, pass) =>
      connection.transaction(async (trx) => {
        const used = await trx
          .updateTable('slack_install_pass')
          .set({ used_at: sql<string>`clock_timestamp()` })
          .where('hash', '=', pass)
          .where('used_at', 'is', null)
          .where('expires_at', '>', sql<string>`clock_timestamp()`)
          .returning('person_id')
          .executeTakeFirst();
        if (!used) return false;
        await write(
          trx,
          installation,
          box.seal(installation.botToken, placeOf(installation.id)),
          used.person_id,
          now(),
        );
        await wakePostings(trx, installation.id);
        const facts = { name: installation.name, scopes: installation.scopes };
        await auditStore(trx).append(chainOf(null), [
          eventOf('slack.installed', installation.id, used.person_id, facts, now()),
        ]);
        return true;
      }),
    end: (id, why) =>
      connection.transaction(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('slack_workspace')
          .set({ sealed_token: null, ended_at: now(), ended_why: why })
          .where('id', '=', id)
          .where('ended_at', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return;
        await auditStore(trx).append(chainOf(null), [eventOf('slack.ended', id, null, { why }, now())]);
      }),
  };
}

/** Seals again, with the newest key, what an older one sealed; gives how many. Once none is left the old key can go. */
export async function resealTokens(connection: Connection, box: SecretBox): Promise<number> {
  return connection.transaction(async (trx) => {
    const rows = await trx
      .selectFrom('slack_workspace')
      .select(['id', 'sealed_token'])
      .where('sealed_token', 'is not', null)
      .where('sealed_token', 'not like', `v1.${box.keyId}.%`)
      .forUpdate()
      .execute();
    for (const { id, sealed_token: sealed } of rows) {
      const again = box.seal(box.open(sealed ?? '', placeOf(id)), placeOf(id));
      await trx.updateTable('slack_workspace').set({ sealed_token: again }).where('id', '=', id).execute();
    }
    return rows.length;
  });
}

function openPasses(db: Database, hash: string) {
  return db
    .selectFrom('slack_install_pass')
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<string>`clock_timestamp()`);
}

async function write(
  db: Database,
  { id, name, organisation, botId, botUserId, scopes }: SlackInstallation,
  sealedToken: string,
  personId: number,
  now: string,
): Promise<void> {
  const row = {
    name,
    organisation,
    bot_id: botId,
    bot_user_id: botUserId,
    scopes: JSON.stringify(scopes),
    sealed_token: sealedToken,
    installed_at: now,
    installed_by: personId,
    ended_at: null,
    ended_why: null,
  };
  await db
    .insertInto('slack_workspace')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** What waited for the installation to be renewed goes out at once. */
async function wakePostings(db: Database, tenant: string): Promise<void> {
  await db
    .updateTable('posting')
    .set({ due_at: sql<string>`clock_timestamp()` })
    .where('platform', '=', 'slack')
    .where('tenant', '=', tenant)
    .where('state', '=', 'waiting')
    .execute();
}

/** So that a card finds the organisation's token by its channel's workspace alone. */
async function rememberTeams(db: Database, ids: readonly string[], organisation: string): Promise<void> {
  const teams = ids.filter((id) => id !== organisation && id.startsWith('T'));
  if (teams.length === 0) return;
  await db
    .insertInto('slack_organisation_team')
    .values(teams.map((id) => ({ team_id: id, organisation })))
    .onConflict((conflict) => conflict.column('team_id').doNothing())
    .execute();
}

/** A sealed token opens in its own row alone. */
function placeOf(id: string): string {
  return `slack_workspace ${id}`;
}

function eventOf(
  act: string,
  id: string,
  person: number | null,
  facts: Readonly<Record<string, unknown>>,
  at: string,
): NewAuditEvent {
  return { at, act, about: `slack:${id}`, person, account: person === null ? 'slack' : 'configuration', facts };
}
