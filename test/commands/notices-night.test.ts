import { beforeEach, expect, it } from 'vitest';
import { planIn, readyToAnnounce } from '../support/announced.ts';
import { eachDatabase } from '../support/database.ts';
import { type Office, openOffice } from '../support/office.ts';

eachDatabase('who tells people at night', (database) => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice(await database.open());
    await readyToAnnounce(office);
  });

  async function ran(planState: 'verifying' | 'completed' | 'rolled-back'): Promise<void> {
    const { store, clock, migrationId, connection } = office;
    const id = async (desk: string) => (await store.people.byEmail(`${desk}@rehearsal.example`))?.id ?? 0;
    clock.set('2026-12-15T20:30:00Z');
    const run = await store.runs.start(
      {
        migrationId,
        planId: 1,
        planHash: 'a'.repeat(64),
        executor: 'http',
        startedBy: await id('service-definer'),
        startedAt: clock.now().toString(),
        runnerId: await id('service-definer'),
        deputyId: null,
        window: { from: '2026-12-15T20:15:00Z', to: '2026-12-15T23:30:00Z' },
        amberReason: null,
        guided: null,
      },
      (await store.plans.services(1)).map((service) => ({ ...service, group: 1 })),
    );
    expect(run).not.toBeNull();
    const state = planState === 'completed' ? 'verifying' : planState;
    await connection.db.updateTable('run').set({ state }).execute();
    await connection.db.updateTable('plan').set({ state: planState }).where('number', '=', 1).execute();
  }

  it.each(['completed', 'rolled-back'] as const)(
    '21: who ran it may say that it is %s; another service definer may not',
    async (state) => {
      await ran(state);
      expect(await office.as('service-definer').done(`send ${state}`)).toMatchObject({ mails: 3 });
      expect(await office.as('deputy').refused(`send ${state}`)).toBe('role');
    },
  );

  it('21: and that it takes longer, while the tests go on; not the planned notice', async () => {
    await ran('verifying');
    const longer = { from: '2026-12-15T17:00:00Z', to: '2026-12-16T02:00:00Z' };
    await office.store.migrations.setOutage(office.migrationId, longer, null);
    expect(await office.as('service-definer').done('send extended')).toMatchObject({ mails: 3 });
    expect(await office.as('service-definer').refused('send planned')).toBe('role');
  });

  it('21: nor a notice about another plan than the one they ran', async () => {
    await ran('completed');
    await planIn(office, 'completed', ['7000009']);
    expect(await office.as('service-definer').refused('send completed plan=2')).toBe('role');
  });
});
