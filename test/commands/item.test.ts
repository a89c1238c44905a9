import { beforeAll, expect, it } from 'vitest';
import type { ChecklistFacts } from '../../src/domain/checklist-answers.ts';
import { remindOwners } from '../../src/jobs/remind-owners.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { idOf } from '../support/office-plan.ts';
import { openPlanOffice } from '../support/plan-office.ts';

const HOLIDAYS = {
  source: 'a test',
  coveredFrom: '2026-01-01',
  coveredTo: '2027-12-31',
  days: new Map([['2026-12-25', 'Christmas Day']]),
};
const ADD = 'item The switchboard knows the night owner=communications-lead gate=submit due=2026-12-07';

eachDatabase('items of our own', (database) => {
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);
  const lines = (facts: Record<string, unknown>) => (facts as unknown as ChecklistFacts).items;
  const messages = async (office: Office) =>
    office.connection.db.selectFrom('posting').select(['people', 'message']).where('kind', '=', 'direct').execute();
  const at = async (office: Office, time: string) => {
    office.clock.set(time);
    await remindOwners(HOLIDAYS).run(office.store, office.clock.now());
  };

  it('7: an item of the migration’s own has an owner, a gate and a date, blocks its step, and is ticked by its owner', async () => {
    const office = await openPlanOffice(database);
    const added = lines(await office.as('planner').done(ADD)).at(-1);
    expect(added).toMatchObject({
      key: 'own-1',
      owner: 'communications lead',
      due: '2026-12-07',
      done: false,
      late: false,
    });
    await office.as('planner').done('plan site=XR101,XR102 --save');
    const blocked = (await office.as('planner').done('show')).plan as { blockers: readonly string[] };
    expect(blocked.blockers.join()).toContain('The switchboard knows the night (communications lead)');
    expect(await office.as('tester').refused('checklist own-1 told them')).toBe('not-the-owner');
    const done = lines(await office.as('communications-lead').done('checklist own-1 told them on Monday')).at(-1);
    expect(done).toMatchObject({ done: true, because: 'told them on Monday' });
    const open = (await office.as('planner').done('show')).plan as { blockers: readonly string[] };
    expect(open.blockers.join()).not.toContain('switchboard');
  });

  it('7: only the e-RS lead takes an own item off, and nobody one of the guidance', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done(ADD);
    expect(await office.as('planner').refused('item own-1 remove')).toBe('role');
    expect(await office.as('e-rs-lead').refused('item stakeholders remove')).toBe('item-of-guidance');
    expect(lines(await office.as('e-rs-lead').done('item own-1 remove')).map(({ key }) => key)).not.toContain('own-1');
    expect(await office.as('planner').refused('item own-1 due=2026-12-01')).toBe('no-item');
    const again = lines(await office.as('planner').done(ADD)).at(-1);
    expect(again?.key).toBe('own-2');
    expect((await office.as('planner').type('item')).kind).toBe('form');
  });

  it('7: a date is set on an item of the guidance, changed, and taken away; a late one says so', async () => {
    const office = await openPlanOffice(database);
    const due = async (text: string) =>
      lines(await office.as('e-rs-lead').done(text)).find(({ key }) => key === 'test-booking');
    expect(await due('item test-booking due=2026-11-30')).toMatchObject({ due: '2026-11-30', late: true });
    expect(await due('item test-booking due=2026-12-04')).toMatchObject({ due: '2026-12-04', late: false });
    expect(await due('item test-booking due=none')).toMatchObject({ due: null });
    expect((await office.as('e-rs-lead').type('item test-booking due=soon')).kind).toBe('form');
  });

  it('7: the owner alone is reminded: the working day before, on the day and while it is late, at 9am', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done(ADD);
    const people = [await idOf(office, 'communications-lead')];
    for (const quiet of ['2026-12-03T09:00:00Z', '2026-12-04T08:00:00Z', '2026-12-05T09:00:00Z'])
      await at(office, quiet);
    expect(await messages(office)).toEqual([]);
    await at(office, '2026-12-04T09:00:00Z');
    expect(await messages(office)).toEqual([
      { people, message: expect.stringContaining('The switchboard knows the night: due Monday 7 December 2026') },
    ]);
    await at(office, '2026-12-07T09:30:00Z');
    await at(office, '2026-12-08T09:00:00Z');
    expect((await messages(office)).map(({ message }) => message).slice(1)).toEqual([
      expect.stringContaining('due today'),
      expect.stringContaining('was due Monday 7 December 2026'),
    ]);
    await office.as('communications-lead').done('checklist own-1 told them');
    await at(office, '2026-12-09T09:00:00Z');
    expect(await messages(office)).toHaveLength(3);
  });

  it('7: a colleague to whom the role is lent is reminded, and its owner, who is away, is not', async () => {
    const office = await openPlanOffice(database);
    await office.as('planner').done(ADD);
    const lend = 'delegate communications-lead tester@rehearsal.example until="2026-12-11 17:00"';
    await office.as('communications-lead').done(lend);
    await at(office, '2026-12-07T09:00:00Z');
    expect((await messages(office)).map(({ people }) => people)).toEqual([[await idOf(office, 'tester')]]);
  });
});
