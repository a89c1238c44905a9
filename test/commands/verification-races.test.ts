import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { storeOf } from '../../src/store/store.ts';
import { givenGoLive } from '../support/after-run.ts';
import { onServer } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

onServer('a check that waits behind the completion', (database) => {
  it.each([
    ['tester', 'verify 7000001 passed'],
    ['tester', 'verify 7000001 tester=me'],
    ['service-definer', 'polls seen 7000001'],
  ] as const)('25: %s typing "%s" is judged by the plan as it is then', async (desk, text) => {
    const office = await openOffice(await database.open(), { now: '2026-12-08T22:00:00Z' });
    const { plan } = await givenGoLive(office);
    let refused: Promise<string> | null = null;
    await office.connection.db.transaction().execute(async (trx) => {
      await storeOf(trx).plans.lock(plan.id);
      refused = office.as(desk).refused(text);
      const waiting = sql<{ waits: number }>`
        select count(*)::int as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await vi.waitFor(
        async () => expect((await waiting.execute(office.connection.db)).rows[0]?.waits).toBeGreaterThan(0),
        20_000,
      );
      await trx.updateTable('plan').set({ state: 'completed' }).where('id', '=', plan.id).execute();
    });
    expect(await refused).toBe('plan-state');
  });
});
