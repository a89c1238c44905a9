import { type Kysely, sql } from 'kysely';

/** Recipients and their lists, wording, notices, the ledger of deliveries, and what people did about them (rules 20 to 24). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await recipientTables(db);
  await noticeTables(db);
  await deliveryTable(db);
  await taskTables(db);
}

async function recipientTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('recipient')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('list', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('commissioner', 'referrer')`))
    .addColumn('email', 'text')
    .addColumn('telephone', 'text')
    .addColumn('effective_from', 'text')
    .addColumn('effective_to', 'text')
    .execute();
  await sql`create index recipient_of_list on recipient (migration_id, list)`.execute(db);
  await db.schema
    .createTable('audience_rule')
    .addColumn('migration_id', 'integer', (c) => c.primaryKey().references('migration.id'))
    .addColumn('lists', 'jsonb', (c) => c.notNull())
    .addColumn('practices_of', 'jsonb', (c) => c.notNull())
    .addColumn('set_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('set_at', 'timestamptz', (c) => c.notNull())
    .execute();
}

async function noticeTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notice_wording')
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('field', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('set_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('set_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('a_wording_stands_once', ['migration_id', 'kind', 'field'])
    .execute();
  await db.schema
    .createTable('notice')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('plan_id', 'integer')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('test', 'boolean', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('content_hash', 'text', (c) => c.notNull())
    .addColumn('facts', 'jsonb', (c) => c.notNull())
    .addColumn('service_list', 'jsonb', (c) => c.notNull())
    .addColumn('outage_from', 'timestamptz')
    .addColumn('outage_to', 'timestamptz')
    .addColumn('status', 'text', (c) =>
      c.notNull().check(sql`status in ('scheduled', 'sending', 'held', 'finished', 'withdrawn')`),
    )
    .addColumn('due_at', 'timestamptz', (c) => c.notNull())
    .addColumn('mails_per_minute', 'integer', (c) => c.check(sql`mails_per_minute > 0`))
    .addColumn('created_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('started_at', 'timestamptz')
    .addColumn('finished_at', 'timestamptz')
    .addColumn('held_at', 'timestamptz')
    .addColumn('replaced_by', 'integer', (c) => c.references('notice.id'))
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'timestamptz')
    .execute();
  await sql`create unique index rule_21_the_same_notice_is_sent_once on notice (migration_id, kind, content_hash)
    where not test and status <> 'withdrawn'`.execute(db);
  await sql`create index notice_due on notice (due_at) where status in ('scheduled', 'sending')`.execute(db);
}

async function deliveryTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('delivery')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('notice_id', 'integer', (c) => c.notNull().references('notice.id'))
    .addColumn('address_key', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('email', 'text')
    .addColumn('telephone', 'text')
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) =>
      c.notNull().check(sql`status in ('queued', 'sending', 'sent', 'delivered', 'bounced', 'failed', 'unknown')`),
    )
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('due_at', 'timestamptz', (c) => c.notNull())
    .addColumn('owner', 'text')
    .addColumn('reply', 'text')
    .addColumn('sent_at', 'timestamptz')
    .addUniqueConstraint('rule_23_one_mail_an_address', ['notice_id', 'address_key'])
    .execute();
  await sql`alter table delivery set (fillfactor = 70)`.execute(db);
  await sql`create index delivery_queued on delivery (notice_id, due_at, id) where status = 'queued'`.execute(db);
  await sql`create index delivery_sending on delivery (notice_id) where status = 'sending'`.execute(db);
}

async function taskTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('phone_call')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('notice_id', 'integer', (c) => c.notNull().references('notice.id'))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('done_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('done_at', 'timestamptz', (c) => c.notNull())
    .addUniqueConstraint('rule_24_phoned_once', ['notice_id', 'code'])
    .execute();
  await db.schema
    .createTable('notice_decision')
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('outage_from', 'timestamptz', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull().check(sql`what in ('rest', 'lead')`))
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('decided_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('decided_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('rule_24_decided_once', ['migration_id', 'outage_from', 'what'])
    .execute();
  await db.schema
    .createTable('address_report')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('notice_id', 'integer', (c) => c.notNull().references('notice.id'))
    .addColumn('delivery_id', 'integer', (c) => c.references('delivery.id'))
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('done_by', 'integer', (c) => c.references('person.id'))
    .addColumn('done_at', 'timestamptz')
    .execute();
}
