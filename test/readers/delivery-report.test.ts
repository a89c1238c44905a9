import { describe, expect, it } from 'vitest';
import { readDeliveryReports } from '../../src/readers/delivery-report.ts';
import { dsn } from '../support/delivery-report.ts';

const MAIL = 'notice-7.42.0123456789abcdef';
const read = (text: string) => readDeliveryReports(Buffer.from(text, 'latin1'));

describe('reading delivery status notifications', () => {
  it.each(['envelope', 'headers'] as const)('23: finds which mail it is about by its %s', async (named) => {
    const { mails, reports } = await read(dsn({ mail: MAIL, to: 'Surgery@Practice.example', named }));
    expect(mails).toBe(1);
    expect(reports).toEqual([
      {
        id: null,
        mail: MAIL,
        recipients: [
          {
            addresses: ['surgery@practice.example', 'surgery@practice.example'],
            action: 'failed',
            reply: '5.1.1, 550 5.1.1 no such mailbox',
          },
        ],
      },
    ]);
  });

  it('23: a whole mail that came back as an attachment, in base64, names it too', async () => {
    const inner = Buffer.from(`Message-ID: <${MAIL}@rehearsal.example>\r\nSubject: x\r\n\r\nHello\r\n`).toString(
      'base64',
    );
    const text = dsn({ mail: MAIL, to: 'a@practice.example', named: 'nowhere' }).replace(
      /--b1\r\nContent-Type: text\/rfc822-headers[\s\S]*$/,
      `--b1\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${inner}\r\n\r\n--b1--\r\n`,
    );
    expect((await read(text)).reports[0]?.mail).toBe(MAIL);
  });

  it('23: an automatic reply, another system’s report, a report about two of our mails: none is a report of ours', async () => {
    const away = `From: a@practice.example\r\nIn-Reply-To: <${MAIL}@rehearsal.example>\r\nSubject: Out of office\r\n\r\nBack on Monday\r\n`;
    expect(await read(away)).toEqual({ mails: 1, reports: [] });
    expect((await read(dsn({ mail: 'x', to: 'a@practice.example' }))).reports).toEqual([]);
    const two = `${dsn({ mail: MAIL, to: 'a@practice.example' })}\r\nnotice-7.43.fedcba9876543210\r\n`;
    expect((await read(two)).reports).toEqual([]);
    expect(await read('')).toEqual({ mails: 0, reports: [] });
    expect(await read('no mail at all')).toEqual({ mails: 1, reports: [] });
  });

  it('23: a mail of parts in parts without end is no report, and no fault', async () => {
    const parts = Array.from(
      { length: 400 },
      (_, at) => `Content-Type: multipart/mixed; boundary="n${at}"\r\n\r\n--n${at}\r\n`,
    );
    expect(await read(`${parts.join('')}Content-Type: message/delivery-status\r\n\r\n${MAIL}`)).toEqual({
      mails: 1,
      reports: [],
    });
  });

  it('23: a mailbox file is read mail by mail; its quoted lines are unquoted', async () => {
    const one = dsn({ mail: MAIL, to: 'a@practice.example' }).replaceAll('\r\n', '\n');
    const other = dsn({ mail: 'notice-7.43.fedcba9876543210', to: 'b@practice.example', action: 'delayed' })
      .replaceAll('\r\n', '\n')
      .replace('I am sorry', '>From the relay: I am sorry');
    const box = `From MAILER-DAEMON Tue Dec  1 09:00:00 2026\n${one}\n\nFrom MAILER-DAEMON Tue Dec  1 09:00:01 2026\n${other}\n`;
    const { mails, reports } = await read(box);
    expect(mails).toBe(2);
    expect(reports.map(({ mail, recipients }) => [mail, recipients[0]?.action])).toEqual([
      [MAIL, 'failed'],
      ['notice-7.43.fedcba9876543210', 'delayed'],
    ]);
  });

  it('23: folded fields, several recipients and a status without a diagnostic are read', async () => {
    const text = dsn({ mail: MAIL, to: 'list@practice.example', diagnostic: '550 no\r\n such mailbox' }).replace(
      'Action: failed',
      'Action: failed (after 2 days)',
    );
    expect((await read(text)).reports[0]?.recipients[0]).toMatchObject({
      action: 'failed',
      reply: '5.1.1, 550 no such mailbox',
    });
  });
});
