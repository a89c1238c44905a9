import { plannedService } from './notice-facts.ts';
import type { Office } from './office.ts';
import { givenPlan, idOf } from './office-plan.ts';

/** A plan of six services at three sites whose run has settled on the night of Tuesday 8 December 2026. */
export async function givenGoLive(office: Office) {
  const services = ['XR101', 'XR101', 'XR102', 'XR102', 'XR103', 'XR103'].map((site, index) =>
    plannedService(String(7000001 + index), { site, businessCritical: index === 1 }),
  );
  const plan = await givenPlan(office, {
    services,
    verification: ['7000001', '7000003'],
    path: ['submitted', 'approved', 'running', 'verifying'],
  });
  const definer = await idOf(office, 'service-definer');
  const run = await office.store.runs.start(
    {
      migrationId: office.migrationId,
      planId: plan.id,
      planHash: 'a'.repeat(64),
      executor: 'guided',
      startedBy: definer,
      startedAt: '2026-12-08T20:30:00Z',
      runnerId: definer,
      deputyId: null,
      window: { from: '2026-12-08T20:00:00Z', to: '2026-12-08T23:30:00Z' },
      amberReason: null,
      guided: null,
    },
    [],
  );
  if (run) await office.connection.db.updateTable('run').set({ state: 'verifying' }).where('id', '=', run.id).execute();
  return { plan, services };
}
