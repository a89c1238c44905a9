import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BouncesFacts } from '../../src/domain/notice-answers.ts';
import { advanceSending } from '../../src/work/advance-sending.ts';
import { mailPace } from '../../src/work/advance-sending-pace.ts';
import { eachDatabase } from '../support/database.ts';
import { type ImportOffice, openImportOffice } from '../support/import-office.ts';
import { commissioner, noticeIn, practice, sendingOver } from '../support/notices-office.ts';
import { NEEDS_POSTFIX, type Postfix, startPostfix } from '../support/postfix.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';

/** A real postfix takes our notices; what it says later comes back to us as files. */
describe.skipIf(NEEDS_POSTFIX !== '')(`a real postfix as the relay${NEEDS_POSTFIX}`, () => {
  let nextHop: SmtpSink;
  let postfix: Postfix;
  beforeAll(async () => {
    nextHop = await smtpSink();
    postfix = await startPostfix({ nextHop: nextHop.port, delivered: 'commissioner.example' });
  });
  afterAll(async () => {
    await postfix?.stop();
    await nextHop?.close();
  });

  eachDatabase('with a bouncing recipient', (database) => {
    let office: ImportOffice;

    it('23: whom it cannot reach is marked by `bounce`, whose mailbox took it is delivered, and both are in the files', async () => {
      nextHop.received.length = 0;
      office = await openImportOffice(await database.open());
      nextHop.fault('gone@referrer.example', { at: 'rcpt', reply: 550 });
      const notice = await noticeIn(office, [commissioner('QA1'), practice('A1'), practice('GONE')]);
      const work = { ...sendingOver(office, { ...nextHop, url: postfix.url }, 'one'), readsReports: true };
      await advanceSending(work, { stopping: () => false, pace: mailPace(() => 0), touched: new Map() });
      await work.mailer.close();
      expect((await office.store.deliveries.counts(notice.id)).all).toMatchObject({ sent: 3 });

      // Postfix reports the commissioner's delivery and the failure, to the notice's sender.
      await expect.poll(() => reports().length, { timeout: 60_000, interval: 200 }).toBe(2);
      expect(nextHop.received.some((mail) => mail.to === 'a1@referrer.example')).toBe(true);
      const lead = office.as('communications-lead');
      const read: BouncesFacts[] = [];
      for (const { raw } of reports()) {
        const file = await office.upload(Buffer.from(raw, 'latin1'), 'returned.eml');
        read.push((await lead.done(`bounce ${file}`)) as unknown as BouncesFacts);
      }
      expect(read.flatMap((facts) => facts.bounced)).toMatchObject([{ code: 'GONE', kind: 'referrer' }]);
      expect(read.map((facts) => facts.delivered).sort()).toEqual([0, 1]);
      expect((await office.store.deliveries.counts(notice.id)).all).toMatchObject({
        sent: 1,
        delivered: 1,
        bounced: 1,
      });
      const shown = await lead.type(`notices ${notice.id}`);
      if (shown.kind !== 'answer') throw new Error('it was not answered');
      expect(shown.answer.files?.[0]?.text).toContain('gone@referrer.example');
    });
  });

  function reports() {
    return nextHop.received.filter((mail) => mail.to === 'notices@rehearsal.example');
  }
});
