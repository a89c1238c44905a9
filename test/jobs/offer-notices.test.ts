import { expect, it } from 'vitest';
import { offerNotices } from '../../src/jobs/offer-notices.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import { noticeIn, practice } from '../support/notices-office.ts';
import { type Office, openOffice } from '../support/office.ts';

const TOLD = { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' };
const MOVED = { from: '2026-12-15T17:00:00Z', to: '2026-12-15T23:00:00Z' };

eachDatabase('notices that the machine asks for', (database) => {
  let office: Office;
  const calls = () =>
    office.connection.db.selectFrom('posting').select(['message', 'people']).where('kind', '=', 'call').execute();
  const after = async (minutes: number) => {
    office.clock.set(office.clock.now().add({ minutes }).toString());
    await offerNotices.run(office.store, office.clock.now());
  };

  it('21: an outage that was changed after people were told is called out once, after a while, and stands in the list', async () => {
    office = await openOffice(await database.open());
    await office.store.migrations.setOutage(office.migrationId, TOLD, null);
    await noticeIn(office, [practice('A1')]);
    await office.connection.db
      .updateTable('notice')
      .set({ status: 'finished', started_at: '2026-12-01T09:00:00Z' })
      .execute();
    await after(1);
    expect(await calls()).toEqual([]);
    await office.store.migrations.setOutage(office.migrationId, MOVED, null);
    await after(1);
    await after(4);
    expect(await calls()).toEqual([]);
    await after(1);
    const [first, ...rest] = await calls();
    expect(rest).toEqual([]);
    expect(first?.message).toContain('Tuesday 15 December 2026');
    expect(first?.message).toContain('/bsu send moved');
    expect(first?.people).toHaveLength(2);
    await after(60);
    expect(await calls()).toHaveLength(1);
    const listed = await office.as('communications-lead').type('notices');
    if (listed.kind !== 'answer') throw new Error('it was not answered');
    expect(cardOf(listed.answer).headline).toBe('People have to be told: outage moved');
    expect(listed.answer.next[0]).toMatchObject({ verb: 'send', input: { kind: 'moved' } });
  });
});
