import { type Kysely, sql } from 'kysely';

/** Changeover in many Slack workspaces: their tokens, sealed, and the passes by which an administrator lets one in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('slack_workspace')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('organisation', 'text')
    .addColumn('bot_id', 'text', (c) => c.notNull())
    .addColumn('bot_user_id', 'text', (c) => c.notNull())
    .addColumn('scopes', 'jsonb', (c) => c.notNull())
    .addColumn('sealed_token', 'text')
    .addColumn('installed_at', 'timestamptz', (c) => c.notNull())
    .addColumn('installed_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('ended_at', 'timestamptz')
    .addColumn('ended_why', 'text')
    .addCheckConstraint('no_token_outlives_its_installation', sql`(sealed_token is null) = (ended_at is not null)`)
    .execute();
  await db.schema
    .createTable('slack_install_pass')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .addColumn('used_at', 'timestamptz')
    .execute();
  await db.schema
    .createTable('slack_organisation_team')
    .addColumn('team_id', 'text', (c) => c.primaryKey())
    .addColumn('organisation', 'text', (c) => c.notNull().references('slack_workspace.id'))
    .execute();
}
