import { afterEach, expect, it } from 'vitest';
import type { Request } from '../../../src/dispatch.ts';
import { planPages } from '../../../src/surfaces/web/plan-pages.ts';
import { eachDatabase } from '../../support/database.ts';
import { openPageOffice, type PageOffice, press } from '../../support/page-office.ts';
import { submitted } from '../../support/plan-office.ts';

eachDatabase('personal pages', (database) => {
  let here: PageOffice;
  afterEach(() => here.close());

  async function open(given: Parameters<typeof openPageOffice>[2] = {}) {
    here = await openPageOffice(database, planPages, given);
    await submitted(here.office);
    return here;
  }
  const votes = () => here.office.connection.db.selectFrom('vote').select('person_id').execute();

  it('a link is looked at as often as anybody likes, and opens once', async () => {
    await open();
    const link = await here.linkOf('approver', 'show 1');
    const before = await rowsOfEverything();
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(link, { method })).status).toBe(200);
    expect(await rowsOfEverything()).toEqual(before);
    expect(await (await fetch(link)).text()).toContain('Open as The approver');
    const first = await press(link, {});
    expect(first.status).toBe(303);
    expect(first.headers.get('location')).toBe('/pages/1/plans/1');
    const second = await press(link, {});
    expect(second.status).toBe(410);
    expect(second.headers.get('set-cookie')).toBeNull();
    expect((await fetch(link)).status).toBe(410);
  });

  it('of two presses at the same moment one gets the session', async () => {
    await open();
    const link = await here.linkOf('approver', 'show 1');
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await press(link, {})).status));
    expect(statuses.toSorted()).toEqual([303, 410, 410, 410]);
  });

  it('a link lasts 15 minutes and a session 12 hours, by the clock of the machine and not of the rehearsal', async () => {
    await open();
    const [late, good] = [await here.linkOf('approver', 'show 1'), await here.linkOf('approver', 'show 1')];
    here.office.clock.set('2026-12-02T19:00:00Z');
    here.systemClock.set('2030-01-01T09:14:59Z');
    const at = await here.visit(good);
    expect((await at.get()).status).toBe(200);
    here.systemClock.set('2030-01-01T09:15:00Z');
    expect((await press(late, {})).status).toBe(410);
    here.systemClock.set('2030-01-01T21:14:58Z');
    expect((await at.get()).status).toBe(200);
    here.systemClock.set('2030-01-01T21:14:59Z');
    expect((await at.get()).status).toBe(401);
  });

  it('the cookie is for this host and our own pages alone; over https it is sent nowhere else', async () => {
    await open({ publicUrl: 'https://changeover.example' });
    const link = await here.linkOf('approver', 'show 1');
    const { headers } = await press(link, {});
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-changeover=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/,
    );
    await here.close();
    await open();
    const plain = await press(await here.linkOf('approver', 'show 1'), {});
    expect(plain.headers.get('set-cookie')).toMatch(/^changeover=.*; HttpOnly; SameSite=Strict$/);
  });

  it('no page of a person is kept, found by a search engine, framed, or passed on', async () => {
    await open();
    const link = await here.linkOf('approver', 'show 1');
    const look = await fetch(link);
    const at = await here.visit(link);
    for (const { headers } of [look, await at.get(), await fetch(`${here.url}/pages/1/plans/1`)]) {
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  it('the database holds neither a link nor a session as it was given out', async () => {
    await open();
    const link = await here.linkOf('approver', 'show 1');
    const at = await here.visit(link);
    const everything = JSON.stringify(await rowsOfEverything());
    expect(everything).not.toContain(link.split('/').at(-1));
    expect(everything).not.toContain(at.cookie.split('=')[1]);
    expect(everything).toContain('page.session-started');
  });

  it('an answer that others may see has no link; the cards in the channel have none', async () => {
    await open();
    const { account } = here.office.as('approver');
    const seen: Request = { account, channel: here.office.channel, text: 'show 1' };
    const outcome = await here.office.dispatch(seen);
    expect(outcome).toMatchObject({ kind: 'answer', answer: { code: 'plan.opened' } });
    expect(JSON.stringify(outcome)).not.toContain('/open/');
    expect(await here.linksOf('approver', 'show 1')).toHaveLength(1);
    expect(await here.office.connection.db.selectFrom('page_link').select('id').execute()).toHaveLength(1);
  });

  it('a session ends by leaving, and when a role is taken away', async () => {
    await open();
    const [first, second] = [await here.linkOf('approver', 'show 1'), await here.linkOf('approver', 'show 1')];
    const [at, other] = [await here.visit(first), await here.visit(second)];
    await press(`${here.url}/pages/leave`, {}, { cookie: at.cookie });
    expect((await at.get()).status).toBe(401);
    expect((await other.get()).status).toBe(200);
    const unused = await here.linkOf('approver', 'show 1');
    await here.office.as('e-rs-lead').done('revoke approver@rehearsal.example approver');
    expect((await other.get()).status).toBe(401);
    expect((await press(unused, {})).status).toBe(410);
  });

  it('whoever has a session already goes straight on; another person gets the button', async () => {
    await open();
    const at = await here.visit(await here.linkOf('approver', 'show 1'));
    const mine = await here.linkOf('approver', 'show 1');
    const theirs = await here.linkOf('second-approver', 'show 1');
    const go = (link: string) => fetch(link, { headers: { cookie: at.cookie }, redirect: 'manual' });
    expect((await go(mine)).headers.get('location')).toBe('/pages/1/plans/1');
    expect((await go(theirs)).status).toBe(200);
    expect(await (await go(theirs)).text()).toContain('Open as The second-approver');
  });

  it('8: a vote on the page is a vote of that person on the code that the page showed', async () => {
    await open();
    const at = await here.visit(await here.linkOf('approver', 'show 1'));
    const code = await at.code();
    const done = await at.send('approve', { plan: '1', code });
    expect(done.status).toBe(200);
    expect(done.page).toContain('✔ approver');
    const approver = await here.office.store.people.byEmail('approver@rehearsal.example');
    expect(await votes()).toEqual([{ person_id: approver?.id }]);
    const late = await here.visit(await here.linkOf('second-approver', 'show 1'));
    const ticket = await late.ticket();
    await here.office.as('planner').done('plan 1 remove=7000011 --save');
    const refused = await late.send('approve', { plan: '1', code }, ticket);
    expect(refused.status).toBe(422);
    expect(refused.page).toContain(`That card showed ${code}`);
    expect(await late.code()).not.toBe(code);
    expect(await votes()).toHaveLength(1);
  });

  it('9: the author is refused on the page as in chat, in place, with the plan still on it', async () => {
    await open();
    const at = await here.visit(await here.linkOf('planner', 'show 1'));
    const { status, page } = await at.send('approve', { plan: '1', code: await at.code() });
    expect(status).toBe(422);
    expect(page).toContain('You wrote this plan');
    expect(page).toContain('7000011');
    expect(await votes()).toEqual([]);
  });

  it('the same press twice is carried out once', async () => {
    await open();
    const at = await here.visit(await here.linkOf('approver', 'show 1'));
    const ticket = await at.ticket();
    const code = await at.code();
    const both = await Promise.all([1, 2].map(() => at.send('approve', { plan: '1', code }, ticket)));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both.filter(({ page }) => page.includes('That was sent already'))).toHaveLength(1);
    expect(await votes()).toHaveLength(1);
  });

  it('nothing is done for another site, without a session, or from a page of an earlier person', async () => {
    await open();
    const at = await here.visit(await here.linkOf('approver', 'show 1'));
    const theirs = await here.visit(await here.linkOf('second-approver', 'show 1'));
    const fields = { ...(await at.ticket()), _verb: 'approve', plan: '1', code: await at.code() };
    const to = `${here.url}${at.path}`;
    const cookie = { cookie: at.cookie };
    const tries = [
      press(to, fields),
      press(to, { ...fields, _token: '' }, cookie),
      press(to, fields, { cookie: theirs.cookie }),
      press(to, fields, { ...cookie, origin: 'https://evil.example' }),
      press(to, fields, { ...cookie, 'sec-fetch-site': 'cross-site' }),
      press(to, fields, { ...cookie, 'sec-fetch-site': 'same-site' }),
    ];
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([401, 409, 409, 403, 403, 403]);
    expect(await votes()).toEqual([]);
    // What a browser sends with our own form: no address is passed on, so the origin is unknown.
    const own = await press(to, fields, { ...cookie, origin: 'null', 'sec-fetch-site': 'same-origin' });
    expect(own.status).toBe(200);
    expect(await votes()).toHaveLength(1);
  });

  it('29: a page of a migration in which one has no role is refused', async () => {
    await open();
    const at = await here.visit(await here.linkOf('approver', 'show 1'));
    for (const path of ['/pages/99/plans/1', '/pages/x/plans/1']) {
      const answer = await at.get(path);
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('There is no migration');
    }
  });

  it('a form asks for what is missing, shows a refusal in place, and loses nothing that was typed', async () => {
    await open();
    const at = await here.visit(await here.linkOf('clinical-safety-officer', 'show 1'));
    const asked = await at.send('reject', { plan: '1', code: await at.code() });
    expect(asked.status).toBe(200);
    const form = hiddenIn(asked.page, '_form');
    expect(form).toContain('"verb":"reject"');
    const ticket = { _token: hiddenIn(asked.page, '_token'), _once: hiddenIn(asked.page, '_once'), _form: form };
    const wrong = await at.send('reject', { code: 'AAA-222', reason: 'too <early> for winter' }, ticket);
    expect(wrong.status).toBe(422);
    expect(wrong.page).toContain('too &lt;early&gt; for winter');
    expect(wrong.page).toContain('There is a problem');
  });

  it('28: patient data in a field is refused on the page, and not repeated', async () => {
    await open();
    const at = await here.visit(await here.linkOf('clinical-safety-officer', 'show 1'));
    const asked = await at.send('reject', { plan: '1', code: await at.code() });
    const ticket = {
      _token: hiddenIn(asked.page, '_token'),
      _once: hiddenIn(asked.page, '_once'),
      _form: hiddenIn(asked.page, '_form'),
    };
    const { status, page } = await at.send('reject', { plan: '1', reason: 'see 943 476 5919' }, ticket);
    expect(status).toBe(422);
    expect(page).toContain('looks like patient data');
    expect(page).not.toMatch(/943\s?476/);
    expect(JSON.stringify(await rowsOfEverything())).not.toMatch(/943\s?476/);
  });

  it('30: an operator gives a link to a known person; the record names the page, and in service it proves nobody', async () => {
    await open({ mode: 'service' });
    const operator = { platform: 'cli', tenant: 'operator', userId: 'op@trust.example', guest: false } as const;
    const administrator = await here.office.store.people.byEmail('administrator@rehearsal.example');
    await here.office.store.people.join(administrator?.id ?? 0, operator, here.office.clock.now().toString());
    const asOperator = (linkFor: string): Partial<Request> => ({ account: operator, channel: null, linkFor });
    const show = 'show 1 migration=1';
    const nobody = await here.office.dispatch({
      ...asOperator('nobody@trust.example'),
      account: operator,
      channel: null,
      text: show,
      private: true,
    });
    expect(nobody).toMatchObject({ kind: 'refusal', refusal: { code: 'unknown-person' } });
    const link = await here.linkOf('administrator', show, asOperator('approver@rehearsal.example'));
    const at = await here.visit(link);
    expect(await at.html()).toContain('You are The approver');
    const vote = await at.send('approve', { plan: '1', code: await at.code() });
    expect(vote.status).toBe(422);
    expect(vote.page).toContain('does not prove who you are');
    expect(await votes()).toEqual([]);
    const paused = await at.send('freeze', { reason: 'chat is down' });
    expect(paused.status).toBe(200);
    const events = JSON.stringify(await here.office.connection.db.selectFrom('audit_event').selectAll().execute());
    const approver = await here.office.store.people.byEmail('approver@rehearsal.example');
    expect(events).toContain(`page:operator:person-${approver?.id}`);
    expect(events).not.toContain('@');
    const pretending = await here.office.dispatch({
      account: here.office.as('planner').account,
      channel: here.office.channel,
      text: 'show 1',
      private: true,
      linkFor: 'approver@rehearsal.example',
    });
    expect(pretending).toMatchObject({ kind: 'refusal', refusal: { code: 'operator' } });
  });

  async function rowsOfEverything() {
    const { db } = here.office.connection;
    const tables = ['page_link', 'page_session', 'audit_event', 'audit_head', 'posting', 'shown_selection'] as const;
    return Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
  }
});

function hiddenIn(page: string, name: string): string {
  const raw = new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
  return raw
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
