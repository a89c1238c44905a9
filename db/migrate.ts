import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Connection } from './connect.ts';
import { migrations } from './migrations/index.ts';

/** Brings the schema up to date; safe to call twice, and by several processes at once on a server. */
export async function migrate(connection: Connection): Promise<void> {
  const migrator = new Migrator({
    db: connection.db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    // Rooms grew side by side: a lower number may come later.
    allowUnorderedMigrations: true,
  });
  if ((await migrator.getMigrations()).every((one) => one.executedAt !== undefined)) return;
  const { error } = await migrator.migrateToLatest();
  if (isNotAllowed(error)) {
    throw new Error(
      'The database is not up to date, and the role of DATABASE_URL may not change its tables. Set DATABASE_MIGRATE_URL to the role that owns them.',
    );
  }
  if (error) throw error;
}

function isNotAllowed(error: unknown): boolean {
  return (error as { code?: string } | undefined)?.code === '42501';
}

/** Marks the database as rehearsal's or service's at its first start; the other mode is refused ever after. */
export async function stampMode(connection: Connection, mode: 'rehearsal' | 'service', now: string): Promise<void> {
  await connection.db
    .insertInto('installation')
    .values({ id: 1, mode, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await connection.db.selectFrom('installation').select('mode').executeTakeFirstOrThrow();
  if (row.mode !== mode) {
    throw new Error(
      `This database belongs to ${row.mode} mode and cannot be used in ${mode} mode. Use another DATABASE_URL or CHANGEOVER_DATA.`,
    );
  }
}

/** On a server, commits must reach the disk before we act on them (contracts, Mail). */
export async function assertDurable(connection: Connection): Promise<void> {
  if (connection.kind !== 'server') return;
  const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(connection.db);
  if (rows[0]?.synchronous_commit === 'off') {
    throw new Error('The database has synchronous_commit=off: a crash could send a notice twice. Switch it on.');
  }
}
