import { expect, it } from 'vitest';
import type { Migration } from '../../src/domain/migration.ts';
import { neededFor } from '../../src/domain/opening-needed.ts';
import type { PlannedService } from '../../src/domain/plan.ts';
import type { WhyFacts, WindowsFacts } from '../../src/domain/time-answers.ts';
import { eachDatabase } from '../support/database.ts';
import { type Office, openOffice } from '../support/office.ts';
import { givenPlan } from '../support/office-plan.ts';
import { openReadyOffice } from '../support/run-office.ts';

const TUESDAY = '2026-12-01T19:00:00Z';

/** A run of that plan: it started at 7pm, and each service was settled so many seconds later. */
async function runOf(
  office: Office,
  plan: { id: number; services: readonly PlannedService[] },
  settled: readonly (number | null)[],
): Promise<void> {
  const { db } = office.connection;
  const { id } = await db
    .insertInto('run')
    .values({
      migration_id: office.migrationId,
      plan_id: plan.id,
      plan_hash: 'x',
      generation: 1,
      executor: 'guided',
      state: 'completed',
      started_by: 1,
      started_at: TUESDAY,
      runner_id: 1,
      window_from: TUESDAY,
      window_to: '2026-12-01T23:00:00Z',
      guided: 'null',
      undo: 'null',
      by_hand: '[]',
      called: '[]',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const [position, seconds] of settled.entries()) {
    const service = plan.services[position];
    await db
      .insertInto('run_item')
      .values({
        run_id: id,
        service_id: service?.serviceId ?? String(position),
        name: 'x',
        site: 'XR101',
        position,
        tick_group: 0,
        from_org: 'XR1',
        from_asid: '200000000220',
        to_org: 'XR1',
        to_asid: '200000001337',
        state: seconds === null ? 'pending' : 'confirmed',
        settled_at: seconds === null ? null : Temporal.Instant.from(TUESDAY).add({ seconds }).toString(),
      })
      .execute();
  }
}

const migrationOf = async (office: Office): Promise<Migration> => {
  const migration = await office.store.migrations.byId(office.migrationId);
  if (!migration) throw new Error('no migration');
  return migration;
};

eachDatabase('13: how long a plan still needs', (database) => {
  it('13: a completed practice on the same system that took longer makes every run longer, a quick one none shorter', async () => {
    const office = await openOffice(await database.open());
    const migration = await migrationOf(office);
    const plan = await givenPlan(office);
    const usual = await office.store.plans.needed(plan, migration);
    expect(usual).toEqual({ services: 4, needed: neededFor(migration.settings, 4) });
    const services = await office.store.plans.services(plan.id);
    await runOf(office, { id: plan.id, services }, [1_500, 1_510]);
    const { db } = office.connection;
    await db.updateTable('plan').set({ kind: 'practice', state: 'completed' }).where('id', '=', plan.id).execute();
    expect(await office.store.plans.measured(migration)).toEqual({ seconds: 1_510, services: 2 });
    expect(await office.store.plans.measured({ ...migration, newAsid: '200000009999' })).toBeNull();
    await db.updateTable('plan').set({ state: 'verifying' }).where('id', '=', plan.id).execute();
    expect(await office.store.plans.measured(migration)).toBeNull();
  });

  it('13: the way round the screen is what a practice measures', async () => {
    const { settings } = await migrationOf(await openOffice(await database.open()));
    const usual = neededFor(settings, 250).expectedSeconds;
    expect(usual).toBe(15 * 60 + 2_500);
    expect(neededFor(settings, 250, { seconds: 300, services: 3 }).expectedSeconds).toBe(usual);
    expect(neededFor(settings, 250, { seconds: 1_830, services: 3 }).expectedSeconds).toBe(1_800 + 2_500);
    // Left lying over a weekend.
    expect(neededFor(settings, 250, { seconds: 200_000, services: 3 }).expectedSeconds).toBe(7_200 - 30 + 2_500);
  });

  it('13: a run that stopped is judged by what is left, in window and why', async () => {
    const office = await openReadyOffice(database);
    const before = (await office.as('planner').done('window')) as unknown as WindowsFacts;
    await office.as('service-definer').done('run');
    const { db } = office.connection;
    const [first] = await db.selectFrom('run_item').selectAll().orderBy('position').execute();
    await db
      .updateTable('run_item')
      .set({ state: 'confirmed', settled_at: '2026-12-08T20:40:00Z' })
      .where('service_id', '!=', first?.service_id ?? '')
      .execute();
    await office.as('service-definer').done('pause the network is slow');
    const after = (await office.as('planner').done('window')) as unknown as WindowsFacts;
    expect(after.services).toBe(1);
    expect(before.services - after.services).toBeGreaterThan(0);
    expect(before.neededSeconds - after.neededSeconds).toBe((before.services - 1) * 10);
    const why = (await office.as('observer').done('why')) as unknown as WhyFacts;
    expect(why.neededSeconds).toBe(after.neededSeconds);
  });
});
