import { beforeEach, expect, it } from 'vitest';
import { mailName } from '../../src/domain/delivery-report.ts';
import { fixedClock } from '../../src/kernel/clock.ts';
import { type Log, silentLog } from '../../src/kernel/log.ts';
import { type Mailbox, MailboxTrouble } from '../../src/ports/mailbox.ts';
import { readDeliveryReports } from '../../src/readers/delivery-report.ts';
import { mailReports } from '../../src/store/mail-reports.ts';
import { type MailboxWork, readMailbox } from '../../src/work/read-mailbox.ts';
import { eachDatabase } from '../support/database.ts';
import { dsn } from '../support/delivery-report.ts';
import { type ImportOffice, openImportOffice } from '../support/import-office.ts';
import { commissioner, noticeIn, practice } from '../support/notices-office.ts';

const STEPS = ['open', 'newerThan', 'reportsAmong', 'fetch', 'take', 'markRead', 'advance', 'close'] as const;
type Step = (typeof STEPS)[number];

const HUMAN = 'From: a@practice.example\r\nSubject: Thank you\r\n\r\nWe have read it.\r\n';

/** A mailbox in memory behind the port; the journey with dovecot is the real one. */
function mailboxOf(mails: string[]) {
  const box = {
    mails,
    validity: '1',
    read: new Set<number>(),
    fetched: [] as number[],
    size: null as number | null,
    fails: null as MailboxTrouble | null,
    /** Called before each step: where a test kills the process. */
    before: (_step: Step): void => {},
  };
  const mailbox: Mailbox = {
    name: 'notices at imap.trust.example, INBOX',
    async open() {
      box.before('open');
      if (box.fails) throw box.fails;
      const numbers = () => box.mails.map((_, at) => at + 1);
      return {
        validity: box.validity,
        async newerThan(after) {
          box.before('newerThan');
          return numbers().filter((mail) => mail > after);
        },
        async reportsAmong(asked) {
          box.before('reportsAmong');
          return asked
            .filter((mail) => box.mails[mail - 1]?.includes('message/delivery-status'))
            .map((mail) => ({ mail, size: box.size ?? 2_000 }));
        },
        async fetch(mail) {
          box.before('fetch');
          box.fetched.push(mail);
          return Buffer.from(box.mails[mail - 1] ?? '', 'latin1');
        },
        async markRead(marked) {
          box.before('markRead');
          for (const mail of marked) box.read.add(mail);
        },
        close: async () => box.before('close'),
      };
    },
  };
  return { box, mailbox };
}

