import { type Kysely, sql } from 'kysely';

/** The installation, people and their roles, migrations and channels, the audit, and what is to be posted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('installation')
    .addColumn('id', 'integer', (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn('mode', 'text', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('person')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('telephone', 'text')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('account')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guest', 'boolean', (c) => c.notNull())
    .addColumn('joined_at', 'timestamptz', (c) => c.notNull())
    .addUniqueConstraint('rule_9_an_account_is_one_persons', ['platform', 'tenant', 'user_id'])
    .execute();
  await migrationTables(db);
  await auditTables(db);
  await postingTables(db);
}

async function migrationTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('migration')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('provider_org', 'text', (c) => c.notNull())
    .addColumn('provider_name', 'text', (c) => c.notNull())
    .addColumn('old_asids', 'jsonb', (c) => c.notNull())
    .addColumn('new_asid', 'text', (c) => c.notNull())
    .addColumn('new_org', 'text')
    .addColumn('zone', 'text', (c) => c.notNull())
    .addColumn('outage_from', 'timestamptz')
    .addColumn('outage_to', 'timestamptz')
    .addColumn('old_pas_until', 'timestamptz')
    .addColumn('settings', 'jsonb', (c) => c.notNull())
    .addColumn('contacts', 'jsonb', (c) => c.notNull())
    .addColumn('created_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('channel_binding')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('bound_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('a_channel_is_bound_once', ['platform', 'tenant', 'channel_id'])
    .execute();
  await db.schema
    .createTable('role_grant')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.references('migration.id'))
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('granted_by', 'integer', (c) => c.references('person.id'))
    .addColumn('granted_at', 'timestamptz', (c) => c.notNull())
    .addColumn('revoked_by', 'integer', (c) => c.references('person.id'))
    .addColumn('revoked_at', 'timestamptz')
    .execute();
  await sql`create unique index a_role_is_held_once on role_grant (coalesce(migration_id, 0), person_id, role)
    where revoked_at is null`.execute(db);
}

async function auditTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_head')
    .addColumn('chain', 'text', (c) => c.primaryKey())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('audit_event')
    .addColumn('chain', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addColumn('act', 'text', (c) => c.notNull())
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('person_id', 'integer')
    .addPrimaryKeyConstraint('rule_27_one_event_a_place', ['chain', 'seq'])
    .execute();
}

async function postingTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('replay_key')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('seen_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('job_run')
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('due_at', 'timestamptz', (c) => c.notNull())
    .addColumn('done_at', 'timestamptz')
    .addPrimaryKeyConstraint('a_job_runs_once_a_due_time', ['job', 'due_at'])
    .execute();
  await db.schema
    .createTable('posting')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text')
    .addColumn('wanted_version', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('posted_version', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('maybe_posted', 'boolean', (c) => c.notNull().defaultTo(false))
    .addColumn('message', 'text')
    .addColumn('people', 'jsonb', (c) => c.notNull())
    .addColumn('due_at', 'timestamptz', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'timestamptz')
    .addColumn('state', 'text', (c) => c.notNull().defaultTo('waiting'))
    .addColumn('problem', 'text')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await sql`create unique index one_card_a_subject_and_channel on posting (subject, platform, tenant, channel_id)
    where kind = 'card'`.execute(db);
  await sql`create index posting_due on posting (due_at) where state in ('waiting', 'posting')`.execute(db);
}
