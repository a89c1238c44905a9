import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Account } from '../../src/domain/person.ts';
import { eachDatabase } from '../support/database.ts';
import { type Office, openOffice } from '../support/office.ts';
import { idOf } from '../support/office-plan.ts';

eachDatabase('joining a second account', (database) => {
  let office: Office;
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);
  beforeEach(async () => {
    office = await openOffice(await database.open());
  });

  const member: Account = { platform: 'teams', tenant: 'TENANT', userId: 'u-approver', guest: false };
  const from = (account: Account, text: string) => office.dispatch({ account, channel: null, text });
  const codeOf = async (desk: 'approver' | 'planner' = 'approver') => String((await office.as(desk).done('link')).code);
  const ownerOf = async (account: Account) => (await office.store.people.byAccount(account))?.id ?? null;
  const confirm = (account = 'teams:TENANT:u-approver') =>
    office.as('approver').click('link', { answer: 'yes', account });

  it('9: a code from one account, typed in the other and confirmed in the first, joins the two', async () => {
    const code = await codeOf();
    expect(await from(member, `link ${code}`)).toMatchObject({ kind: 'answer', answer: { code: 'link.claimed' } });
    expect(await ownerOf(member)).toBeNull();
    expect(await from(member, 'status')).toMatchObject({ kind: 'refusal', refusal: { code: 'stranger' } });
    expect(await office.as('approver').done('link')).toEqual({ account: 'teams:TENANT:u-approver', minutes: 15 });
    expect(await confirm()).toMatchObject({ kind: 'answer', answer: { facts: { joined: true } } });
    expect(await ownerOf(member)).toBe(await idOf(office, 'approver'));
    const people = await from(member, 'people');
    expect(people.kind).toBe('answer');
    const acts = (await office.store.audit.latest('installation', 5)).map(({ act }) => act);
    expect(acts).toContain('link.claimed');
  });

  it('9: the code is kept as a hash only, works in lower case without hyphens, and is used once', async () => {
    const code = await codeOf();
    const rows = await office.connection.db.selectFrom('account_link').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(code);
    await from(member, `link ${code.toLowerCase().replaceAll('-', '')}`);
    const other = { ...member, userId: 'u-other' };
    expect(await from(other, `link ${code}`)).toMatchObject({ refusal: { code: 'wrong-code' } });
    expect(await from(member, `link ${code}`)).toMatchObject({ refusal: { code: 'wrong-code' } });
  });

  it('9: the code runs out after 15 minutes, typed or not', async () => {
    const code = await codeOf();
    office.clock.set('2026-12-01T19:15:00Z');
    expect(await from(member, `link ${code}`)).toMatchObject({ refusal: { code: 'wrong-code' } });
    const second = await codeOf();
    await from(member, `link ${second}`);
    office.clock.set('2026-12-01T19:30:00Z');
    expect(await confirm()).toMatchObject({ refusal: { code: 'no-link' } });
    expect(await ownerOf(member)).toBeNull();
  });

  it('9: a new code ends the old one; a guessed code opens nothing', async () => {
    const first = await codeOf();
    await office.as('approver').click('link', { answer: 'new' });
    expect(await from(member, `link ${first}`)).toMatchObject({ refusal: { code: 'wrong-code' } });
    expect(await from(member, 'link K222-K222-K222')).toMatchObject({ refusal: { code: 'wrong-code' } });
  });

  it('9: guests and the command line are refused on either side', async () => {
    const code = await codeOf();
    expect(await from({ ...member, guest: true }, `link ${code}`)).toMatchObject({ refusal: { code: 'guest' } });
    const operator: Account = { platform: 'cli', tenant: 'operator', userId: 'somebody', guest: false };
    expect(await from(operator, `link ${code}`)).toMatchObject({ refusal: { code: 'operator' } });
    const asGuest = { ...office.as('approver').account, guest: true };
    expect(await from(asGuest, 'link')).toMatchObject({ refusal: { code: 'guest' } });
    expect(await from(member, `link ${code}`)).toMatchObject({ answer: { code: 'link.claimed' } });
  });

  it('9: an account that somebody has cannot be joined, and only the owner of the code confirms', async () => {
    const code = await codeOf();
    expect(await office.as('planner').refused(`link ${code}`)).toBe('account-known');
    await from(member, `link ${code}`);
    const account = 'teams:TENANT:u-approver';
    expect(await office.as('planner').click('link', { answer: 'yes', account })).toMatchObject({
      refusal: { code: 'no-link' },
    });
    expect(await confirm('teams:TENANT:u-another')).toMatchObject({ refusal: { code: 'stale-card' } });
    expect(await office.as('approver').refused('link yes')).toBe('stale-card');
    expect(await ownerOf(member)).toBeNull();
  });

  it('9: "not mine" joins nothing, and the code is spent', async () => {
    const code = await codeOf();
    await from(member, `link ${code}`);
    expect(await office.as('approver').done('link no')).toMatchObject({ joined: false });
    expect(await confirm()).toMatchObject({ refusal: { code: 'no-link' } });
    expect(await ownerOf(member)).toBeNull();
  });

  it('9: the door of an unknown account is for "link CODE" alone', async () => {
    await codeOf();
    for (const text of ['link', 'link yes', 'link no', 'link new', 'approve K7Q-4F2', 'status']) {
      expect(await from(member, text), text).toMatchObject({ refusal: { code: 'stranger' } });
    }
  });

  it('9: two accounts that type the code at the same moment: one gets it', async () => {
    const code = await codeOf();
    const both = await Promise.all([from(member, `link ${code}`), from({ ...member, userId: 'u-2' }, `link ${code}`)]);
    expect(both.filter(({ kind }) => kind === 'answer')).toHaveLength(1);
  });

  it('9: a grant names the first chat account of a person, never a second', async () => {
    const email = 'approver@rehearsal.example';
    expect(await office.as('e-rs-lead').refused(`grant teams:TENANT:u-approver tester email=${email}`)).toBe(
      'prove-both',
    );
    expect(await ownerOf(member)).toBeNull();
    await office.as('e-rs-lead').done('grant new@rehearsal.example tester name="A new tester"');
    await office.as('e-rs-lead').done('grant teams:TENANT:u-approver approver email=new@rehearsal.example');
    expect(await ownerOf(member)).not.toBeNull();
    expect(await office.as('e-rs-lead').refused(`grant teams:TENANT:u-approver tester email=${email}`)).toBe(
      'account-taken',
    );
  });
});
