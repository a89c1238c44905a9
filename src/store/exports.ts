import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { auditStore, chainOf } from './audit.ts';

export const EXPORT_FORMAT = 'changeover-export/1';

/** Everything of a migration, to take along (rule 27): table by table, row by row, and the record. */
export interface MigrationExport {
  readonly format: typeof EXPORT_FORMAT;
  readonly exportedAt: string;
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly audit: {
    readonly chain: string;
    readonly head: { readonly seq: number; readonly hash: string };
    readonly rows: readonly { readonly seq: number; readonly text: string; readonly hash: string }[];
  };
}

export interface ExportStore {
  whole(migrationId: number, now: string): Promise<MigrationExport>;
}

/** What is no part of a migration's record: secrets of links, the machine's own notes, and copies of files that were imported. */
const LEFT_OUT = [
  'posting',
  'shown_selection',
  'service',
  'supplement_row',
  'recipient_row',
  'audit_event',
  'audit_head',
];
/** Parts of addresses that open something. */
const SECRETS = ['token', 'mail_key', 'hours_token', 'outage_token', 'owner', 'lease_until'];

/** How a table's rows belong to a migration: by its own id, or by the thing that they are of. */
const OWNERS = [
  ['migration_id', 'migration', 'id'],
  ['plan_id', 'plan', 'migration_id'],
  ['run_id', 'run', 'migration_id'],
  ['notice_id', 'notice', 'migration_id'],
  ['snapshot_id', 'snapshot', 'migration_id'],
  ['extract_id', 'snapshot', 'migration_id'],
] as const;

export function exportStore(db: Database): ExportStore {
  return {
    async whole(migrationId, now) {
      const { rows: columns } = await sql<{ name: string; column: string }>`
        select table_name as name, column_name as column from information_schema.columns
        where table_schema = 'public' order by 1, 2`.execute(db);
      const byTable = Map.groupBy(columns, ({ name }) => name);
      const tables: Record<string, Readonly<Record<string, unknown>>[]> = {};
      for (const [name, its] of byTable) {
        if (LEFT_OUT.includes(name) || name.startsWith('kysely_') || name.startsWith('page_')) continue;
        const owner =
          name === 'migration'
            ? (['id', 'migration', 'id'] as const)
            : OWNERS.find(([column]) => its.some((one) => one.column === column));
        if (owner) tables[name] = await rowsOf(db, name, owner, migrationId);
      }
      tables.personal_value = await db
        .selectFrom('personal_value')
        .selectAll()
        .where('chain', '=', chainOf(migrationId))
        .execute();
      tables.person = await peopleOf(db, migrationId);
      const audit = auditStore(db);
      const chain = chainOf(migrationId);
      const head = await audit.head(chain);
      const rows = await audit.page(chain, 0, Math.max(1, head.seq));
      return {
        format: EXPORT_FORMAT,
        exportedAt: now,
        tables,
        audit: { chain, head, rows: rows.map(({ seq, text, hash }) => ({ seq, text, hash })) },
      };
    },
  };
}

async function rowsOf(
  db: Database,
  table: string,
  [column, owner, key]: readonly [string, string, string],
  migrationId: number,
): Promise<Readonly<Record<string, unknown>>[]> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(t) - ${SECRETS}::text[] as row from ${sql.table(table)} as t
    where t.${sql.ref(column)} in (select id from ${sql.table(owner)} where ${sql.ref(key)} = ${migrationId})`.execute(
    db,
  );
  return rows.map(({ row }) => row);
}

/** Names of the ids that the rows hold; everybody who ever had a role here. */
async function peopleOf(db: Database, migrationId: number): Promise<Readonly<Record<string, unknown>>[]> {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'telephone'])
    .where('id', 'in', (of) => of.selectFrom('role_grant').select('person_id').where('migration_id', '=', migrationId))
    .orderBy('id')
    .execute();
}
