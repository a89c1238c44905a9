import type { Desk, Office } from './office.ts';
import { idOf } from './office-plan.ts';

/** The steps of the estate's guided run, from the start to Update. */
export const TO_UPDATE: readonly [Desk, string][] = [
  ['service-definer', 'run'],
  ['service-definer', 'step done'],
  ['service-definer', 'step done'],
  ['service-definer', 'step done'],
  ['service-definer', 'step count site=XR101 counted=5'],
  ['service-definer', 'step count site=XR102 counted=3'],
  ['deputy', 'step confirm'],
  ['service-definer', 'step done'],
  ['service-definer', 'step done'],
];

export async function said(office: Office, typed: readonly (readonly [Desk, string])[]): Promise<void> {
  for (const [desk, text] of typed) await office.as(desk).done(text);
}

/** Update was pressed, and each service that is asked for shows what it should. */
export async function pressedAndSeen(office: Office): Promise<void> {
  await office.as('service-definer').done('step pressed');
  for (const service of await toLookAt(office)) await office.as('service-definer').done(`step new service=${service}`);
}

export async function toLookAt(office: Office): Promise<readonly string[]> {
  return (await office.store.runs.latest(office.migrationId))?.guided?.readBack ?? [];
}

/** The estate's plan has run, and is asked back and agreed to. */
export async function turnedBack(office: Office): Promise<void> {
  await said(office, TO_UPDATE);
  await pressedAndSeen(office);
  await said(office, [
    ['service-definer', 'undo checked=now reason="bookings fail"'],
    ['e-rs-lead', 'undo agree'],
  ]);
}

/** A second plan of the migration, with a service of its own, has run and is being verified. */
export async function secondRun(office: Office): Promise<void> {
  const { store, migrationId, connection } = office;
  const [plan, run] = [await store.plans.byId(1), await store.runs.byId(1)];
  const [service] = await store.plans.services(1);
  if (!plan || !run || !service) throw new Error('The first plan has not run.');
  const at = office.clock.now().toString();
  const personId = await idOf(office, 'planner');
  const services = [{ ...service, serviceId: '7900001' }];
  const second = await store.plans.create(
    migrationId,
    'plan',
    { ...plan, services, warnings: {}, verification: ['7900001'] },
    { personId, at, words: 'the planner saved it' },
  );
  const begun = await store.runs.start(
    {
      ...run,
      planId: second.id,
      executor: 'http',
      startedBy: personId,
      startedAt: at,
      guided: null,
    },
    services.map((one) => ({ ...one, group: 0 })),
  );
  if (begun === null) throw new Error('Another run holds the migration.');
  const { db } = connection;
  await db.updateTable('run_item').set({ state: 'confirmed' }).where('run_id', '=', begun.id).execute();
  await db.updateTable('run').set({ state: 'verifying' }).where('id', '=', begun.id).execute();
  await db.updateTable('plan').set({ state: 'verifying' }).where('id', '=', second.id).execute();
}
