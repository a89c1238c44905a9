import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { ServiceDifference, SnapshotDifference } from '../domain/extract.ts';
import { SERVICE_COLUMNS } from './snapshot-columns.ts';

/** Two snapshots side by side, service by service (rule 3). */
export interface ComparisonStore {
  /** What differs from one to the other: exact counts, and the first `limit` services by site and id. */
  between(fromId: number, toId: number, limit: number): Promise<SnapshotDifference>;
}

export function comparisonStore(db: Database): ComparisonStore {
  return {
    async between(fromId, toId, limit) {
      const { rows: totals } = await sql<Totals>`select
          count(*) filter (where a.service_id is null)::integer as added,
          count(*) filter (where b.service_id is null)::integer as removed,
          count(*) filter (where ${CHANGED})::integer as changed,
          count(*)::integer as all_of_them
        ${sides(fromId, toId)}`.execute(db);
      const { rows } = await sql<Found>`select to_jsonb(a) as was, to_jsonb(b) as now_is
        ${sides(fromId, toId)}
        where a.service_id is null or b.service_id is null or ${CHANGED}
        order by coalesce(b.location_org, a.location_org), coalesce(b.service_id, a.service_id)
        limit ${limit}`.execute(db);
      const { added, removed, changed, all_of_them } = totals[0] ?? {
        added: 0,
        removed: 0,
        changed: 0,
        all_of_them: 0,
      };
      return {
        added,
        removed,
        changed,
        unchanged: all_of_them - added - removed - changed,
        rows: rows.map(differenceOf),
      };
    },
  };
}

interface Totals {
  added: number;
  removed: number;
  changed: number;
  all_of_them: number;
}
type Row = Readonly<Record<string, unknown>>;
interface Found {
  was: Row | null;
  now_is: Row | null;
}

const COMPARED = SERVICE_COLUMNS.filter(([field]) => field !== 'serviceId');
const CHANGED = sql`(a.service_id is not null and b.service_id is not null and
  (${sql.join(COMPARED.map(([, name]) => sql.ref(`a.${name}`)))}) is distinct from
  (${sql.join(COMPARED.map(([, name]) => sql.ref(`b.${name}`)))}))`;

function sides(fromId: number, toId: number) {
  return sql`from (select * from service where snapshot_id = ${fromId}) as a
    full outer join (select * from service where snapshot_id = ${toId}) as b on a.service_id = b.service_id`;
}

function differenceOf({ was, now_is }: Found): ServiceDifference {
  const shown = now_is ?? was ?? {};
  const base = { serviceId: String(shown.service_id), name: String(shown.name), site: String(shown.location_org) };
  if (was === null) return { ...base, what: 'added', changes: [] };
  if (now_is === null) return { ...base, what: 'removed', changes: [] };
  const changes = COMPARED.filter(([, name]) => was[name] !== now_is[name]).map(([field, name]) => ({
    field,
    from: text(was[name]),
    to: text(now_is[name]),
  }));
  return { ...base, what: 'changed', changes };
}

function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
