import { createServer, type Server } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examineReturns } from '../../src/app/doctor-returns.ts';
import { imapMailbox } from '../../src/delivery/channels/email/mailbox.ts';
import { mailboxAddress } from '../../src/delivery/channels/email/mailbox-address.ts';
import { mailName } from '../../src/domain/delivery-report.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { readDeliveryReports } from '../../src/readers/delivery-report.ts';
import { freePort } from '../../src/rehearsal/free-port.ts';
import { mailReports } from '../../src/store/mail-reports.ts';
import { readMailbox } from '../../src/work/read-mailbox.ts';
import { eachDatabase } from '../support/database.ts';
import { dsn } from '../support/delivery-report.ts';
import { type Dovecot, NEEDS_DOVECOT, PASSWORD, startDovecot } from '../support/dovecot.ts';
import { type ImportOffice, openImportOffice } from '../support/import-office.ts';
import { commissioner, noticeIn, practice } from '../support/notices-office.ts';

const NOW = { anyway: true, stopping: () => false };

/** The mailbox for reports against a real IMAP server: what is read, what is marked, and what is said when it cannot be. */
describe.skipIf(NEEDS_DOVECOT !== '')(`a real dovecot keeps the mailbox for reports${NEEDS_DOVECOT}`, () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot();
  });
  afterAll(() => dovecot?.stop());

  const urlOf = (user: string, more: { secure?: boolean; password?: string; folder?: string; host?: string } = {}) => {
    const port = more.secure ? dovecot.securePort : dovecot.port;
    const login = `${encodeURIComponent(user)}:${encodeURIComponent(more.password ?? PASSWORD)}`;
    return `${more.secure ? 'imaps' : 'imap'}://${login}@${more.host ?? '127.0.0.1'}:${port}/${more.folder ?? ''}`;
  };
  const open = (url: string) => imapMailbox(mailboxAddress(url));

  eachDatabase('with reports about our mails', (database) => {
    let office: ImportOffice;
    const workOn = (url: string) => ({
      mailbox: open(url),
      progress: office.store.mailboxes,
      reports: mailReports(office.connection, { read: readDeliveryReports, clock: systemClock, posted: () => {} }),
      clock: systemClock,
      owner: 'one',
      log: silentLog,
    });

    it('23: 43 mails, three of them reports: they are read and marked, nothing else is touched, and nothing is read twice', async () => {
      office = await openImportOffice(await database.open());
      const notice = await noticeIn(office, [commissioner('QA1'), practice('A1'), practice('A2')]);
      const { db } = office.connection;
      await db.updateTable('delivery').set({ status: 'sent' }).execute();
      const rows = await db.selectFrom('delivery').select(['id', 'code', 'email']).orderBy('id').execute();
      const user = `notices-${database.kind}@trust.example`;
      for (let at = 0; at < 39; at++) {
        await dovecot.deliver(user, `From: a@practice.example\r\nSubject: Reply ${at}\r\n\r\nThank you. Ŵ\r\n`);
        for (const { id, email } of at % 13 === 7 ? rows.slice(at / 13, at / 13 + 1) : []) {
          await dovecot.deliver(user, dsn({ mail: mailName(notice.id, id, notice.mailKey), to: email ?? '' }));
        }
      }
      // Somebody forwards a report: it is a letter of theirs.
      const [first] = rows;
      const forwarded = dsn({ mail: mailName(notice.id, first?.id ?? 0, notice.mailKey), to: first?.email ?? '' });
      const letter = `Subject: Fwd: what is this?\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="f"\r\n\r\n--f\r\nContent-Type: message/rfc822\r\n\r\n${forwarded}\r\n--f--\r\n`;
      await dovecot.deliver(user, letter);

      expect(await readMailbox(workOn(urlOf(user)), NOW)).toBe(3);
      const counts = (await office.store.deliveries.counts(notice.id)).all;
      expect(counts).toMatchObject({ bounced: 3, sent: 0 });
      const mails = await dovecot.look(user);
      expect(mails).toHaveLength(43);
      expect(mails.filter(({ seen }) => seen).map(({ subject }) => subject)).toEqual([
        'Undelivered Mail Returned to Sender',
        'Undelivered Mail Returned to Sender',
        'Undelivered Mail Returned to Sender',
      ]);
      expect(await readMailbox(workOn(urlOf(user)), NOW)).toBe(0);
      await dovecot.deliver(user, forwarded);
      expect(await readMailbox(workOn(urlOf(user)), NOW)).toBe(1);
      expect((await office.store.deliveries.counts(notice.id)).all).toMatchObject({ bounced: 3 });
    });

    it('23: an empty mailbox, and a folder of another name', async () => {
      office = await openImportOffice(await database.open());
      expect(await readMailbox(workOn(urlOf(`empty-${database.kind}`)), NOW)).toBe(0);
      const user = `folder-${database.kind}`;
      await dovecot.deliver(user, 'Subject: x\r\n\r\nx\r\n', 'Returned mail');
      expect(await readMailbox(workOn(urlOf(user, { folder: 'Returned%20mail' })), NOW)).toBe(0);
      expect(await office.store.mailboxes.troubles()).toEqual([]);
    });
  });

  describe('what `doctor` says', () => {
    const says = async (bounceMailbox: string | null, bounceSecret: string | null = null) => {
      const [check, ...more] = await examineReturns({ bounceMailbox, bounceSecret });
      expect(more).toEqual([]);
      expect(JSON.stringify(check)).not.toMatch(/word#1|word%231|not-the-one/);
      return check;
    };
    const others: Server[] = [];
    afterAll(() => others.forEach((server) => void server.close()));

    it('that it is read, over TLS too, or how else reports come', async () => {
      expect(await says(urlOf('somebody'))).toMatchObject({
        ok: true,
        says: 'are read from somebody at 127.0.0.1, INBOX',
      });
      const known = tls.getCACertificates('default');
      tls.setDefaultCACertificates([...known, dovecot.certificate]);
      try {
        expect(await says(urlOf('somebody', { secure: true, host: 'localhost' }))).toMatchObject({ ok: true });
      } finally {
        tls.setDefaultCACertificates(known);
      }
      expect(await says(null)).toMatchObject({ ok: true, says: expect.stringContaining('`bsu bounce FILE`') });
      expect(await says(null, 'a secret')).toMatchObject({ ok: true, says: expect.stringContaining('handed on') });
    });

    it('what is wrong and what to do: login, folder, certificate, port, host', async () => {
      expect(await says(urlOf('somebody', { password: 'not-the-one' }))).toMatchObject({
        ok: false,
        says: '127.0.0.1 refuses the login of somebody',
        fix: expect.stringContaining('BOUNCE_MAILBOX'),
      });
      expect(await says(urlOf('somebody', { folder: 'Nowhere' }))).toMatchObject({
        says: '127.0.0.1 has no folder Nowhere',
      });
      expect(await says(urlOf('somebody', { secure: true, host: 'localhost' }))).toMatchObject({
        says: expect.stringMatching(/^localhost:\d+ and we agree on no TLS \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/),
      });
      const port = await freePort(0);
      expect(await says(`imap://a:not-the-one@127.0.0.1:${port}/`)).toMatchObject({
        says: `127.0.0.1:${port} does not answer as a mailbox server (ECONNREFUSED)`,
      });
      expect(await says('imaps://a:not-the-one@mail.does-not-exist.invalid/')).toMatchObject({
        says: expect.stringMatching(/is not known|does not answer/),
      });
    });

    it('29: no password goes to a server of another machine that offers no TLS', async () => {
      const heard: string[] = [];
      const plain = createServer((socket) => {
        socket.on('error', () => {});
        socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n');
        socket.on('data', (bytes) => {
          heard.push(bytes.toString());
          const tag = bytes.toString().split(' ')[0];
          socket.write(`* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n${tag} OK done\r\n`);
        });
      });
      await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
      others.push(plain);
      const address = plain.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const there = { ...mailboxAddress(`imap://a:not-the-one@mail.trust.example:${port}/`), host: '127.0.0.1' };
      await expect(imapMailbox(there).open()).rejects.toMatchObject({ message: expect.stringContaining('no TLS') });
      expect(heard.join('')).not.toMatch(/LOGIN|AUTHENTICATE|not-the-one/i);
    });
  });
});
