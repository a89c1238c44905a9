import { expect, it } from 'vitest';
import { eachDatabase, onServer } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';
import { openReadyOffice } from '../support/run-office.ts';

const REVOKE = 'revoke second-approver@rehearsal.example approver';
const ROUNDS = 8;

/** The acts on the record in their order, of these kinds. */
async function acts(office: Office, wanted: readonly string[]): Promise<string[]> {
  const rows = await office.connection.db
    .selectFrom('audit_event')
    .select(['act', 'chain', 'seq'])
    .orderBy('seq')
    .execute();
  return rows.filter(({ act }) => wanted.includes(act)).map(({ act }) => act);
}

eachDatabase('a role that is taken away', (database) => {
  it('9: between vote and run, the run is refused and says whose vote is missing', async () => {
    const office = await openReadyOffice(database);
    await office.as('e-rs-lead').done(REVOKE);
    const outcome = await office.as('service-definer').type('run');
    expect(outcome.kind).toBe('refusal');
    expect(JSON.stringify(outcome)).toMatch(/approver/);
    expect(await office.connection.db.selectFrom('run').select('id').execute()).toEqual([]);
  });
});

onServer('a role that is taken away at the same moment', (database) => {
  it('9: as the run starts: it starts on votes that held, or is refused; the record never shows a start after', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const office = await openReadyOffice(database);
      const [run] = await Promise.all([office.as('service-definer').type('run'), office.as('e-rs-lead').type(REVOKE)]);
      const order = await acts(office, ['run.started', 'role.revoked']);
      expect(order).toEqual(run.kind === 'answer' ? ['run.started', 'role.revoked'] : ['role.revoked']);
    }
  });

  it('9: as its holder votes: the vote was before, or it is refused; it never counts after', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const office = await openPlanOffice(database);
      const code = await submitted(office);
      for (const desk of ['approver', 'clinical-safety-officer'] as const)
        await office.as(desk).done(`approve ${code}`);
      const [vote] = await Promise.all([
        office.as('second-approver').type(`approve ${code}`),
        office.as('e-rs-lead').type(REVOKE),
      ]);
      const order = await acts(office, ['plan.quorum', 'role.revoked']);
      expect(order).toEqual(vote.kind === 'answer' ? ['plan.quorum', 'role.revoked'] : ['role.revoked']);
      const plan = await office.store.plans.current(office.migrationId, 1);
      const { matching } = await office.store.votes.approval(plan, plan.hash ?? '', office.clock.now());
      expect(matching.complete).toBe(false);
    }
  });
});
