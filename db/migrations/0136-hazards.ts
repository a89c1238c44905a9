import { type Kysely, sql } from 'kysely';

/** The hazard log of a migration (DCB0129, DCB0160): its own hazards, what was said about each, and who signed it off. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('hazard_own')
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('hazard', 'jsonb', (c) => c.notNull())
    .addColumn('by_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('a_hazard_key_is_given_once', ['migration_id', 'key'])
    .execute();
  await db.schema
    .createTable('hazard_note')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('initial', 'jsonb', (c) => c.notNull().defaultTo(sql`'null'::jsonb`))
    .addColumn('residual', 'jsonb', (c) => c.notNull().defaultTo(sql`'null'::jsonb`))
    .addColumn('owner', 'text')
    .addColumn('note', 'text')
    .addColumn('by_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('hazard_sign_off')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('migration_id', 'integer', (c) => c.notNull().references('migration.id'))
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('note', 'text')
    .addColumn('by_id', 'integer', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .execute();
}
