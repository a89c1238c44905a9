import { beforeAll, expect, it } from 'vitest';
import { expireVotes } from '../../src/jobs/expire-votes.ts';
import { remindVoters } from '../../src/jobs/remind-voters.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { idOf } from '../support/office-plan.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';

const HOLIDAYS = {
  source: 'a test',
  coveredFrom: '2026-01-01',
  coveredTo: '2027-12-31',
  days: new Map([['2026-12-25', 'Christmas Day']]),
};

eachDatabase('votes in time', (database) => {
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);
  const calls = async (office: Office) =>
    office.connection.db
      .selectFrom('posting')
      .select(['message', 'people'])
      .where('kind', '=', 'call')
      .where('message', 'is not', null)
      .orderBy('id')
      .execute();

  it('10: votes end after 14 days, the plan waits again, and those who are needed are called', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    await office.as('approver').done(`approve ${code}`);
    await office.as('second-approver').done(`approve ${code}`);
    await office.as('clinical-safety-officer').done(`approve ${code}`);
    const [plan] = await office.store.awaitingPlans.list();
    expect(plan?.state).toBe('approved');
    const before = (await calls(office)).length;

    office.clock.set('2026-12-15T18:59:00Z');
    await expireVotes.run(office.store, office.clock.now());
    expect((await office.store.plans.byId(plan?.id ?? 0))?.state).toBe('approved');
    office.clock.set('2026-12-15T19:00:00Z');
    await expireVotes.run(office.store, office.clock.now());

    expect(await office.store.plans.byId(plan?.id ?? 0)).toMatchObject({
      state: 'submitted',
      lastAct: '3 votes ended after 14 days',
    });
    expect(await office.store.votes.of(plan?.id ?? 0)).toEqual([]);
    const called = (await calls(office)).slice(before);
    expect(called).toMatchObject([{ message: expect.stringContaining('3 votes ended') }]);
    expect(called[0]?.people).not.toContain(await idOf(office, 'planner'));
    const [event] = await office.store.audit.latest(`migration:${office.migrationId}`, 1);
    expect(event?.act).toBe('votes.expired');
    await expireVotes.run(office.store, office.clock.now());
    expect((await calls(office)).slice(before)).toHaveLength(1);
  });

  it('10: at 9am on a working day only those whose vote is still needed are reminded', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    await office.as('approver').done(`approve ${code}`);
    await office.as('clinical-safety-officer').done(`approve ${code}`);
    const before = (await calls(office)).length;
    const job = remindVoters(HOLIDAYS);
    for (const quiet of [
      '2026-12-02T08:00:00Z',
      '2026-12-02T10:00:00Z',
      '2026-12-05T09:00:00Z',
      '2026-12-25T09:00:00Z',
    ]) {
      await job.run(office.store, Temporal.Instant.from(quiet));
    }
    expect((await calls(office)).length).toBe(before);
    await job.run(office.store, Temporal.Instant.from('2026-12-02T09:00:00Z'));
    expect((await calls(office)).slice(before)).toEqual([
      {
        message: `Plan 1 still waits for approval. Please look at ${code} and vote.`,
        people: [await idOf(office, 'second-approver')],
      },
    ]);
  });
});
