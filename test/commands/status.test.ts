import { expect, it } from 'vitest';
import { eachDatabase } from '../support/database.ts';
import { plannedService } from '../support/notice-facts.ts';
import { type Desk, type Office, openOffice } from '../support/office.ts';
import { givenPlan, idOf } from '../support/office-plan.ts';

const PLACE = { platform: 'teams', tenant: 'a tenant', channelId: '19:room@thread.tacv2' };
const PROBLEM = 'Changeover was taken out of this Teams conversation. Add the app again.';

eachDatabase('/bsu alone', (database) => {
  it('names a channel that takes no messages, since when and what to do, until something goes through', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-08T10:00:00Z' });
    const blocks = async () => ((await office.as('observer').done('status')) as { blocks: string[] }).blocks.join('\n');
    expect(await blocks()).not.toContain('takes no messages');
    const since = '2026-12-08T09:10:00Z';
    const raise = (problem: string) => office.store.channelTroubles.raise(PLACE, office.migrationId, problem, since);
    expect(await raise('Something else.')).toBe(true);
    expect(await raise(PROBLEM)).toBe(false);
    expect(await blocks()).toContain(
      `A Microsoft Teams channel takes no messages since Tuesday 8 December 2026, 9:10am. ${PROBLEM}`,
    );
    await office.store.channelTroubles.clear(PLACE);
    expect(await blocks()).not.toContain('takes no messages');
  });

  const waits = async (office: Office, desk: Desk) =>
    ((await office.as(desk).done('status')) as { waitsForYou: string[] }).waitsForYou.filter(
      (line) => !line.startsWith('Checklist'),
    );

  it('says what waits for each: polls and tests after the run, failures for the safety officer', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-08T22:00:00Z' });
    const services = ['7000001', '7000002', '7000003'].map((id) => plannedService(id, { site: 'XR101' }));
    await givenPlan(office, {
      services,
      verification: ['7000001', '7000002'],
      path: ['submitted', 'approved', 'running', 'verifying'],
    });
    expect(await waits(office, 'tester')).toEqual([
      'Plan 1: 2 manual slot polls that nobody has claimed, /bsu polls',
      'Plan 1: 6 of 6 tests to do, /bsu verify',
    ]);
    expect(await waits(office, 'observer')).toEqual([]);
    await office.as('tester').done('polls claim 7000001');
    await office.as('tester').done('polls seen 7000002');
    await office.as('tester').done('verify 7000001 all passed');
    await office.as('tester').done('verify 7000002 book failed reason=PAS_NOT_RESPONDING');
    expect(await waits(office, 'tester')).toEqual([
      'Plan 1: 1 manual slot poll of yours, /bsu polls',
      'Plan 1: 3 of 6 tests to do, /bsu verify',
    ]);
    expect(await waits(office, 'clinical-safety-officer')).toEqual([
      'Plan 1: 1 failed test to be repeated or accepted, /bsu accept',
    ]);
    await office.as('tester').done('polls seen 7000001');
    expect((await waits(office, 'tester')).join()).not.toContain('poll');
  });

  it('names the next window, until it is over', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-08T10:00:00Z' });
    const plan = await givenPlan(office, {
      services: [plannedService('7000001', {})],
      path: ['submitted', 'approved'],
    });
    const windows = [
      { from: '2026-12-08T20:15:00Z', to: '2026-12-08T23:30:00Z' },
      { from: '2026-12-09T20:15:00Z', to: '2026-12-09T23:30:00Z' },
    ];
    await office.store.windows.replace(plan.id, windows, await idOf(office, 'planner'), '2026-12-01T10:00:00Z');
    const shown = async () =>
      ((await office.as('observer').done('status')) as { nextWindow: object | null }).nextWindow;
    expect(await shown()).toEqual({ plan: 1, ...windows[0] });
    office.clock.set('2026-12-08T23:30:00Z');
    expect(await shown()).toEqual({ plan: 1, ...windows[1] });
    office.clock.set('2026-12-10T08:00:00Z');
    expect(await shown()).toBeNull();
  });

  it('outside a channel somebody with several migrations gets each, with what waits there', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-08T10:00:00Z' });
    const now = office.clock.now().toString();
    const tester = await idOf(office, 'tester');
    const other = await office.store.migrations.start(
      {
        name: 'The other migration',
        providerOrg: 'XR2',
        providerName: 'The other trust',
        oldAsids: ['200000000221'],
        newAsid: '200000001338',
        newOrg: null,
        zone: 'Europe/London',
      },
      tester,
      now,
    );
    await office.store.people.grant(tester, other.id, 'e-rs-lead', null, now);
    const outcome = await office.dispatch({ account: office.as('tester').account, channel: null, text: '' });
    expect(outcome).toMatchObject({ kind: 'answer', answer: { facts: { where: 'Your migrations' } } });
    const facts = (outcome.kind === 'answer' ? outcome.answer.facts : {}) as {
      migrations: { name: string; waitsForYou: string[] }[];
    };
    expect(facts.migrations.map(({ name }) => name)).toEqual(['Rehearsal PAS migration', 'The other migration']);
    expect(facts.migrations[0]?.waitsForYou).toEqual([
      expect.stringMatching(/^Checklist: .*, \/bsu checklist [a-z-]+$/),
    ]);
    expect(facts.migrations[1]?.waitsForYou.join('\n')).toContain('Checklist: ');
    expect(outcome.kind === 'answer' && outcome.answer.next.map(({ label }) => label)).toContain('The other migration');
  });
});
