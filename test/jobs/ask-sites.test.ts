import { expect, it } from 'vitest';
import { askAfter } from '../../src/jobs/ask-after.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { type Office, openOffice } from '../support/office.ts';

const MORNING = '2026-12-09T09:00:00Z';

async function asked(office: Office, at: string): Promise<readonly string[]> {
  await office.connection.db.deleteFrom('posting').where('kind', '=', 'call').execute();
  await askAfter.run(office.store, Temporal.Instant.from(at));
  const calls = await office.connection.db
    .selectFrom('posting')
    .select('message')
    .where('kind', '=', 'call')
    .orderBy('id')
    .execute();
  return calls.map(({ message }) => message ?? '');
}

eachDatabase('25: the morning after', (database) => {
  it('25: the next morning each site is asked for slots, until it has said that they arrived', async () => {
    const office = await openOffice(await database.open(), { now: MORNING });
    await givenGoLive(office);
    expect(await asked(office, '2026-12-08T23:00:00Z')).toEqual([]);
    expect((await asked(office, MORNING))[0]).toContain('Did slots arrive at XR101, XR102, XR103?');
    await office.as('service-definer').done('polls arrived XR101,XR103');
    await office.as('service-definer').done('polls missing XR102 problem="no slots at all"');
    const calls = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .execute();
    expect(calls.at(-1)?.message).toContain('No slots this morning at XR102: no slots at all');
    expect((await asked(office, '2026-12-10T09:00:00Z'))[0]).toContain('Did slots arrive at XR102?');
    await office.as('e-rs-lead').done('polls arrived all');
    expect((await asked(office, '2026-12-11T09:00:00Z')).filter((words) => words.includes('Did slots'))).toEqual([]);
    expect(await office.as('tester').refused('polls arrived XR999')).toBe('unknown-site');
    expect(await office.as('tester').type('polls missing XR101')).toMatchObject({ kind: 'form' });
  });

  it('25: whoever was stopped at 9am asks later that day, once', async () => {
    const office = await openOffice(await database.open(), { now: MORNING });
    await givenGoLive(office);
    const calls = () => office.connection.db.selectFrom('posting').select('id').where('kind', '=', 'call').execute();
    for (const at of ['08:00', '11:00', '12:00'])
      await askAfter.run(office.store, Temporal.Instant.from(`2026-12-09T${at}:00Z`));
    expect(await calls()).toHaveLength(2);
    await askAfter.run(office.store, Temporal.Instant.from('2026-12-10T09:00:00Z'));
    expect(await calls()).toHaveLength(4);
  });

  it('26: counts that are due are asked for, and not once they are there', async () => {
    const office = await openOffice(await database.open(), { now: MORNING });
    await givenGoLive(office);
    const counts = async (at: string) => (await asked(office, at)).filter((words) => words.startsWith('Appointment'));
    expect(await counts(MORNING)).toEqual([expect.stringContaining('the count of day +1 is due')]);
    await office.as('e-rs-lead').done('asi +1 7000001 routine 3');
    expect(await counts('2026-12-10T09:00:00Z')).toEqual([]);
    expect(await counts('2026-12-11T09:00:00Z')).toEqual([expect.stringContaining('day +3 is due')]);
  });

  it('10: a run that stopped and went on in a reserve window two weeks later went live then', async () => {
    const office = await openOffice(await database.open(), { now: MORNING });
    await givenGoLive(office);
    await office.connection.db.updateTable('run').set({ started_at: '2026-11-24T20:30:00Z' }).execute();
    const calls = await asked(office, MORNING);
    expect(calls[0]).toContain('Did slots arrive at XR101, XR102, XR103?');
    expect(calls[1]).toContain('the count of day +1 is due');
    expect(await office.as('e-rs-lead').refused('asi +7 7000001 routine 3')).toBe('count-ahead');
    await office.as('e-rs-lead').done('asi +1 7000001 routine 3');
    expect((await office.as('e-rs-lead').done('status')).waitsForYou).toContain(
      'Plan 1: did slots arrive at XR101, XR102, XR103? /bsu polls arrived XR101',
    );
  });
});
