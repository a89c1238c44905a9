import type { Plan, PlannedService, PlanState } from '../../src/domain/plan.ts';
import { EMPTY_SELECTION } from '../../src/domain/selection.ts';
import { plannedService } from './notice-facts.ts';
import type { Office } from './office.ts';

/** A plan in an office, saved by the planner and moved on step by step; the votes themselves are not cast. */
export async function givenPlan(
  office: Office,
  given: { services?: readonly PlannedService[]; path?: readonly PlanState[]; verification?: readonly string[] } = {},
): Promise<Plan> {
  const { store, migrationId } = office;
  const now = office.clock.now().toString();
  const planner = await idOf(office, 'planner');
  const services = given.services ?? ['7000001', '7000002', '7000003', '7000004'].map((id) => plannedService(id));
  const earlier = await office.connection.db.selectFrom('snapshot').select('id').execute();
  const { id: snapshotId } = await office.connection.db
    .insertInto('snapshot')
    .values({
      migration_id: migrationId,
      number: earlier.length + 1,
      kind: 'extract',
      status: 'published',
      base_id: null,
      extract_id: null,
      file_name: 'extract.csv',
      sha256: `${earlier.length}`.padEnd(64, 'a'),
      encoding: 'utf-8',
      taken: '2026-11-30',
      columns: '[]',
      flaw_counts: '{}',
      imported_by: planner,
      touched_at: now,
      published_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const act = { personId: planner, at: now, words: 'the planner saved it' };
  const plan = await store.plans.create(
    migrationId,
    'plan',
    {
      snapshotId,
      selection: EMPTY_SELECTION,
      target: { asid: '200000001337', organisation: null },
      services,
      warnings: {},
      runnerId: await idOf(office, 'service-definer'),
      deputyId: await idOf(office, 'deputy'),
      verification: given.verification ?? services.slice(0, 3).map((service) => service.serviceId),
    },
    act,
  );
  let latest = plan;
  for (const state of given.path ?? []) {
    if (state === 'submitted') await store.plans.seal(plan.id, [], act);
    latest = await store.plans.moveTo(plan.id, state, act);
  }
  return latest;
}

export async function idOf(office: Office, desk: string): Promise<number> {
  const person = await office.store.people.byEmail(`${desk}@rehearsal.example`);
  if (!person) throw new Error(`Nobody sits at the desk "${desk}".`);
  return person.id;
}
