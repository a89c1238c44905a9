import { beforeEach, expect, it } from 'vitest';
import type { NoticeShownFacts } from '../../src/domain/notice-answers.ts';
import { goOut, planIn, readyToAnnounce, sendNow } from '../support/announced.ts';
import { eachDatabase } from '../support/database.ts';
import { type Colleague, type Office, openOffice } from '../support/office.ts';

const LATER = { from: '2026-12-22T17:00:00Z', to: '2026-12-22T23:00:00Z' };
const MORNING = '2026-12-02T09:00:00Z';

eachDatabase('a notice that is not true any more', (database) => {
  let office: Office;
  let lead: Colleague;
  beforeEach(async () => {
    office = await openOffice(await database.open());
    lead = office.as('communications-lead');
    await readyToAnnounce(office);
  });

  /** For tomorrow, 9am; gives its number. */
  async function scheduled(): Promise<string> {
    await lead.done('send planned test');
    const { code } = await lead.done('send planned');
    const { id } = await lead.done(`send planned code=${code}`);
    expect(await goOut(office)).toHaveLength(1);
    return String(id);
  }
  function shown(id: string): Promise<NoticeShownFacts> {
    return lead.done(`notices ${id}`) as Promise<unknown> as Promise<NoticeShownFacts>;
  }
  async function newest(): Promise<string> {
    return String((await office.store.notices.list(office.migrationId)).at(-1)?.id);
  }
  function outage(span: typeof LATER): Promise<void> {
    return office.store.migrations.setOutage(office.migrationId, span, null);
  }
  async function calls(): Promise<readonly (string | null)[]> {
    const query = office.connection.db.selectFrom('posting').select('message').where('kind', '=', 'call');
    return (await query.execute()).map(({ message }) => message);
  }

  it('21: waits no longer once the outage got another time: it is held, and the thread says so once', async () => {
    const id = await scheduled();
    await office
      .as('planner')
      .done('outage what=set from="2026-12-22 17:00" to="2026-12-22 23:00" oldPasUntil="2026-12-23 17:00"');
    office.clock.set(MORNING);
    expect(await goOut(office)).toHaveLength(0);
    expect(await shown(id)).toMatchObject({ status: 'held', heldWhy: expect.stringContaining('is now Tuesday 22') });
    expect(await goOut(office)).toHaveLength(0);
    expect((await calls()).filter((words) => words?.includes('is held'))).toHaveLength(1);
    expect(await lead.refused(`hold ${id} off`)).toBe('overtaken');
    await lead.done(`hold ${id} withdraw`);
    await sendNow(office, 'planned');
    expect(await goOut(office)).toHaveLength(4);
  });

  it('21: does not announce a plan that was withdrawn', async () => {
    const id = await scheduled();
    await office.as('planner').done('withdraw the supplier is late');
    office.clock.set(MORNING);
    expect(await goOut(office)).toHaveLength(0);
    expect(await shown(id)).toMatchObject({ status: 'held', heldWhy: expect.stringContaining('is withdrawn') });
  });

  it('21: waits for the votes where its plan changed since, and goes on after them', async () => {
    const id = await scheduled();
    await office.connection.db.updateTable('plan').set({ state: 'submitted' }).execute();
    expect(await goOut(office)).toHaveLength(0);
    expect(await shown(id)).toMatchObject({ status: 'scheduled' });
    office.clock.set(MORNING);
    expect(await goOut(office)).toHaveLength(0);
    expect(await lead.refused(`hold ${id} off`)).toBe('overtaken');
    await office.connection.db.updateTable('plan').set({ state: 'approved' }).execute();
    await lead.done(`hold ${id} off`);
    expect(await goOut(office)).toHaveLength(3);
  });

  it('21: does not say the old services, nor the old words, of a plan that was changed and approved again', async () => {
    const id = await scheduled();
    const { db } = office.connection;
    await db.deleteFrom('plan_service').where('service_id', '=', '7000002').execute();
    office.clock.set(MORNING);
    expect(await goOut(office)).toHaveLength(0);
    expect(await shown(id)).toMatchObject({
      status: 'held',
      heldWhy: expect.stringContaining('It says 2 services; its plan has 1 now.'),
    });
    await lead.done(`hold ${id} withdraw`);
    office.clock.set('2026-12-02T20:00:00Z');
    const next = await scheduled();
    await office.store.notices.setWording(
      office.migrationId,
      [{ kind: 'all', field: 'contactPhone', text: '0300 765 4321' }],
      1,
      MORNING,
    );
    office.clock.set('2026-12-03T09:00:00Z');
    expect(await goOut(office)).toHaveLength(0);
    expect(await shown(next)).toMatchObject({
      heldWhy: expect.stringContaining('The texts of the notices have changed'),
    });
  });

  it('21: announces nothing that has begun meanwhile', async () => {
    const id = await scheduled();
    office.clock.set('2026-12-15T18:00:00Z');
    expect(await goOut(office)).toHaveLength(0);
    expect(await shown(id)).toMatchObject({ status: 'held' });
  });

  it('21: held half-way, does not go on after the moved notice; nor is it sent again to those whom it did not reach', async () => {
    await sendNow(office, 'planned');
    const old = await newest();
    expect(await goOut(office)).toHaveLength(4);
    const { db } = office.connection;
    await db.updateTable('delivery').set({ status: 'queued' }).where('code', '=', 'A1').execute();
    await db.updateTable('delivery').set({ status: 'failed' }).where('code', '=', 'A2').execute();
    await db.updateTable('notice').set({ status: 'held' }).where('id', '=', Number(old)).execute();
    await outage(LATER);
    await sendNow(office, 'moved');
    const moved = await newest();
    expect(await goOut(office)).toHaveLength(4);
    expect(await lead.refused(`hold ${old} off`)).toBe('overtaken');
    await db.updateTable('notice').set({ status: 'finished' }).where('id', '=', Number(old)).execute();
    expect(await lead.refused(`resend failed notice=${old}`)).toBe('overtaken');
    await db.updateTable('delivery').set({ status: 'unknown' }).where('code', '=', 'A2').execute();
    expect(await lead.refused(`resend unknown code=A2 as=again notice=${old}`)).toBe('overtaken');
    expect(await lead.done(`resend unknown code=A2 as=arrived notice=${old}`)).toMatchObject({ counts: { sent: 2 } });
    expect(await lead.done(`resend unknown code=A2 as=again notice=${moved}`)).toMatchObject({ counts: { queued: 1 } });
    expect(await goOut(office)).toHaveLength(1);
  });

  it('21: after a reminder or an update those whom the first did not reach can still be sent it', async () => {
    await sendNow(office, 'planned');
    const first = await newest();
    await goOut(office);
    await office.connection.db.updateTable('delivery').set({ status: 'failed' }).where('code', '=', 'A1').execute();
    for (const kind of ['reminder', 'update']) {
      await sendNow(office, kind);
      await goOut(office);
    }
    expect(await lead.done(`resend failed notice=${first}`)).toMatchObject({ counts: { queued: 1 } });
  });

  it('21: one that nobody got before it was held leaves nothing to move, and stands in nobody’s way', async () => {
    await sendNow(office, 'planned');
    const held = await newest();
    await lead.done('hold');
    await outage(LATER);
    await office.connection.db.updateTable('plan').set({ state: 'submitted' }).execute();
    expect(await lead.refused('send moved')).toBe('notice-locked');
    await office.connection.db.updateTable('plan').set({ state: 'approved' }).execute();
    expect(await lead.done('send planned')).toMatchObject({ notice: { earlierOutage: null, replaces: null } });
    await sendNow(office, 'planned');
    expect(await lead.refused(`hold ${held} off`)).toBe('overtaken');
  });

  it('21: a notice about another plan of the same outage takes nothing away from it', async () => {
    await sendNow(office, 'planned');
    const first = await newest();
    await goOut(office);
    await office.connection.db.updateTable('delivery').set({ status: 'failed' }).where('code', '=', 'A1').execute();
    await planIn(office, 'approved', ['7000009']);
    await lead.done('send planned test plan=2');
    const { code } = await lead.done('send planned now plan=2');
    await lead.done(`send planned code=${code} plan=2 at=now`);
    await goOut(office);
    expect(await lead.done(`resend failed notice=${first}`)).toMatchObject({ counts: { queued: 1 } });
  });
});
