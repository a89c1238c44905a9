import { beforeEach, expect, it } from 'vitest';
import type { NoticeFacts, NoticeKind } from '../../src/domain/notice.ts';
import type { ListedRecipient } from '../../src/domain/recipient.ts';
import { eachDatabase } from '../support/database.ts';
import { commissioner, noticeIn, practice } from '../support/notices-office.ts';
import { type Office, openOffice } from '../support/office.ts';

const FIRST = { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' };
const OTHER = { from: '2026-12-15T17:00:00Z', to: '2026-12-15T23:00:00Z' };

eachDatabase('who is informed of the outage as it is now planned', (database) => {
  let office: Office;
  let version = 0;
  beforeEach(async () => {
    office = await openOffice(await database.open());
  });

  /** A notice that was sent to both, unless it is only scheduled. */
  async function tell(kind: NoticeKind, outage: NoticeFacts['outage'], status: 'sent' | 'queued' | 'failed' = 'sent') {
    const facts = { kind, reference: `XR1-1-${++version}`, outage };
    const notice = await noticeIn(office, [commissioner('QA1'), practice('A1')], { facts });
    const now = office.clock.now().toString();
    const { db } = office.connection;
    if (status === 'queued') return notice;
    await db.updateTable('notice').set({ status: 'finished', started_at: now }).where('id', '=', notice.id).execute();
    await db.updateTable('delivery').set({ status, sent_at: now }).where('notice_id', '=', notice.id).execute();
    return notice;
  }
  const state = () => office.store.informed.state(office.migrationId, FIRST.from, 98);

  it('24: who was told of this outage counts, until they are told of another one or that it is cancelled', async () => {
    expect(await state()).toMatchObject({ announced: false });
    await tell('planned', FIRST);
    expect(await state()).toMatchObject({
      announced: true,
      commissioners: { total: 1, told: 1 },
      referrers: { told: 1 },
    });
    // Planned for another day, but nobody heard of that yet.
    await tell('moved', OTHER, 'queued');
    expect(await state()).toMatchObject({ announced: true });
    await tell('moved', OTHER);
    // Back to the first day: what they know is the other one.
    expect(await state()).toMatchObject({ announced: false, commissioners: { total: 0 } });
    await tell('moved', FIRST);
    expect(await state()).toMatchObject({ announced: true, commissioners: { told: 1 } });
  });

  it('24: an outage that was cancelled and is planned again has to be told again', async () => {
    await tell('planned', FIRST);
    await tell('cancelled', FIRST);
    expect(await state()).toMatchObject({ announced: false });
    expect(await office.store.informed.calls(office.migrationId, FIRST.from)).toEqual([]);
    await tell('planned', FIRST, 'failed');
    expect(await state()).toMatchObject({ announced: true, commissioners: { told: 0 } });
    // Told before the cancellation is not told.
    expect(await office.store.informed.calls(office.migrationId, FIRST.from)).toMatchObject([{ code: 'QA1' }]);
  });

  it('24: a commissioner who comes onto the list later is not told, and is a telephone task', async () => {
    await tell('planned', FIRST);
    const list = (code: string, more: Partial<ListedRecipient> = {}) =>
      office.store.recipients.load(office.migrationId, [commissioner(code, more)], `${code}.csv`);
    await list('QA1');
    expect(await state()).toMatchObject({ commissioners: { total: 1, left: [] } });
    // Ended before the outage, begins after it, or has the mailbox of one who was told.
    await list('QB1', { to: '2026-12-07' });
    await list('QB2', { from: '2026-12-09' });
    await list('QB3', { email: ' QA1@commissioner.example' });
    expect(await state()).toMatchObject({ commissioners: { total: 1, left: [] } });
    // Becomes one on the very day.
    await list('QC1', { from: '2026-12-08' });
    expect(await state()).toMatchObject({ commissioners: { total: 2, told: 1, left: [{ code: 'QC1' }] } });
    const calls = await office.store.informed.calls(office.migrationId, FIRST.from);
    expect(calls).toMatchObject([{ code: 'QC1', status: 'not sent', phonedAt: null }]);
    const lead = office.as('communications-lead');
    await office.store.migrations.setOutage(office.migrationId, FIRST, null);
    await lead.done('calls done=QC1 note="spoke to the duty manager"');
    expect(await state()).toMatchObject({ commissioners: { total: 2, told: 2, left: [] } });
  });

  it('24: a reminder, a start and an update of the same outage change nothing', async () => {
    await tell('planned', FIRST);
    await tell('reminder', FIRST);
    await tell('update', null);
    await tell('extended', { ...FIRST, to: '2026-12-09T02:00:00Z' });
    expect(await state()).toMatchObject({ announced: true, commissioners: { told: 1 } });
  });
});
