import { beforeAll, expect, it } from 'vitest';
import { endDelegations } from '../../src/jobs/end-delegations.ts';
import { eachDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';
import { idOf } from '../support/office-plan.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';

const TESTER = 'tester@rehearsal.example';

eachDatabase('lending a role', (database) => {
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);

  it('9: the colleague votes in the owner’s place, and the card says for whom', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    await office.as('approver').done(`approve ${code}`);
    await office.as('second-approver').done(`approve ${code}`);
    expect(await office.as('tester').refused(`approve ${code}`)).toBe('no-vote-role');
    const lend = `delegate clinical-safety-officer ${TESTER} until="2026-12-03 17:00"`;
    expect(await office.as('clinical-safety-officer').done(lend)).toMatchObject({ until: '2026-12-03T17:00:00Z' });
    const facts = await office.as('tester').done(`approve ${code}`);
    expect(facts.state).toBe('approved');
    expect(facts.votes).toContainEqual(
      expect.objectContaining({ by: 'The tester for The clinical-safety-officer', role: 'clinical-safety-officer' }),
    );
    office.clock.set('2026-12-04T09:00:00Z');
    expect((await office.as('planner').done('show 1')).plan).toMatchObject({ state: 'approved', needed: [] });
  });

  it('9: one vote between the two, whoever votes first', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    await office.as('approver').done(`delegate approver ${TESTER} until="2026-12-03 17:00"`);
    await office.as('tester').done(`approve ${code}`);
    const own = await office.as('approver').done(`approve ${code}`);
    expect(own.needed).toContainEqual(expect.objectContaining({ role: 'approver', count: 1 }));
    expect(own.couldVote).toContain('The second-approver');
  });

  it('9: the role goes back at its time, and when its owner takes it back or loses it', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    const roles = async () => office.store.people.rolesOf(await idOf(office, 'tester'), office.migrationId);
    const lead = office.as('e-rs-lead');
    await office.as('approver').done(`delegate approver ${TESTER} until="2026-12-03 17:00"`);
    expect(await roles()).toContain('approver');
    office.clock.set('2026-12-03T17:00:00Z');
    expect(await office.as('tester').refused(`approve ${code}`)).toBe('no-vote-role');
    await endDelegations.run(office.store, office.clock.now());
    expect(await roles()).not.toContain('approver');
    await office.as('approver').done(`delegate approver ${TESTER} until="2026-12-04 17:00"`);
    expect(await office.as('approver').done('delegate end')).toEqual({ roles: ['approver'] });
    expect(await roles()).not.toContain('approver');
    await office.as('approver').done(`delegate approver ${TESTER} until="2026-12-04 17:00"`);
    await lead.done('revoke approver@rehearsal.example approver');
    expect(await roles()).not.toContain('approver');
  });

  it('9: what is lent is not lent on, nor twice, nor to oneself or a stranger, nor for long', async () => {
    const office = await openOffice(await database.open());
    const approver = office.as('approver');
    await approver.done(`delegate approver ${TESTER} until="2026-12-03 17:00"`);
    const observer = 'observer@rehearsal.example until="2026-12-03 17:00"';
    expect(await office.as('tester').refused(`delegate approver ${observer}`)).toBe('not-yours');
    expect(await approver.refused(`delegate approver ${observer}`)).toBe('lent-already');
    expect(await approver.refused('delegate approver approver@rehearsal.example until="Friday 5pm"')).toBe(
      'unknown-person',
    );
    expect(await approver.refused('delegate approver nobody@rehearsal.example until="Friday 5pm"')).toBe(
      'unknown-person',
    );
    expect(await approver.refused(`delegate approver ${TESTER} until="2027-12-03 17:00"`)).toBe('lent-time');
    expect(await approver.refused(`delegate approver ${TESTER} until="2026-11-03 17:00"`)).toBe('lent-time');
    const second = 'second-approver@rehearsal.example until="2026-12-03 17:00"';
    await approver.done('delegate end');
    expect(await approver.refused(`delegate approver ${second}`)).toBe('lent-already');
    expect((await approver.type('delegate')).kind).toBe('form');
  });

  it('9: with a lent role nobody gives themselves a lasting one', async () => {
    const office = await openOffice(await database.open());
    await office.as('e-rs-lead').done(`delegate e-rs-lead ${TESTER} until="2026-12-03 17:00"`);
    expect(await office.as('tester').refused(`grant ${TESTER} e-rs-lead`)).toBe('lent-role');
    expect(await office.as('tester').refused(`grant ${TESTER} approver`)).toBe('lent-role');
    await office.as('tester').done('grant observer@rehearsal.example tester');
  });

  it('9: a grant makes a lent role one’s own', async () => {
    const office = await openOffice(await database.open());
    await office.as('approver').done(`delegate approver ${TESTER} until="2026-12-03 17:00"`);
    await office.as('e-rs-lead').done(`grant ${TESTER} approver`);
    office.clock.set('2026-12-04T09:00:00Z');
    await office.as('tester').done('people');
    expect(await office.store.people.rolesOf(await idOf(office, 'tester'), office.migrationId)).toContain('approver');
  });
});
