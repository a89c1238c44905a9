import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mailName } from '../../src/domain/delivery-report.ts';
import type { BouncesFacts } from '../../src/domain/notice-answers.ts';
import { fixedClock, systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { readDeliveryReports } from '../../src/readers/delivery-report.ts';
import { mailReports } from '../../src/store/mail-reports.ts';
import { mailReportsHook } from '../../src/surfaces/web/mail-reports-hook.ts';
import { webRoutes } from '../../src/surfaces/web/web-routes.ts';
import { eachDatabase } from '../support/database.ts';
import { dsn } from '../support/delivery-report.ts';
import { type ImportOffice, openImportOffice } from '../support/import-office.ts';
import { commissioner, noticeIn, practice } from '../support/notices-office.ts';

const OUTAGE = { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' };

eachDatabase('mails that come back', (database) => {
  let office: ImportOffice;
  let noticeId: number;
  beforeEach(async () => {
    office = await openImportOffice(await database.open());
    await office.store.migrations.setOutage(office.migrationId, OUTAGE, null);
    const notice = await noticeIn(office, [commissioner('QA1'), practice('A1'), practice('A2'), practice('A3')]);
    noticeId = notice.id;
    const { db } = office.connection;
    await db.updateTable('notice').set({ status: 'finished' }).execute();
    await db.updateTable('delivery').set({ status: 'sent', sent_at: '2026-12-01T09:00:00Z' }).execute();
    await db.updateTable('delivery').set({ status: 'queued' }).where('code', '=', 'A3').execute();
  });

  async function nameOf(code: string): Promise<string> {
    const row = await office.connection.db
      .selectFrom('delivery')
      .innerJoin('notice', 'notice.id', 'delivery.notice_id')
      .select(['delivery.id', 'notice.mail_key as key'])
      .where('delivery.code', '=', code)
      .executeTakeFirstOrThrow();
    return mailName(noticeId, row.id, row.key);
  }
  async function states(): Promise<Record<string, string>> {
    const rows = await office.connection.db.selectFrom('delivery').select(['code', 'status']).execute();
    return Object.fromEntries(rows.map((row) => [row.code, row.status]));
  }
  async function mailbox(): Promise<string> {
    const mails = [
      dsn({ mail: await nameOf('QA1'), to: 'qa1@commissioner.example' }),
      dsn({ mail: await nameOf('A1'), to: 'a1@referrer.example', action: 'delivered', status: '2.0.0' }),
      dsn({ mail: await nameOf('A2'), to: 'a2@referrer.example', action: 'delayed', status: '4.4.1' }),
      dsn({ mail: await nameOf('A3'), to: 'a3@referrer.example' }),
      dsn({ mail: `${(await nameOf('A2')).slice(0, -16)}0000000000000000`, to: 'a2@referrer.example' }),
      'From: a@practice.example\r\nSubject: Out of office\r\n\r\nBack on Monday\r\n',
    ];
    return mails.map((mail) => `From MAILER-DAEMON Tue Dec  1 09:00:00 2026\r\n${mail}\r\n`).join('\r\n');
  }

  it('23: a mailbox of returned mails marks who was not reached and who was; nobody can be marked by a made-up name', async () => {
    const lead = office.as('communications-lead');
    const file = await office.upload(await mailbox(), 'returned.mbox');
    const facts = (await lead.done(`bounce ${file}`)) as unknown as BouncesFacts;
    expect(facts).toMatchObject({ mails: 6, noReport: 1, strange: 1, delayed: 1, unchanged: 1, delivered: 1 });
    expect(facts.bounced).toMatchObject([{ code: 'QA1', kind: 'commissioner' }]);
    expect(await states()).toEqual({ QA1: 'bounced', A1: 'delivered', A2: 'sent', A3: 'queued' });
    const again = await office.upload(await mailbox(), 'returned.mbox');
    expect(await lead.done(`bounce ${again}`)).toMatchObject({ bounced: [], delivered: 0, unchanged: 3 });
  });

  it('24: a commissioner whose mail came back has not been told: the thread says so, and it is a telephone task', async () => {
    const lead = office.as('communications-lead');
    await lead.done(`bounce ${await office.upload(await mailbox())}`);
    expect(await lead.done('calls')).toMatchObject({
      calls: [{ code: 'QA1', reason: expect.stringContaining('550') }],
    });
    const calls = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .execute();
    expect(calls[0]?.message).toContain('Board QA1 (QA1)');
    const notice = await lead.type(`notices ${noticeId}`);
    if (notice.kind !== 'answer') throw new Error('it was not answered');
    expect(notice.answer.files?.[0]?.text).toContain('bounced');
    expect(await lead.done('resend failed')).toMatchObject({ counts: { queued: 2, bounced: 0 } });
  });

  it('23: a report that is read again after a resend says nothing about the later try; another one does', async () => {
    const lead = office.as('communications-lead');
    const report = async (id: string) =>
      office.upload(dsn({ mail: await nameOf('QA1'), to: 'qa1@commissioner.example', id }), 'returned.eml');
    expect(await lead.done(`bounce ${await report('first')}`)).toMatchObject({ bounced: [{ code: 'QA1' }] });
    await office.store.recipients.load(
      office.migrationId,
      [commissioner('QA1', { email: 'desk@commissioner.example' })],
      'lists.csv',
    );
    await lead.done('resend failed code=QA1');
    const { db } = office.connection;
    const written = { status: 'sent', sent_at: '2026-12-01T10:00:00Z' } as const;
    await db.updateTable('delivery').set(written).where('code', '=', 'QA1').execute();
    expect(await lead.done(`bounce ${await report('first')}`)).toMatchObject({ bounced: [], unchanged: 1 });
    expect((await states()).QA1).toBe('sent');
    expect(await lead.done(`bounce ${await report('second')}`)).toMatchObject({ bounced: [{ code: 'QA1' }] });
  });

  it('29: only who may send notices may read what came back; a file without a mail is refused', async () => {
    expect(await office.as('planner').refused(`bounce ${await office.upload('x')}`)).toBe('role');
    expect(await office.as('communications-lead').refused(`bounce ${await office.upload(' ')}`)).toBe('empty-file');
  });

  const open: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });
  async function hook(): Promise<string> {
    const reports = mailReports(office.connection, {
      read: readDeliveryReports,
      clock: fixedClock('2026-12-01T19:00:00Z'),
      posted: () => {},
    });
    const web = await webRoutes({
      log: silentLog,
      readiness: async () => [],
      pages: [mailReportsHook({ reports, secret: SECRET, clock: systemClock })],
    });
    const server = createServer((request, response) => web.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(
      () => web.close(),
      () => new Promise((resolve) => server.close(resolve)),
    );
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mail/reports`;
  }
  const SECRET = 'a secret of the mail server';
  function post(url: string, body: string, given: { secret?: string; age?: number } = {}) {
    const timestamp = String(Math.floor(systemClock.now().epochMilliseconds / 1000) - (given.age ?? 0));
    const made = createHmac('sha256', given.secret ?? SECRET).update(`${timestamp}.POST /mail/reports.${body}`);
    const headers = { 'x-changeover-timestamp': timestamp, 'x-changeover-signature': `v1=${made.digest('hex')}` };
    return fetch(url, { method: 'POST', body, headers: { ...headers, 'content-type': 'message/rfc822' } });
  }

  it('23: a mail server may hand them on by itself, signed; the same mail again changes nothing', async () => {
    const url = await hook();
    const mail = dsn({ mail: await nameOf('QA1'), to: 'qa1@commissioner.example', named: 'envelope' });
    expect(await (await post(url, mail)).json()).toEqual({ reports: 1, strange: 0, bounced: 1, delivered: 0 });
    expect((await states()).QA1).toBe('bounced');
    expect(await (await post(url, mail)).json()).toEqual({ reports: 1, strange: 0, bounced: 0, delivered: 0 });
    const events = await office.store.audit.latest(`migration:${office.migrationId}`, 5);
    expect(events.filter((event) => event.act === 'notice.bounced')).toHaveLength(1);
  });

  it('29: unsigned, signed with another secret, or too old: refused, and nothing changes', async () => {
    const url = await hook();
    const mail = dsn({ mail: await nameOf('QA1'), to: 'qa1@commissioner.example' });
    expect((await fetch(url, { method: 'POST', body: mail })).status).toBe(401);
    expect((await post(url, mail, { secret: 'another secret of somebody' })).status).toBe(401);
    expect((await post(url, mail, { age: 301 })).status).toBe(401);
    expect((await states()).QA1).toBe('sent');
  });
});
