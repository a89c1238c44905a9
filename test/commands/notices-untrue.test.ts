import { beforeEach, expect, it } from 'vitest';
import { goOut, OUTAGE, readyToAnnounce, sendNow } from '../support/announced.ts';
import { eachDatabase } from '../support/database.ts';
import { type Colleague, type Office, openOffice } from '../support/office.ts';

eachDatabase('a notice that would say what is not so', (database) => {
  let office: Office;
  let lead: Colleague;
  beforeEach(async () => {
    office = await openOffice(await database.open());
    lead = office.as('communications-lead');
    await readyToAnnounce(office);
    await sendNow(office, 'planned');
    await goOut(office);
  });
  const ends = (to: string) => office.store.migrations.setOutage(office.migrationId, { ...OUTAGE, to }, null);
  async function refusal(text: string) {
    const outcome = await lead.type(text);
    if (outcome.kind !== 'refusal') throw new Error(`${text}: ${outcome.kind}`);
    return outcome.refusal;
  }

  it('21: nobody is told that it takes longer until a later end is set; the next step is to set it', async () => {
    office.clock.set('2026-12-15T22:50:00Z');
    const { message, remedy } = await refusal('send extended');
    expect(message).toContain('people were told that it ends Tuesday 15 December 2026, 11pm, and no later end is set');
    expect(remedy[0]).toMatchObject({ verb: 'outage', input: { what: 'set' } });
    await ends('2026-12-15T21:00:00Z');
    expect((await refusal('send extended')).message).toContain('send “moved”');
    expect(await lead.done('send moved')).toMatchObject({ mails: 3 });
    await ends('2026-12-16T01:00:00Z');
    expect(await lead.done('send extended')).toMatchObject({ mails: 3 });
    await sendNow(office, 'update');
    await goOut(office);
    expect(await lead.done('send extended')).toMatchObject({ mails: 3 });
  });

  it('21: nor that it has moved, while it is as they know it', async () => {
    expect((await refusal('send moved')).message).toContain('as people were told');
  });

  it('21: nor that it has started before it has', async () => {
    const { code, remedy } = await refusal('send started');
    expect(code).toBe('before-the-start');
    const [then] = remedy;
    expect((await lead.click(then?.verb ?? '', { ...then?.input })).kind).toBe('answer');
    office.clock.set(OUTAGE.from);
    expect(await lead.done('send started')).toMatchObject({ mails: 3 });
  });
});
