import ICAL from 'ical.js';
import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DeliveryStatus } from '../../src/domain/delivery.ts';
import { advanceSending } from '../../src/work/advance-sending.ts';
import { mailPace } from '../../src/work/advance-sending-pace.ts';
import { eachDatabase } from '../support/database.ts';
import { commissioner, noticeIn, practice, sendingOver } from '../support/notices-office.ts';
import { type Office, openOffice } from '../support/office.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';

const GO_ON = { stopping: () => false, pace: mailPace(() => 0), touched: new Map<number, number>() };

eachDatabase('sending a notice', (database) => {
  let office: Office;
  let sink: SmtpSink;
  const open: { mailer: { close(): Promise<void> } }[] = [];
  beforeEach(async () => {
    office = await openOffice(await database.open());
    sink = await smtpSink();
  });
  afterEach(async () => {
    for (const work of open.splice(0)) await work.mailer.close();
    await sink.close();
  });

  function process(owner: string, connections = 3) {
    const work = sendingOver(office, sink, owner, connections);
    open.push(work);
    return work;
  }
  async function statuses(noticeId: number): Promise<Record<string, DeliveryStatus>> {
    const rows = await office.connection.db
      .selectFrom('delivery')
      .select(['code', 'status'])
      .where('notice_id', '=', noticeId)
      .execute();
    return Object.fromEntries(rows.map((row) => [row.code, row.status]));
  }

  it('22: each recipient gets one mail: both texts, the calendar, a stable id, the page and the wrong-address link', async () => {
    const notice = await noticeIn(office, [commissioner('QA1'), practice('A81001', { name: 'Ä & B <Surgery>' })]);
    await advanceSending(process('one'), GO_ON);
    expect(sink.received.map((mail) => mail.to).sort()).toEqual([
      'a81001@referrer.example',
      'qa1@commissioner.example',
    ]);
    const raw = sink.received.find((mail) => mail.to.startsWith('a81001'))?.raw ?? '';
    const mail = await PostalMime.parse(raw);
    expect(mail.subject).toMatch(
      /^Planned e-RS booking outage: Rehearsal Hospitals NHS Trust, Tuesday 8 December 2026/,
    );
    expect(mail.to?.[0]).toEqual({ name: 'Ä & B <Surgery>', address: 'a81001@referrer.example' });
    expect(mail.messageId).toMatch(new RegExp(`^<notice-${notice.id}\\.\\d+\\.[0-9a-f]{16}@rehearsal\\.example>$`));
    expect(mail.text).toContain('Sent to Ä & B <Surgery>, A81001 (list referrers.csv).');
    expect(mail.html).toContain('Sent to Ä &amp; B &lt;Surgery&gt;, A81001 (list referrers.csv).');
    expect(mail.text).toContain(`https://changeover.example/notices/${notice.token}`);
    expect(mail.text).toMatch(/\/address\?to=\d+-[0-9a-f]{12}/);
    const calendar = mail.attachments[0]?.content;
    const file = new ICAL.Component(ICAL.parse(new TextDecoder().decode(calendar as ArrayBuffer)));
    expect(file.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect((await office.store.notices.byId(notice.id))?.status).toBe('finished');
  });

  it('23: a reply decides: 4xx waits and is tried again, 5xx is final, no reply is unknown', async () => {
    sink.fault('r1@referrer.example', { at: 'rcpt', reply: 450, times: 1 });
    sink.fault('r2@referrer.example', { at: 'rcpt', reply: 550 });
    sink.fault('r3@referrer.example', { at: 'after-dot', cut: true });
    sink.fault('r4@referrer.example', { at: 'in-data', cut: true });
    const notice = await noticeIn(
      office,
      ['R1', 'R2', 'R3', 'R4', 'R5'].map((code) => practice(code)),
    );
    const due = await advanceSending(process('one'), GO_ON);
    expect(due).toBeGreaterThan(0);
    expect(await statuses(notice.id)).toEqual({ R1: 'queued', R2: 'failed', R3: 'unknown', R4: 'unknown', R5: 'sent' });
    await sql`update delivery set due_at = clock_timestamp() where status = 'queued'`.execute(office.connection.db);
    expect(await advanceSending(process('one'), GO_ON)).toBeNull();
    expect((await statuses(notice.id)).R1).toBe('sent');
    expect(sink.received.filter((mail) => mail.to.startsWith('r3'))).toHaveLength(1);
    expect((await office.store.notices.byId(notice.id))?.status).toBe('finished');
  });

  it('23: a restart never sends a second copy: what was on its way is unknown, the rest goes out', async () => {
    const notice = await noticeIn(
      office,
      Array.from({ length: 12 }, (_, at) => practice(`P${at}`)),
    );
    const dead = process('dead');
    await dead.transaction((store) => store.deliveryLedger.take('dead', office.clock.now().toString(), 120));
    const lost = await dead.ledger.claim(notice.id, 'dead', 5);
    expect(lost).toHaveLength(5);
    expect(await advanceSending(process('new'), GO_ON)).toBeNull();
    expect(sink.received).toHaveLength(0);
    await sql`update notice set lease_until = clock_timestamp()`.execute(office.connection.db);
    await advanceSending(process('new'), GO_ON);
    const found = Object.values(await statuses(notice.id));
    expect(found.filter((status) => status === 'unknown')).toHaveLength(5);
    expect(found.filter((status) => status === 'sent')).toHaveLength(7);
    expect(new Set(sink.received.map((mail) => mail.to)).size).toBe(7);
    await dead.ledger.settle(
      'dead',
      lost.map(({ id }) => ({ id, status: 'sent' as const, retryAfterSeconds: null, reply: '250' })),
      office.clock.now().toString(),
    );
    expect(Object.values(await statuses(notice.id)).every((status) => status === 'sent')).toBe(true);
  });

  it('23: never more on their way than three times the connections', async () => {
    await noticeIn(
      office,
      Array.from({ length: 200 }, (_, at) => practice(`P${at}`)),
    );
    const work = process('one', 4);
    let most = 0;
    const counting = {
      ...work,
      ledger: {
        ...work.ledger,
        async claim(...given: Parameters<typeof work.ledger.claim>) {
          const claimed = await work.ledger.claim(...given);
          const { count } = await office.connection.db
            .selectFrom('delivery')
            .select((select) => select.fn.countAll<number>().as('count'))
            .where('status', '=', 'sending')
            .executeTakeFirstOrThrow();
          most = Math.max(most, count);
          return claimed;
        },
      },
    };
    await advanceSending(counting, GO_ON);
    expect(sink.received).toHaveLength(200);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(12);
  });

  it('21: a notice that is scheduled waits for its time by the domain clock; a held one waits for a person', async () => {
    const notice = await noticeIn(office, [practice('A')], { dueAt: '2026-12-02T09:00:00Z' });
    expect(await advanceSending(process('one'), GO_ON)).toBeNull();
    office.clock.set('2026-12-02T09:00:00Z');
    await office.store.notices.hold(notice.id, office.clock.now().toString());
    await advanceSending(process('one'), GO_ON);
    expect(sink.received).toHaveLength(0);
    await office.store.notices.goOn(notice.id, office.clock.now().toString());
    await advanceSending(process('one'), GO_ON);
    expect(sink.received).toHaveLength(1);
  });

  it('21: a hold in the middle stops it after what is on its way', async () => {
    const notice = await noticeIn(
      office,
      Array.from({ length: 60 }, (_, at) => practice(`P${at}`)),
    );
    const work = process('one', 2);
    let claims = 0;
    const holding = {
      ...work,
      ledger: {
        ...work.ledger,
        async claim(...given: Parameters<typeof work.ledger.claim>) {
          if (++claims === 4) await office.store.notices.hold(notice.id, office.clock.now().toString());
          return work.ledger.claim(...given);
        },
      },
    };
    await advanceSending(holding, GO_ON);
    expect(sink.received).toHaveLength(6);
    expect(Object.values(await statuses(notice.id)).filter((status) => status === 'queued')).toHaveLength(54);
  });

  it('23: two processes never drive sendings at once', async () => {
    await noticeIn(office, [practice('A')]);
    const first = process('first');
    const taken = await first.transaction((store) =>
      store.deliveryLedger.take('first', office.clock.now().toString(), 120),
    );
    expect(taken).toHaveLength(1);
    const second = await first.transaction((store) =>
      store.deliveryLedger.take('second', office.clock.now().toString(), 120),
    );
    expect(second).toEqual([]);
  });

  it('23: the rate holds: no more mails go out than the minute allows', async () => {
    await noticeIn(
      office,
      Array.from({ length: 5 }, (_, at) => practice(`P${at}`)),
      { mailsPerMinute: 60 },
    );
    let now = 0;
    const sending = { ...GO_ON, pace: mailPace(() => now) };
    for (const second of [0, 1, 2]) {
      now = second * 1000;
      await advanceSending(process(`one`), sending);
    }
    expect(sink.received).toHaveLength(3);
  });

  it('27: a sending is two events, not one a mail; the progress card and the failures are told', async () => {
    sink.fault('p1@referrer.example', { at: 'rcpt', reply: 550 });
    const notice = await noticeIn(office, [
      practice('P1'),
      practice('P2'),
      practice('P3', { email: 'not an address' }),
    ]);
    await advanceSending(process('one'), GO_ON);
    const events = await office.store.audit.latest(`migration:${office.migrationId}`, 5);
    expect(events.map((event) => event.act)).toEqual(['notice.began', 'notice.finished']);
    const counts = await office.store.deliveries.counts(notice.id);
    expect(counts.all).toMatchObject({ sent: 1, failed: 2 });
    const calls = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .execute();
    expect(calls[0]?.message).toContain('1 of 3 mails sent. 2 mails failed, 0 unknown');
  });
});
