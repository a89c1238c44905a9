import { expect, it } from 'vitest';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { type Desk, openOffice } from '../support/office.ts';
import { idOf } from '../support/office-plan.ts';

eachDatabase('an undo that cannot go on', (database) => {
  it('29: whoever is refused around an undo, or after the plan, is told what they can do', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-08T21:00:00Z' });
    await givenGoLive(office);
    const outage = { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' };
    await office.store.migrations.setOutage(office.migrationId, outage, '2026-12-09T06:00:00Z');
    await office.connection.db.updateTable('run').set({ state: 'verifying' }).execute();
    const now = office.clock.now().toString();
    await office.store.runs.setUndo(1, {
      by: await idOf(office, 'service-definer'),
      at: now,
      oldPasCheckedAt: now,
      agreedBy: null,
      reasonWithoutAnswer: null,
    });
    await office.connection.db
      .insertInto('run_item')
      .values({
        run_id: 1,
        service_id: '7000001',
        name: 'Service',
        site: 'XR101',
        position: 1,
        from_org: 'XR1',
        from_asid: '200000000220',
        to_org: 'XR1',
        to_asid: '200000001337',
        state: 'confirmed',
        tick_group: 0,
        direction: 'forward',
        attempts: 0,
        in_doubt: false,
      } as never)
      .execute();
    const steps = async (desk: Desk, text: string) => {
      const outcome = await office.as(desk).type(text);
      if (outcome.kind !== 'refusal') throw new Error(`${text}: ${outcome.kind}`);
      return [outcome.refusal.code, outcome.refusal.remedy.map(({ verb }) => verb)];
    };
    expect(await steps('service-definer', 'undo agree')).toEqual(['same-person', ['people', 'run']]);
    expect(await steps('deputy', 'undo agree')).toEqual(['role', ['people']]);
    expect(await steps('deputy', 'undo go reason="nobody answers"')).toEqual(['not-the-asker', ['run']]);
    expect(await steps('service-definer', 'undo go reason="nobody answers"')).toEqual(['too-early', ['run']]);
    await office.connection.db.updateTable('plan').set({ state: 'withdrawn' }).execute();
    expect(await steps('tester', 'verify 7000001 tester=me plan=1')).toEqual(['plan-state', ['show']]);
    expect(await steps('service-definer', 'polls arrived XR101 plan=1')).toEqual(['plan-state', ['show']]);
  });
});