eachDatabase('a mailbox of mails that came back', (database) => {
  let office: ImportOffice;
  let noticeId: number;
  beforeEach(async () => {
    office = await openImportOffice(await database.open());
    const notice = await noticeIn(office, [commissioner('QA1'), practice('A1'), practice('A2')]);
    noticeId = notice.id;
    const { db } = office.connection;
    await db.updateTable('notice').set({ status: 'finished' }).execute();
    await db.updateTable('delivery').set({ status: 'sent', sent_at: '2026-12-01T09:00:00Z' }).execute();
  });

  async function reportAbout(code: string, more: { action?: string } = {}): Promise<string> {
    const row = await office.connection.db
      .selectFrom('delivery')
      .innerJoin('notice', 'notice.id', 'delivery.notice_id')
      .select(['delivery.id', 'delivery.email', 'notice.mail_key as key'])
      .where('delivery.code', '=', code)
      .executeTakeFirstOrThrow();
    return dsn({ mail: mailName(noticeId, row.id, row.key), to: row.email ?? '', ...more });
  }
  async function states(): Promise<Record<string, string>> {
    const rows = await office.connection.db.selectFrom('delivery').select(['code', 'status']).execute();
    return Object.fromEntries(rows.map((row) => [row.code, row.status]));
  }
  async function bouncedEvents(): Promise<number> {
    const events = await office.store.audit.latest(`migration:${office.migrationId}`, 50);
    return events.filter((event) => event.act === 'notice.bounced').length;
  }
  function workOn(mailbox: Mailbox, owner = 'one', log: Log = silentLog): MailboxWork {
    const clock = fixedClock('2026-12-01T19:00:00Z');
    const reports = mailReports(office.connection, { read: readDeliveryReports, clock, posted: () => {} });
    return { mailbox, progress: office.store.mailboxes, reports, clock, owner, log };
  }
  const NOW = { anyway: true, stopping: () => false };
  const WHEN_DUE = { anyway: false, stopping: () => false };

  it('23: marks whom a report is about, marks the report as read, and never opens what a person wrote', async () => {
    const strange = dsn({ mail: 'notice-1.1.0123456789abcdef', to: 'x@y.example' });
    const { box, mailbox } = mailboxOf([HUMAN, await reportAbout('QA1'), strange, HUMAN, await reportAbout('A1')]);
    expect(await readMailbox(workOn(mailbox), NOW)).toBe(2);
    expect(await states()).toMatchObject({ QA1: 'bounced', A1: 'bounced', A2: 'sent' });
    expect([...box.read]).toEqual([2, 5]);
    expect(box.fetched).toEqual([2, 3, 5]);
    const calls = await office.connection.db.selectFrom('posting').select('kind').where('kind', '=', 'call').execute();
    expect(calls.length).toBeLessThanOrEqual(1);

    // Only what is new, and only when it is due.
    box.mails.push(await reportAbout('A2', { action: 'delivered' }));
    expect(await readMailbox(workOn(mailbox), WHEN_DUE)).toBe(0);
    expect(await readMailbox(workOn(mailbox), NOW)).toBe(1);
    expect(box.fetched).toEqual([2, 3, 5, 6]);
    expect((await states()).A2).toBe('delivered');
  });

  it('23: killed between the report and the note of it, the next process reads it again and nothing happens twice', async () => {
    const { box, mailbox } = mailboxOf([await reportAbout('QA1'), await reportAbout('A1')]);
    box.before = (step) => {
      if (step === 'markRead') throw new Error('killed');
    };
    await expect(readMailbox(workOn(mailbox), NOW)).rejects.toThrow('killed');
    expect([...box.read]).toEqual([]);
    box.before = () => {};
    expect(await readMailbox(workOn(mailbox, 'two'), NOW)).toBe(2);
    expect([...box.read]).toEqual([1, 2]);
    expect(await bouncedEvents()).toBe(2);
    // The mailbox was made anew: its mails have other numbers.
    box.validity = '2';
    box.mails.unshift(HUMAN);
    expect(await readMailbox(workOn(mailbox, 'two'), NOW)).toBe(2);
    expect(await bouncedEvents()).toBe(2);
  });

  it.each(STEPS)('23: killed at “%s”, another process takes over, and each report counts once', async (killedAt) => {
    const { box, mailbox } = mailboxOf([await reportAbout('QA1'), HUMAN, await reportAbout('A1')]);
    const dead = new Error('killed');
    const die = (step: Step) => {
      if (step === killedAt) throw dead;
    };
    box.before = die;
    const work = workOn(mailbox, 'killed');
    const { progress, reports } = work;
    const dying: MailboxWork = {
      ...work,
      reports: {
        async take(mail) {
          const taken = await reports.take(mail);
          die('take');
          return taken;
        },
      },
      progress: {
        ...progress,
        advance: (...given) => (killedAt === 'advance' ? Promise.reject(dead) : progress.advance(...given)),
        // Who is killed lets nothing go.
        release: () => Promise.reject(dead),
      },
    };
    await expect(readMailbox(dying, NOW)).rejects.toBe(dead);
    box.before = () => {};
    expect(await readMailbox(workOn(mailbox, 'next'), NOW)).toBe(0);
    await office.connection.db.updateTable('mailbox').set({ lease_until: '2020-01-01T00:00:00Z' }).execute();
    await readMailbox(workOn(mailbox, 'next'), NOW);
    expect(await states()).toMatchObject({ QA1: 'bounced', A1: 'bounced', A2: 'sent' });
    expect([...box.read]).toEqual([1, 3]);
    expect(await bouncedEvents()).toBe(2);
    const calls = await office.connection.db.selectFrom('posting').select('id').where('kind', '=', 'call').execute();
    expect(calls.length).toBeLessThanOrEqual(1);
  });

  it('23: one process at a time; another takes over when the first is gone', async () => {
    const { mailbox } = mailboxOf([await reportAbout('A1')]);
    expect(await office.store.mailboxes.take(mailbox.name, 'first', 300, true)).not.toBeNull();
    expect(await readMailbox(workOn(mailbox, 'second'), NOW)).toBe(0);
    expect((await states()).A1).toBe('sent');
    await office.connection.db.updateTable('mailbox').set({ lease_until: '2020-01-01T00:00:00Z' }).execute();
    expect(await readMailbox(workOn(mailbox, 'second'), NOW)).toBe(1);
    const place = { validity: '1', lastMail: 0 };
    expect(await office.store.mailboxes.advance(mailbox.name, 'first', place, 300)).toBe(false);
  });

  it('23: a mailbox that fails is told once, is asked again later, and says when it is well', async () => {
    const { box, mailbox } = mailboxOf([await reportAbout('A1')]);
    const said: string[] = [];
    const note = (_: unknown, words?: string) => void said.push(words ?? '');
    const work = workOn(mailbox, 'one', { ...silentLog, warn: note as Log['warn'], info: note as Log['info'] });
    box.fails = new MailboxTrouble('imap.trust.example refuses the login of notices', 'Check the password', {
      patient: true,
    });
    expect(await readMailbox(work, NOW)).toBe(0);
    expect(await readMailbox(work, NOW)).toBe(0);
    expect(said).toEqual(['the mailbox for reports cannot be read; sending goes on']);
    expect(await office.store.mailboxes.troubles()).toMatchObject([
      { name: mailbox.name, problem: 'imap.trust.example refuses the login of notices. Check the password.' },
    ]);
    const lead = office.as('communications-lead');
    expect(await lead.done('notices')).toMatchObject({ returnsProblem: expect.stringContaining('refuses the login') });
    // Mail servers lock accounts for repeated wrong passwords.
    box.fails = null;
    expect(await readMailbox(work, WHEN_DUE)).toBe(0);
    expect(await readMailbox(work, NOW)).toBe(1);
    expect(said).toHaveLength(2);
    expect(await office.store.mailboxes.troubles()).toEqual([]);
  });

  it('23: what is far too large is left, and a report that cannot be read holds up none of the others', async () => {
    const { box, mailbox } = mailboxOf([await reportAbout('A1')]);
    box.size = 10_000_001;
    expect(await readMailbox(workOn(mailbox), NOW)).toBe(0);
    expect(box.fetched).toEqual([]);
    const nested = Array.from(
      { length: 400 },
      (_, at) => `Content-Type: multipart/mixed; boundary="n${at}"\r\n\r\n--n${at}\r\n`,
    );
    const broken = `${nested.join('')}Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n`;
    const other = mailboxOf([broken, await reportAbout('A2')]);
    expect(await readMailbox(workOn({ ...other.mailbox, name: 'another' }), NOW)).toBe(1);
    expect(await states()).toMatchObject({ A1: 'sent', A2: 'bounced' });
  });
});
