import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { Migration } from '../../src/domain/migration.ts';
import type { PostponeFacts } from '../../src/domain/postpone-answers.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import { WORDING } from '../support/notice-facts.ts';
import { commissioner, noticeIn, practice } from '../support/notices-office.ts';
import type { Office } from '../support/office.ts';
import { openApprovedOffice, openReadyOffice } from '../support/run-office.ts';

const WEDNESDAY = '2026-12-09T20:15:00Z';

/** An approved plan with a window on Tuesday 8 and a reserve on Wednesday 9 December 2026. */
async function openWithReserve(database: Parameters<typeof openApprovedOffice>[0]): Promise<Office> {
  const office = await openApprovedOffice(database);
  const [plan] = await office.store.plans.list(office.migrationId);
  const windows = await office.store.windows.of(plan?.id ?? 0);
  await office.store.windows.replace(
    plan?.id ?? 0,
    [...windows, { from: WEDNESDAY, to: '2026-12-09T23:30:00Z' }],
    1,
    '2026-12-01T19:00:00Z',
  );
  await office.store.migrations.setOutage(
    office.migrationId,
    { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' },
    '2026-12-10T17:00:00Z',
  );
  await office.connection.db
    .updateTable('notice')
    .set({ status: 'finished', started_at: '2026-11-30T09:00:00Z' })
    .execute();
  return office;
}

async function ask(office: Office, text: string): Promise<PostponeFacts> {
  const outcome = await office.as('e-rs-lead').type(text);
  if (outcome.kind !== 'answer') throw new Error(`"${text}" got ${JSON.stringify(outcome)}`);
  expect(toPlainText(cardOf(outcome.answer))).not.toMatch(/undefined|\[object|NaN/);
  return outcome.answer.facts as unknown as PostponeFacts;
}

const outageOf = async (office: Office): Promise<Migration['outage']> =>
  (await office.store.migrations.byId(office.migrationId))?.outage ?? null;

eachDatabase('13: postpone', (database) => {
  it('13: alone it offers the reserves and changes nothing', async () => {
    const office = await openWithReserve(database);
    const facts = await ask(office, 'postpone');
    expect(facts).toMatchObject({ moved: null, reserves: [{ from: WEDNESDAY }] });
    expect(facts.openings.length).toBeGreaterThan(0);
    expect(await outageOf(office)).toMatchObject({ from: '2026-12-08T17:00:00Z' });
    expect(await office.as('service-definer').refused('postpone')).toBe('role');
  });

  it('13: a no-go offers the reserve, which moves window, outage and notices in one step', async () => {
    const office = await openWithReserve(database);
    const planned = await noticeIn(office, [commissioner('QXX1'), practice('Y00001')], {
      facts: { kind: 'reminder', reference: 'R-2' },
      dueAt: '2026-12-08T22:00:00Z',
    });
    const no = await office.as('e-rs-lead').type('go lead no the supplier has not arrived');
    if (no.kind !== 'answer') throw new Error('no answer');
    const way = cardOf(no.answer).actions.find((action) => action.kind === 'do' && action.verb === 'postpone');
    if (way?.kind !== 'do') throw new Error('no way out is offered');
    const outcome = await office.as('e-rs-lead').click('postpone', way.input as Record<string, string>);
    if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
    const facts = outcome.answer.facts as unknown as PostponeFacts;
    expect(facts).toMatchObject({
      outage: { from: '2026-12-09T17:00:00Z', to: '2026-12-09T23:00:00Z' },
      oldPasUntil: '2026-12-10T17:00:00Z',
      windows: [{ from: WEDNESDAY, to: '2026-12-09T23:30:00Z' }],
      moved: { from: { from: '2026-12-08T17:00:00Z' }, withdrawn: ['R-2'], held: [] },
    });
    expect(facts.moved?.votes).toMatch(/3 votes no longer count.*outage/i);
    expect((await office.store.notices.byId(planned.id))?.status).toBe('withdrawn');
    expect((await office.store.plans.list(office.migrationId))[0]?.state).toBe('submitted');
  });

  it('13: the moved notice goes out at once, by one press that is bound to its words; votes on the new time may wait', async () => {
    const office = await openWithReserve(database);
    await office.store.notices.setWording(office.migrationId, WORDING, 1, '2026-12-01T19:00:00Z');
    await office.store.recipients.load(office.migrationId, [commissioner('QXX1'), practice('Y00001')], 'lists.csv');
    const facts = await ask(office, `postpone ${WEDNESDAY}`);
    expect(facts.moved?.notice).toMatchObject({ ready: true, mails: 2 });
    const code = facts.moved?.notice.ready ? facts.moved.notice.code : '';
    expect(await office.as('e-rs-lead').done(`send moved ${code}`)).toMatchObject({ what: 'outage moved' });
    const notices = await office.store.notices.list(office.migrationId);
    expect(notices.at(-1)).toMatchObject({ kind: 'moved', facts: { outage: { from: '2026-12-09T17:00:00Z' } } });
  });

  it('13: where nobody was told, or words are missing, that is said instead', async () => {
    const office = await openWithReserve(database);
    const facts = await ask(office, `postpone ${WEDNESDAY}`);
    expect(facts.moved?.notice).toMatchObject({ ready: false });
    await office.connection.db.updateTable('notice').set({ status: 'withdrawn' }).execute();
    const again = await ask(office, 'postpone 2026-12-10 20:15 oldPasUntil="2026-12-12 17:00"');
    expect(again.moved?.notice).toMatchObject({ ready: false, why: expect.stringContaining('Nobody was told') });
  });

  it('10: a run that stopped keeps its votes and its lead: its outage only ends later, and the notice says "extended"', async () => {
    const office = await openReadyOffice(database);
    await office.as('service-definer').done('run');
    await office.as('service-definer').done('pause the network is slow');
    const until = 'oldPasUntil="2026-12-10 17:00"';
    const typed = 'postpone from="2026-12-09 17:00" to="2026-12-09 23:00" window="2026-12-09 20:15"';
    expect(await office.as('e-rs-lead').refused(`${typed} ${until}`)).toBe('outage-began');
    const facts = await ask(office, `postpone window="2026-12-09 20:15" ${until}`);
    expect(facts).toMatchObject({
      outage: { from: '2026-12-08T17:00:00Z', to: '2026-12-09T23:00:00Z' },
      windows: [{ from: WEDNESDAY }],
      moved: { kind: 'extended', votes: null },
    });
    expect((await office.store.plans.list(office.migrationId))[0]?.state).toBe('paused');
  });

  it('13: an outage that is typed moves the window with it, and both are judged', async () => {
    const office = await openWithReserve(database);
    const facts = await ask(
      office,
      'postpone from="2026-12-10 16:00" to="2026-12-10 22:00" oldPasUntil="2026-12-12 17:00"',
    );
    expect(facts).toMatchObject({
      outage: { from: '2026-12-10T16:00:00Z', to: '2026-12-10T22:00:00Z' },
      oldPasUntil: '2026-12-12T17:00:00Z',
      windows: [{ from: '2026-12-10T20:15:00Z', to: '2026-12-10T23:30:00Z' }],
    });
  });

  it('13: refused or asked for: closed hours, a window before its outage, a past one, how long the old PAS answers', async () => {
    const office = await openWithReserve(database);
    expect(await office.as('e-rs-lead').refused('postpone window="2026-12-09 10:00"')).toBe('working-hours');
    expect(
      await office
        .as('e-rs-lead')
        .refused('postpone from="2026-12-09 22:00" to="2026-12-10 01:00" window="2026-12-09 20:15"'),
    ).toBe('window-before-outage');
    expect(await office.as('e-rs-lead').refused('postpone window="2026-12-07 20:15"')).toMatch(/past/);
    const later = await office.as('e-rs-lead').type('postpone window="2026-12-15 20:15"');
    expect(later).toMatchObject({ kind: 'form', form: { fields: [{ name: 'oldPasUntil' }] } });
    expect(await outageOf(office)).toMatchObject({ from: '2026-12-08T17:00:00Z' });
  });
});
