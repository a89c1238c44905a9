import type { Store } from '../../src/store/store.ts';

/** The only migration of the database that chaos works in. */
export const MIGRATION = 1;
export const OLD = { organisation: 'XR1', asid: '200000000220' };
const NEW = { organisation: 'XR1', asid: '200000001337' };
const NOW = '2026-12-08T20:30:00Z';

/** A migration with small batches, so that a kill finds many moments. */
export async function newMigration(store: Store): Promise<void> {
  const person = await store.people.add({ name: 'A definer', email: 'definer@chaos.example', telephone: null }, NOW);
  const names = { name: 'Chaos', providerOrg: 'XR1', providerName: 'Chaos', zone: 'Europe/London', newOrg: null };
  const migration = await store.migrations.start({ ...names, oldAsids: [OLD.asid], newAsid: NEW.asid }, person.id, NOW);
  if (migration.id !== MIGRATION) throw new Error('Chaos needs an empty database.');
  await store.migrations.setSettings(migration.id, { ...migration.settings, batchSize: 5, batchesAtOnce: 3 });
}

export async function newRun(store: Store, services: number): Promise<void> {
  const run = await store.runs.start(
    {
      migrationId: MIGRATION,
      planId: 1,
      planHash: 'a'.repeat(64),
      executor: 'http',
      startedBy: 1,
      startedAt: NOW,
      runnerId: 1,
      deputyId: null,
      window: { from: '2026-12-08T20:15:00Z', to: '2026-12-09T06:00:00Z' },
      amberReason: null,
      guided: null,
    },
    Array.from({ length: services }, (_, at) => serviceAt(at)),
  );
  if (run === null) throw new Error('The run before has not ended.');
}

export function serviceAt(at: number) {
  const serviceId = String(7_000_001 + at);
  return { serviceId, name: `Clinic ${serviceId}`, site: 'XR101', group: 1, from: OLD, to: NEW };
}
