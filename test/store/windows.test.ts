import { expect, it } from 'vitest';
import type { PlanWindow } from '../../src/domain/plan.ts';
import { type Store, storeOf } from '../../src/store/store.ts';
import { eachDatabase } from '../support/database.ts';
import { plannedService } from '../support/notice-facts.ts';
import { openOffice } from '../support/office.ts';
import { givenPlan } from '../support/office-plan.ts';

const NIGHT: PlanWindow = { from: '2026-12-08T20:00:00Z', to: '2026-12-08T23:00:00Z' };
const LATER: PlanWindow = { from: '2026-12-08T22:00:00Z', to: '2026-12-09T01:00:00Z' };

eachDatabase('13: windows of one provider system', (database) => {
  it('13: of migrations that reserve overlapping windows at one moment, one gets its window', async () => {
    const office = await openOffice(await database.open());
    const plans = [await givenPlan(office)];
    for (const [at, service] of ['8000001', '8000002', '8000003'].entries()) {
      const other = await office.store.migrations.start(
        {
          name: `Wave ${at}`,
          providerOrg: 'XR2',
          providerName: 'Another trust',
          oldAsids: [`20000000999${at}`],
          newAsid: '200000001337',
          newOrg: null,
          zone: 'Europe/London',
        },
        1,
        '2026-12-01T19:00:00Z',
      );
      plans.push(await givenPlan({ ...office, migrationId: other.id }, { services: [plannedService(service)] }));
    }
    for (let round = 0; round < 5; round++) {
      await Promise.all(plans.map((plan) => office.store.windows.replace(plan.id, [], 1, '2026-12-01T19:00:00Z')));
      const won = await Promise.all(
        plans.map((plan, index) =>
          office.connection.transaction((trx) => reserve(storeOf(trx), plan.id, index % 2 === 0 ? NIGHT : LATER)),
        ),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
    }
  });
});

/** As the verbs do: what is free, then the reservation, in one transaction. */
async function reserve(store: Store, planId: number, window: PlanWindow): Promise<boolean> {
  if ((await store.windows.clashes(planId, window)).length > 0) return false;
  await store.windows.replace(planId, [window], 1, '2026-12-01T19:00:00Z');
  return true;
}
