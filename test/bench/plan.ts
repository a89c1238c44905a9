import { sql } from 'kysely';
import type { Connection } from '../../db/connect.ts';
import { bundleServices, seal } from '../../src/domain/bundle.ts';
import { EXTRACT_COLUMNS } from '../../src/domain/extract-columns.ts';
import { gapsOf } from '../../src/domain/gaps.ts';
import { planDiff } from '../../src/domain/plan-diff.ts';
import { proposeVerification } from '../../src/domain/plan-verification.ts';
import { EMPTY_SELECTION, type Selection, select } from '../../src/domain/selection.ts';
import { tickSheet } from '../../src/domain/tick-sheet.ts';
import { undoSteps } from '../../src/domain/undo.ts';
import { type Store, storeOf } from '../../src/store/store.ts';
import { benchDatabase } from './bench-database.ts';
import { absolute, type Bench, compared } from './figure.ts';

const ROWS = 100_000;
const A_SITE = 500;
const RUNS = 7;

/** Select, diff, gaps, tick sheet, undo and hash of a plan out of 100,000 services, from the database to the code. */
export const bench: Bench = async (context) => {
  const connection = await benchDatabase(context);
  try {
    const snapshotId = await fill(connection);
    const store = storeOf(connection.db);
    const took: Record<Size, number[]> = { 500: [], 1500: [], 5000: [] };
    for (let turn = 0; turn < RUNS + 1; turn++) {
      for (const size of SIZES) {
        const ms = await whole(store, snapshotId, size);
        // The first turn warms up.
        if (turn > 0) took[size].push(ms);
        context.say(`turn ${turn}: ${size} services in ${Math.round(ms)} ms`);
      }
    }
    const each = (size: Size) => took[size].map((ms) => ms / size);
    return [
      absolute({ name: '1,500 services of 100,000', unit: 'ms', better: 'lower', goal: 1_000 }, took[1500]),
      absolute({ name: '5,000 services of 100,000', unit: 'ms', better: 'lower', goal: 1_000 }, took[5000]),
      compared({ name: 'a service, 5,000 against 500', unit: 'ms', better: 'lower', goal: 1.2 }, each(5000), each(500)),
    ];
  } finally {
    await connection.close();
  }
};

const SIZES = [500, 1500, 5000] as const;
type Size = (typeof SIZES)[number];

async function whole(store: Store, snapshotId: number, size: Size): Promise<number> {
  const selection: Selection = { ...EMPTY_SELECTION, sites: sites(size / A_SITE) };
  const start = performance.now();
  const pool = await store.plans.pool(snapshotId, selection);
  const chosen = select(pool, selection).map((service) => service.serviceId);
  const diff = planDiff(pool, selection, {
    target: { asid: '200000001337', organisation: null },
    oldAsids: ['200000000220'],
    goLive: Temporal.Instant.from('2026-12-08T23:00:00Z'),
    zone: 'Europe/London',
    held: await store.plans.held(chosen, null),
  });
  const gaps = gapsOf(select(pool, selection), await store.snapshots.columns(snapshotId), []);
  const sheet = tickSheet(diff.services, pool);
  const undo = undoSteps(diff.services);
  const { code } = seal({
    plan: 1,
    kind: 'plan',
    services: bundleServices(diff.services),
    target: { asid: '200000001337', organisation: null },
    outage: null,
    windows: [],
    runner: 1,
    deputy: 2,
    notices: { wording: {}, audience: {} },
    verification: proposeVerification(diff.services),
  });
  const took = performance.now() - start;
  const right = sheet.ticks === size && undo.length === size && code.length === 7 && gaps.missing > 0;
  if (!right) throw new Error(`The plan of ${size} services came out wrong: ${sheet.ticks} ticks.`);
  return took;
}

function sites(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `XR${String(i + 10).padStart(3, '0')}`);
}

/** 200 sites with 500 directly bookable services each; every fortieth lacks a telephone number for patients. */
async function fill(connection: Connection): Promise<number> {
  const store = storeOf(connection.db);
  const now = '2026-12-01T19:00:00Z';
  const person = await store.people.add(
    { name: 'A planner', email: 'planner@rehearsal.example', telephone: null },
    now,
  );
  const migration = await store.migrations.start(
    {
      name: 'Bench',
      providerOrg: 'XR1',
      providerName: 'Bench',
      oldAsids: ['200000000220'],
      newAsid: '200000001337',
      newOrg: null,
      zone: 'Europe/London',
    },
    person.id,
    now,
  );
  const { id } = await connection.db
    .insertInto('snapshot')
    .values({
      migration_id: migration.id,
      number: 1,
      kind: 'extract',
      status: 'published',
      base_id: null,
      extract_id: null,
      file_name: 'extract.csv',
      sha256: '0'.repeat(64),
      encoding: 'utf-8',
      taken: '2026-11-30',
      columns: JSON.stringify(EXTRACT_COLUMNS.map((column) => column.name)),
      flaw_counts: '{}',
      services: ROWS,
      imported_by: person.id,
      touched_at: now,
      published_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`insert into service (snapshot_id, service_id, name, provider_org, location_org, specialty, directly_bookable,
      published, current_asid, polling_range, slot_reservation_period, contact_phone, hours_of_operation)
    select ${id}::integer, (7000000 + n)::text, 'Service ' || n, 'XR1', 'XR' || lpad((10 + n / ${A_SITE}::integer)::text, 3, '0'),
      '110', true, true, '200000000220', 42, 0, case when n % 40 = 0 then null else '0117 496 0000' end, 'Monday to Friday'
    from generate_series(0, ${ROWS - 1}::integer) as n`.execute(connection.db);
  await sql`analyze service`.execute(connection.db);
  return id;
}
