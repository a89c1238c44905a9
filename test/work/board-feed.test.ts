import { expect, it } from 'vitest';
import { loadBankHolidays } from '../../src/calendars/holidays.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { boardMarks } from '../../src/store/boards-mark.ts';
import { storeOf } from '../../src/store/store.ts';
import { boardFeed } from '../../src/work/board-feed.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { plannedService } from '../support/notice-facts.ts';
import { type Office, openOffice } from '../support/office.ts';
import { givenPlan, idOf } from '../support/office-plan.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';
import { openApprovedOffice, openReadyOffice } from '../support/run-office.ts';

function feedOf(office: Office, beforeReading: () => Promise<void> = async () => {}) {
  const asked = { marks: 0, reads: 0 };
  const feed = boardFeed({
    clock: office.clock,
    bankHolidays: loadBankHolidays(),
    log: silentLog,
    marks(ids) {
      asked.marks += 1;
      return boardMarks(office.connection.db, ids);
    },
    async transaction(work) {
      asked.reads += 1;
      await beforeReading();
      return office.connection.transaction((trx) => work(storeOf(trx)));
    },
    // No clock in a test: it looks when it is told to.
    every: () => () => {},
  });
  return { feed, asked };
}

eachDatabase('the boards', (database) => {
  it('shows what the verbs would answer: plan, checklist, notices, record, and what waits for whom', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    const board = await feedOf(office).feed.board(office.migrationId);
    expect(board?.sections.map(({ key }) => key)).toEqual(['plan-1', 'checklist', 'notices', 'run', 'record']);
    const plan = board?.sections[0];
    expect(plan).toMatchObject({ verb: '/bsu show 1', card: { code } });
    expect(plan?.card?.headline).toContain('needs 3 more approvals');
    expect(board?.sections.find(({ key }) => key === 'run')).toMatchObject({ card: null, empty: /run/ });
    const approver = board?.people.find(({ roles }) => roles.includes('approver'));
    expect(approver?.waits).toContain(`Your vote on plan 1 (${code}): /bsu show 1`);
    expect(board?.week?.days).toHaveLength(7);
    expect(board?.hours).toEqual({
      verdict: 'amber',
      text: 'Bulk updates need a second confirmation until Tuesday 1 December 2026, 8pm',
    });
  });

  it('26: after the run it shows what is read and counted against the plan, and follows it', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-09T09:30:00Z' });
    await givenGoLive(office);
    const { feed } = feedOf(office);
    const part = async (key: string) =>
      (await feed.board(office.migrationId))?.sections.find((section) => section.key === key);
    expect((await part('reconcile'))?.card?.headline).toContain('0 of 3 services read on the screen');
    expect(await part('asi')).toMatchObject({ verb: '/bsu asi', title: 'Appointment slot issues' });
    await office.as('tester').done('reconcile read 7000003 asid=200000000220');
    expect((await part('reconcile'))?.card?.headline).toContain('1 difference from what was planned');
    await office.as('e-rs-lead').done('asi baseline routine=4');
    await office.as('e-rs-lead').done('asi +1 routine=20');
    expect((await part('asi'))?.card?.headline).toContain('1 count above the baseline');
  });

  it('9: knows whose vote is wanted: who has voted takes it back, the author and an observer are told why not', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    const { feed } = feedOf(office);
    const own = async (desk: string) => {
      const board = await feed.board(office.migrationId);
      const person = board?.people.find(({ name }) => name === `The ${desk}`);
      const why = (verb: string) => person?.barred.find((one) => one.part === 'plan-1' && one.verb === verb)?.why;
      return { approve: why('approve'), reject: why('reject'), offers: person?.offers.map(({ label }) => label) };
    };
    expect(await own('approver')).toEqual({ approve: undefined, reject: undefined, offers: [] });
    expect(await own('planner')).toMatchObject({ approve: expect.stringContaining('You wrote this plan') });
    expect(await own('observer')).toMatchObject({
      reject: expect.stringContaining('2 approvers and 1 clinical safety'),
    });
    await office.as('approver').done(`approve ${code}`);
    expect(await own('approver')).toEqual({
      approve: 'You have approved it.',
      reject: undefined,
      offers: ['Take my vote back'],
    });
    await office.as('approver').done('unvote');
    expect(await own('approver')).toEqual({ approve: undefined, reject: undefined, offers: [] });
  });

  it('13: of an approved plan it says how far the go is, part by part', async () => {
    const office = await openApprovedOffice(database);
    const { feed } = feedOf(office);
    const part = async (key: string) =>
      (await feed.board(office.migrationId))?.sections.find((section) => section.key === key);
    expect((await part('go-1'))?.card?.headline).toContain('0 of 4 answered');
    await office.as('service-definer').done('go new-pas-live yes');
    await office.as('e-rs-lead').done('go two-definers no the second is ill');
    expect((await part('go-1'))?.card?.headline).toContain('no go');
    for (const one of ['two-definers', 'no-incident', 'lead']) await office.as('e-rs-lead').done(`go ${one} yes`);
    expect((await part('go-1'))?.card?.headline).toContain('go, until');
    const board = await feed.board(office.migrationId);
    const barred = (desk: string) =>
      board?.people.find(({ name }) => name === `The ${desk}`)?.barred.filter((one) => one.part === 'go-1').length;
    expect([barred('service-definer'), barred('e-rs-lead')]).toEqual([1, 0]);
    await office.as('service-definer').done('run');
    expect(await part('go-1')).toBeUndefined();
  });

  it('26: an earlier wave that is being verified keeps its parts while the next one runs', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-09T09:30:00Z' });
    const { plan } = await givenGoLive(office);
    await office.as('tester').done('reconcile read 7000003 asid=200000000220');
    await office.as('tester').done('reconcile take 7000003');
    const second = await givenPlan(office, {
      services: [plannedService('7000009', { site: 'XR104' })],
      verification: ['7000009'],
      path: ['submitted', 'approved', 'running'],
    });
    const definer = await idOf(office, 'service-definer');
    const { migrationId } = office;
    const window = { from: '2026-12-09T09:00:00Z', to: '2026-12-09T12:00:00Z' };
    await office.store.runs.start(
      {
        migrationId,
        planId: second.id,
        planHash: 'b'.repeat(64),
        executor: 'guided',
        startedBy: definer,
        startedAt: '2026-12-09T09:10:00Z',
        runnerId: definer,
        deputyId: null,
        window,
        amberReason: null,
        guided: null,
      },
      [],
    );
    const board = await feedOf(office).feed.board(migrationId);
    expect(board?.sections.map(({ key }) => key)).toEqual([
      'run',
      ...['verification-1', 'polls-1', 'reconcile-1', 'asi-1'],
      ...['plan-2', 'plan-1', 'checklist', 'notices', 'record'],
    ]);
    const part = board?.sections.find(({ key }) => key === 'reconcile-1');
    expect(part).toMatchObject({ title: 'As planned? (plan 1)', verb: '/bsu reconcile plan=1' });
    expect(part?.card?.headline).toContain(`Plan ${plan.number}: 1 difference`);
    const tester = board?.people.find(({ name }) => name === 'The tester');
    expect(tester?.barred).toContainEqual({
      part: 'reconcile-1',
      verb: 'reconcile',
      input: { what: 'take' },
      why: 'It is yours.',
    });
  });

  it('15: the steps of a guided run are offered to who carries it out; whoever counted does not confirm', async () => {
    const office = await openReadyOffice(database);
    await office.as('service-definer').done('run guided');
    const { feed } = feedOf(office);
    const why = async (desk: string, what: string, verb = 'step') => {
      const board = await feed.board(office.migrationId);
      const barred = board?.people.find(({ name }) => name === `The ${desk}`)?.barred ?? [];
      return barred.find((one) => one.verb === verb && one.input.what === what)?.why;
    };
    expect(await why('service-definer', 'done')).toBeUndefined();
    expect(await why('tester', 'done')).toBe('The steps are for The service-definer, who carries the run out.');
    expect(await why('observer', 'confirm')).toContain('An observer');
    expect(await why('tester', 'confirm')).toBeUndefined();
    expect(await why('tester', 'handover')).toContain('The steps are for');
    expect(await why('deputy', 'handover')).toBeUndefined();
    expect(await why('tester', 'agree', 'undo')).toContain('agrees');
    expect(await why('approver', 'agree', 'undo')).toBeUndefined();
  });

  it('26: what is one’s own is not offered to be taken; an alert is settled by who may', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-09T09:30:00Z' });
    await givenGoLive(office);
    const { feed } = feedOf(office);
    const barredIn = async (desk: string, part: string) => {
      const board = await feed.board(office.migrationId);
      const person = board?.people.find(({ name }) => name === `The ${desk}`);
      return person?.barred.filter((one) => one.part === part).map(({ input }) => input.what ?? '');
    };
    await office.as('e-rs-lead').done('asi baseline routine=4');
    await office.as('e-rs-lead').done('asi +1 routine=20');
    await office.as('tester').done('reconcile read 7000003 asid=200000000220');
    expect(await barredIn('tester', 'asi')).toEqual(['give', 'settle']);
    expect(await barredIn('e-rs-lead', 'asi')).toEqual([]);
    await office.as('tester').done('asi take all');
    await office.as('tester').done('reconcile take 7000003');
    expect(await barredIn('tester', 'asi')).toEqual(['take']);
    expect(await barredIn('tester', 'reconcile')).toEqual(['take']);
    const verification = await feed.board(office.migrationId);
    const lead = verification?.people.find(({ name }) => name === 'The e-rs-lead');
    expect(lead?.barred.find(({ verb }) => verb === 'complete')?.why).toContain('polls');
  });

  it('tells fifty watchers of a change and reads the database once for them', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    const { feed, asked } = feedOf(office);
    let told = 0;
    for (let one = 0; one < 50; one++) feed.watch(office.migrationId, () => told++);
    await feed.look();
    expect(told).toBe(50);
    await feed.look();
    expect(told).toBe(50);
    await office.as('approver').done(`approve ${code}`);
    asked.marks = 0;
    asked.reads = 0;
    await feed.look();
    expect(told).toBe(100);
    const boards = await Promise.all(Array.from({ length: 50 }, () => feed.board(office.migrationId)));
    // One look and fifty who ask again by themselves; read once for all of them.
    expect(asked).toEqual({ marks: 51, reads: 1 });
    expect(boards[49]?.sections[0]?.card?.headline).toContain('needs 2 more approvals');
  });

  it('reads once for fifty who ask while the board before is still being read, and again after a reading that failed', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    let free = () => {};
    const reading = Promise.withResolvers<void>();
    let broken = false;
    const slow = feedOf(office, async () => {
      if (broken) throw new Error('the database is away');
      if (slow.asked.reads > 1) return;
      const freed = Promise.withResolvers<void>();
      free = freed.resolve;
      reading.resolve();
      await freed.promise;
    });
    const first = slow.feed.board(office.migrationId);
    await reading.promise;
    await office.as('approver').done(`approve ${code}`);
    const others = Array.from({ length: 50 }, () => slow.feed.board(office.migrationId));
    expect((await others[49])?.sections[0]?.card?.headline).toContain('needs 2 more approvals');
    await Promise.all(others);
    expect(slow.asked.reads).toBe(2);
    free();
    await first;
    await office.as('second-approver').done(`approve ${code}`);
    broken = true;
    await expect(slow.feed.board(office.migrationId)).rejects.toThrow('the database is away');
    broken = false;
    expect((await slow.feed.board(office.migrationId))?.sections[0]?.card?.headline).toContain('needs 1 more approval');
    expect(slow.asked.reads).toBe(4);
  });

  it('notices what leaves no event: a service of the run that is settled, a minute that goes by', async () => {
    const office = await openReadyOffice(database);
    await office.as('service-definer').done('run');
    const { feed } = feedOf(office);
    let told = 0;
    const stop = feed.watch(office.migrationId, () => told++);
    await feed.look();
    const [item] = await office.connection.db.selectFrom('run_item').selectAll().limit(1).execute();
    await office.connection.db
      .updateTable('run_item')
      .set({ state: 'confirmed', settled_at: office.clock.now().toString() })
      .where('service_id', '=', item?.service_id ?? '')
      .execute();
    await feed.look();
    expect(told).toBe(2);
    office.clock.set(office.clock.now().add({ minutes: 1 }).toString());
    await feed.look();
    expect(told).toBe(3);
    stop();
    await office.as('service-definer').done('pause');
    await feed.look();
    expect(told).toBe(3);
  });

  it('has no board for a migration that does not exist', async () => {
    const office = await openPlanOffice(database);
    expect(await feedOf(office).feed.board(office.migrationId + 1)).toBeNull();
  });
});
