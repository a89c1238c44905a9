import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { RecipientLine, SupplementRow } from '../domain/extract-file.ts';
import type { Flaw } from '../domain/extract-flaw.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { Service } from '../domain/service.ts';
import { SERVICE_COLUMNS } from './snapshot-columns.ts';

/** The rows of an import on its way in, a chunk a statement. */
export interface StagedRowsStore {
  addServices(id: number, services: readonly Service[]): Promise<void>;
  addSupplementRows(id: number, rows: readonly SupplementRow[]): Promise<void>;
  addOrganisations(id: number, rows: readonly Organisation[]): Promise<void>;
  addRecipients(id: number, rows: readonly RecipientLine[]): Promise<void>;
  /** `from`: how many of this file's are already there. */
  addFlaws(id: number, from: number, flaws: readonly Flaw[]): Promise<void>;
  /** Rows of the supplement that no service of the base has, as flaws. */
  unmatched(id: number, baseId: number): Promise<readonly Flaw[]>;
  /** Copies the base's services with the supplement's values over them, in chunks; gives how many there are. */
  overlay(id: number, baseId: number): Promise<number>;
  removeRows(id: number): Promise<void>;
}

const CHUNK = 2_000;

export function stagedRowsStore(db: Database): StagedRowsStore {
  return {
    async addServices(id, services) {
      if (services.length === 0) return;
      const columns = SERVICE_COLUMNS.map(
        ([field]) => sql`string_to_array(${joined(services, field)}, ${BETWEEN}, '')`,
      );
      await sql`insert into service (snapshot_id, ${names()})
        select ${id}::integer, ${sql.join(SERVICE_COLUMNS.map(([, name, type]) => typed(name, type)))}
        from unnest(${sql.join(columns)}) as row (${names()})`.execute(db);
    },
    async addSupplementRows(id, rows) {
      await sql`insert into supplement_row (snapshot_id, line, service_id, set)
        select ${id}::integer, line, "serviceId", set
        from json_to_recordset(${JSON.stringify(rows)}::json) as row (line integer, "serviceId" text, set jsonb)`.execute(
        db,
      );
    },
    async addOrganisations(id, rows) {
      await sql`insert into organisation
        (snapshot_id, code, name, kind, parent, commissioner, telephone, opened, closed, active)
        select ${id}::integer, row.* from json_to_recordset(${JSON.stringify(rows)}::json)
        as row (code text, name text, kind text, parent text, commissioner text, telephone text, opened text, closed text, active boolean)
        on conflict do nothing`.execute(db);
    },
    async addRecipients(id, rows) {
      await sql`insert into recipient_row (snapshot_id, line, row)
        select ${id}::integer, one.line, one.row
        from json_to_recordset(${JSON.stringify(rows)}::json) as one (line integer, row jsonb)`.execute(db);
    },
    async addFlaws(id, from, flaws) {
      await sql`insert into import_flaw (snapshot_id, seq, line, column_name, value, code, other_line)
        select ${id}::integer, ${from}::integer + seq, line, "column", value, code, "otherLine"
        from json_to_recordset(${JSON.stringify(flaws.map((flaw, seq) => ({ ...flaw, seq })))}::json)
        as row (seq integer, line integer, "column" text, value text, code text, "otherLine" integer)`.execute(db);
    },
    async unmatched(id, baseId) {
      const { rows } = await sql<{ line: number; service_id: string }>`
        select line, service_id from supplement_row as said where snapshot_id = ${id} and not exists
        (select from service where snapshot_id = ${baseId} and service_id = said.service_id)
        order by line`.execute(db);
      return rows.map((row) => ({
        code: 'not-in-extract',
        line: row.line,
        column: 'SERVICE_ID',
        value: row.service_id,
        otherLine: null,
      }));
    },
    async overlay(id, baseId) {
      let last: string | null = '';
      let services = 0;
      while (last !== null) {
        const { rows }: { rows: { count: number; last: string | null }[] } = await sql<{
          count: number;
          last: string | null;
        }>`with copied as (
            insert into service (snapshot_id, ${names()})
            select ${id}::integer, ${sql.join(SERVICE_COLUMNS.map(([field, name, type]) => overlaid(field, name, type)))}
            from (select * from service where snapshot_id = ${baseId} and service_id > ${last}
              order by service_id limit ${CHUNK}) as base
            left join supplement_row as said on said.snapshot_id = ${id} and said.service_id = base.service_id
            returning service_id)
          select count(*)::integer as count, max(service_id) as last from copied`.execute(db);
        services += rows[0]?.count ?? 0;
        last = rows[0]?.last ?? null;
      }
      return services;
    },
    async removeRows(id) {
      for (const table of ['service', 'organisation', 'supplement_row', 'recipient_row', 'import_flaw'] as const) {
        let removed = CHUNK;
        while (removed >= CHUNK) {
          const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ctid = any (array(
            select ctid from ${sql.table(table)} where snapshot_id = ${id} limit ${CHUNK}))`.execute(db);
          removed = Number(numAffectedRows ?? 0n);
        }
      }
    },
  };
}

/** The unit separator: readers refuse control characters, so no value holds it. */
const BETWEEN = '\x1f';

/** One text a column instead of an array: a third of the client's work, and nothing to escape. A blank is null. */
function joined(services: readonly Service[], field: keyof Service): string {
  let text = '';
  let first = true;
  for (const service of services) {
    if (!first) text += BETWEEN;
    first = false;
    const value = service[field];
    if (value !== null) text += value;
  }
  return text;
}

function names(): RawBuilder<unknown> {
  return sql.join(SERVICE_COLUMNS.map(([, name]) => sql.ref(name)));
}

function typed(name: string, type: string): RawBuilder<unknown> {
  return type === 'text' ? sql.ref(name) : sql`${sql.ref(name)}::${sql.raw(type)}`;
}

function overlaid(field: keyof Service, name: string, type: string): RawBuilder<unknown> {
  const base = sql.ref(`base.${name}`);
  if (field === 'serviceId') return base;
  return sql`coalesce((said.set ->> ${sql.lit(field)})::${sql.raw(type)}, ${base})`;
}
