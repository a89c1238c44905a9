import { sql } from 'kysely';
import type { Connection } from './connect.ts';
import { migrations } from './migrations/index.ts';

/** What stands behind the schema: for `bsu doctor`. */
export interface DatabaseHealth {
  readonly kind: Connection['kind'];
  /** "17.5". */
  readonly version: string;
  readonly synchronousCommit: string;
  /** Changes of the schema that this program has and the database lacks. */
  readonly missing: readonly string[];
  /** Changes that a newer program made. */
  readonly unknown: readonly string[];
  /** ISO, by the database's own clock. */
  readonly now: string;
}

export async function examineDatabase({ db, kind }: Connection): Promise<DatabaseHealth> {
  const { rows } = await sql<{ version: string; synchronous_commit: string; now: string }>`
    select current_setting('server_version') as version, current_setting('synchronous_commit') as synchronous_commit,
      clock_timestamp() as now`.execute(db);
  const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const names = done.rows.map(({ name }) => name);
  const [row] = rows;
  if (!row) throw new Error('The database gave no answer.');
  return {
    kind,
    version: row.version.split(' ')[0] ?? '',
    synchronousCommit: row.synchronous_commit,
    missing: Object.keys(migrations).filter((name) => !names.includes(name)),
    unknown: names.filter((name) => !(name in migrations)),
    now: row.now,
  };
}
