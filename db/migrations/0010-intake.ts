import { type Kysely, sql } from 'kysely';

/** Imported files: snapshots of services with their flaws, ODS organisations, recipients on their way, attestations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await snapshotTable(db);
  await serviceTable(db);
  await stagedTables(db);
  await db.schema
    .createTable('organisation')
    .addColumn('snapshot_id', 'integer', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('parent', 'text')
    .addColumn('commissioner', 'text')
    .addColumn('telephone', 'text')
    .addColumn('opened', 'text')
    .addColumn('closed', 'text')
    .addColumn('active', 'boolean', (c) => c.notNull())
    .addPrimaryKeyConstraint('an_organisation_is_listed_once', ['snapshot_id', 'code'])
    .execute();
  await db.schema
    .createTable('attestation')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('extract_id', 'integer', (c) => c.notNull().references('snapshot.id'))
    .addColumn('site', 'text', (c) => c.notNull())
    .addColumn('column_name', 'text', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addUniqueConstraint('rule_5_attested_once_a_site', ['extract_id', 'site', 'column_name'])
    .execute();
}

async function snapshotTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('snapshot')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('number', 'integer')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull().defaultTo('loading'))
    .addColumn('base_id', 'integer', (c) => c.references('snapshot.id'))
    .addColumn('extract_id', 'integer', (c) => c.references('snapshot.id'))
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('encoding', 'text', (c) => c.notNull())
    .addColumn('taken', 'text')
    .addColumn('columns', 'jsonb', (c) => c.notNull())
    .addColumn('rows_read', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('services', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('elsewhere', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('errors', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('warnings', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('flaw_counts', 'jsonb', (c) => c.notNull())
    .addColumn('imported_by', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('touched_at', 'timestamptz', (c) => c.notNull())
    .addColumn('published_at', 'timestamptz')
    .addUniqueConstraint('rule_3_a_snapshot_has_its_own_number', ['migration_id', 'number'])
    .execute();
  await sql`create unique index rule_3_a_file_is_imported_once on snapshot
    (migration_id, kind, sha256, coalesce(extract_id, 0)) where number is not null`.execute(db);
}

async function serviceTable(db: Kysely<unknown>): Promise<void> {
  const text = ['specialty', 'appointment_type', 'effective_from', 'effective_to'];
  const more = ['transition_date', 'endpoint_id', 'current_asid', 'contact_phone', 'hours_of_operation'];
  const flags = ['published', 'routine', 'urgent', 'two_week_wait', 'on_secondary_care_menu', 'business_critical'];
  let table = db.schema
    .createTable('service')
    .addColumn('snapshot_id', 'integer', (c) => c.notNull())
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('provider_org', 'text', (c) => c.notNull())
    .addColumn('location_org', 'text', (c) => c.notNull())
    .addColumn('directly_bookable', 'boolean', (c) => c.notNull())
    .addColumn('slot_reservation_period', 'integer')
    .addColumn('polling_range', 'integer')
    .addPrimaryKeyConstraint('a_service_stands_once_in_a_snapshot', ['snapshot_id', 'service_id']);
  for (const name of [...text, ...more]) table = table.addColumn(name, 'text');
  for (const name of flags) table = table.addColumn(name, 'boolean');
  await table.execute();
}

async function stagedTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('supplement_row')
    .addColumn('snapshot_id', 'integer', (c) => c.notNull())
    .addColumn('line', 'integer', (c) => c.notNull())
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('set', 'jsonb', (c) => c.notNull())
    .addPrimaryKeyConstraint('a_supplement_names_a_service_once', ['snapshot_id', 'service_id'])
    .execute();
  await db.schema
    .createTable('recipient_row')
    .addColumn('snapshot_id', 'integer', (c) => c.notNull())
    .addColumn('line', 'integer', (c) => c.notNull())
    .addColumn('row', 'jsonb', (c) => c.notNull())
    .addPrimaryKeyConstraint('a_recipient_row_is_staged_once', ['snapshot_id', 'line'])
    .execute();
  await db.schema
    .createTable('import_flaw')
    .addColumn('snapshot_id', 'integer', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('line', 'integer', (c) => c.notNull())
    .addColumn('column_name', 'text')
    .addColumn('value', 'text')
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('other_line', 'integer')
    .addPrimaryKeyConstraint('a_flaw_has_its_place', ['snapshot_id', 'seq'])
    .execute();
}
