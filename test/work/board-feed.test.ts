import { expect, it } from 'vitest';
import { loadBankHolidays } from '../../src/calendars/holidays.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { boardMarks } from '../../src/store/boards-mark.ts';
import { storeOf } from '../../src/store/store.ts';
import { boardFeed } from '../../src/work/board-feed.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { type Office, openOffice } from '../support/office.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';
import { openReadyOffice } from '../support/run-office.ts';

function feedOf(office: Office) {
  const asked = { marks: 0, reads: 0 };
  const feed = boardFeed({
    clock: office.clock,
    bankHolidays: loadBankHolidays(),
    log: silentLog,
    marks(ids) {
      asked.marks += 1;
      return boardMarks(office.connection.db, ids);
    },
    transaction(work) {
      asked.reads += 1;
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
