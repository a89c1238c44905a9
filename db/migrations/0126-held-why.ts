import type { Kysely } from 'kysely';

/** Why a notice is held, where no person held it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('notice').addColumn('held_why', 'text').execute();
}
