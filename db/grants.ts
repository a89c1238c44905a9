import { sql } from 'kysely';
import type { Connection } from './connect.ts';

/**
 * Gives the service's role what it needs and no more (rule 27): all rows of all tables, but audit rows only to read and to
 * append, heads only to begin and move on, and nothing that changes the schema. Run by the tables' owner after each migration.
 */
export async function grantService(owner: Connection, role: string): Promise<void> {
  const to = sql.id(role);
  await owner.transaction(async (trx) => {
    await sql`grant usage on schema public to ${to}`.execute(trx);
    await sql`grant select, insert, update, delete on all tables in schema public to ${to}`.execute(trx);
    await sql`grant usage, select on all sequences in schema public to ${to}`.execute(trx);
    await sql`revoke update, delete, truncate on audit_event from ${to}`.execute(trx);
    await sql`revoke delete, truncate on audit_head from ${to}`.execute(trx);
    for (const table of ['kysely_migration', 'kysely_migration_lock']) {
      await sql`revoke insert, update, delete, truncate on ${sql.table(table)} from ${to}`.execute(trx);
    }
  });
}
