import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { prepareMessage } from '../../../../src/delivery/channels/email/message.ts';
import type { SharedMail } from '../../../../src/ports/mailer.ts';
import { personalMark, withoutMarks } from '../../../../src/ports/mailer.ts';

const NAME = personalMark('name');
const MAIL: SharedMail = {
  from: { name: 'Rehearsal Trust', address: 'notices@provider.example' },
  subject: 'Planned outage – Tuesday 8 December 2026',
  text: `To ${NAME}: "2WW is never held" = true.\n\nGoodbye ${NAME}`,
  html: `<p>To <b>${NAME}</b> – é</p><a href="https://x.example/?a=${NAME}">link</a>`,
  attachments: [
    {
      name: 'outage.ics',
      mediaType: 'text/calendar; method=PUBLISH; charset=utf-8',
      text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
    },
  ],
  headers: { 'List-Unsubscribe': `<https://x.example/${NAME}>`, 'Auto-Submitted': 'auto-generated' },
  date: Temporal.Instant.from('2026-12-01T09:00:00Z'),
};

function compose(name: string, mail: SharedMail = MAIL): string {
  return prepareMessage(mail).messageFor({
    to: { name, address: 'a81001@referrer.example' },
    messageId: 'n1.d2@provider.example',
    report: 'failure',
    fields: { name },
  });
}

describe('a composed message', () => {
  it('22: is read back whole by an independent parser: both texts, the calendar, the headers', async () => {
    const mail = await PostalMime.parse(compose('The Densham Surgery'));
    expect(mail.subject).toBe('Planned outage – Tuesday 8 December 2026');
    expect(mail.from).toMatchObject({ name: 'Rehearsal Trust', address: 'notices@provider.example' });
    expect(mail.to?.[0]).toMatchObject({ name: 'The Densham Surgery', address: 'a81001@referrer.example' });
    expect(mail.messageId).toBe('<n1.d2@provider.example>');
    expect(mail.text?.trim()).toBe(
      'To The Densham Surgery: "2WW is never held" = true.\n\nGoodbye The Densham Surgery',
    );
    expect(mail.html).toContain('<b>The Densham Surgery</b> – é');
    expect(mail.attachments[0]).toMatchObject({ filename: 'outage.ics', mimeType: 'text/calendar', method: 'PUBLISH' });
    expect(mail.headers.find((one) => one.key === 'auto-submitted')?.value).toBe('auto-generated');
  });

  it('22: any name arrives as it was, in the header, the text and, escaped, in the HTML', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (raw) => {
        const name = withoutMarks(
          raw
            .replace(/[\p{Cc}\s\u2028\u2029]+/gu, ' ')
            .trim()
            .normalize(),
        );
        fc.pre(name.isWellFormed());
        const mail = await PostalMime.parse(compose(name));
        expect(mail.text?.trim().endsWith(`Goodbye ${name}`.trim())).toBe(true);
        expect(mail.to?.[0]?.name ?? '').toBe(name);
        expect(mail.html).toContain(
          `<b>${name.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;')}</b>`,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('22: no line is longer than 76 characters but for a header word that cannot be folded, and all is ASCII', () => {
    const raw = compose('Ä'.repeat(300), { ...MAIL, text: `${'word '.repeat(500)}${NAME}${'x'.repeat(300)}` });
    const body = raw.slice(raw.indexOf('\r\n\r\n'));
    expect(body.split('\r\n').filter((line) => line.length > 76)).toEqual([]);
    expect(Buffer.from(raw, 'utf8').every((byte) => byte < 128)).toBe(true);
    expect(raw.replaceAll('\r\n', '').includes('\n')).toBe(false);
  });

  it('22: a name cannot add a header or a recipient', async () => {
    const raw = compose('Surgery\r\nBcc: somebody@else.example" <x@y.example>');
    const mail = await PostalMime.parse(raw);
    expect(mail.bcc).toBeUndefined();
    expect(mail.to).toHaveLength(1);
    expect(mail.to?.[0]?.address).toBe('a81001@referrer.example');
  });

  it('22: a value that is missing stops the mail instead of leaving a hole', () => {
    const prepared = prepareMessage(MAIL);
    expect(() =>
      prepared.messageFor({ to: { name: 'x', address: 'a@b.example' }, messageId: 'm', report: 'failure', fields: {} }),
    ).toThrow('name');
  });
});
