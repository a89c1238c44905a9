import type { Office } from './office.ts';

/** A run of the office's eight services, written as the verb leaves it. */
export async function startedRun(office: Office, executor: 'guided' | 'http'): Promise<void> {
  const { store, clock, migrationId } = office;
  const id = async (desk: string) => (await store.people.byEmail(`${desk}@rehearsal.example`))?.id ?? 0;
  clock.set('2026-12-08T20:30:00Z');
  await office.as('planner').done('plan site=XR101,XR102 --save');
  await office.connection.db.updateTable('plan').set({ state: 'running' }).execute();
  const services = await store.plans.services(1);
  await store.runs.start(
    {
      migrationId,
      planId: 1,
      planHash: 'a'.repeat(64),
      executor,
      startedBy: await id('service-definer'),
      startedAt: clock.now().toString(),
      runnerId: await id('service-definer'),
      deputyId: await id('deputy'),
      window: { from: '2026-12-08T20:15:00Z', to: '2026-12-08T23:30:00Z' },
      amberReason: null,
      guided:
        executor === 'http'
          ? null
          : {
              group: 1,
              step: 'tick',
              counts: [],
              confirmedBy: null,
              updatePressed: null,
              wrong: [],
              readBack: [],
              since: clock.now().toString(),
            },
    },
    services.map((service) => ({ ...service, group: 1 })),
  );
}
