import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { smtpMailer } from '../../src/delivery/channels/email/mailer.ts';
import { relayFrom } from '../../src/delivery/channels/email/relay.ts';
import { mailName } from '../../src/domain/delivery-report.ts';
import { KIND_RULES, NOTICE_KINDS, type Notice } from '../../src/domain/notice.ts';
import { deliveryOfRef } from '../../src/domain/notice-links.ts';
import { fixedClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { personalFor, prepareNotice } from '../../src/work/advance-sending-mail.ts';
import { NOW, noticeAbout, PROVIDER, TO_SURGERY, TOKEN } from '../support/notice-about.ts';

const WORK = {
  publicUrl: 'https://changeover.example',
  from: 'notices@trust.example',
  clock: fixedClock(NOW.toString()),
  log: silentLog,
  mailer: smtpMailer(relayFrom('smtp://127.0.0.1:1'), 'notices@trust.example'),
};

function rawOf(notice: Notice): string {
  return prepareNotice(WORK, notice).messageFor(personalFor(WORK, notice, TO_SURGERY));
}

describe.each([1, 12, 1500])('a mail about %i services, read back by independent parsers', (size) => {
  it.each(NOTICE_KINDS)('22: %s: names, numbers, dates, links and the calendar are right', async (kind) => {
    const notice = noticeAbout(kind, size);
    const raw = rawOf(notice);
    expect(raw).toMatch(/^[\x20-\x7e\r\n]*$/);
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    // An address cannot be folded; RFC 5322 allows 998.
    expect(raw.split('\r\n').filter((line) => line.length > (line.includes('<https:') ? 998 : 78))).toEqual([]);
    expect(raw.length).toBeLessThan(100_000);

    const mail = await PostalMime.parse(raw);
    expect(mail.from).toEqual({ name: PROVIDER, address: 'notices@trust.example' });
    expect(mail.to).toEqual([{ name: 'Meddygfa “Glan-y-Môr” & Co', address: 'desk@practice.example' }]);
    expect(mail.messageId).toBe(`<${mailName(9, 42, 'a key')}@trust.example>`);
    expect(new Date(mail.date ?? '').toISOString()).toBe('2026-10-12T09:00:00.000Z');
    expect(mail.subject).toContain(PROVIDER);

    const text = mail.text ?? '';
    const services = size === 1 ? '1 service at 1 site' : `${size.toLocaleString('en-GB')} services at 10 sites`;
    expect(text).toContain(services);
    expect(text).toContain('Meddygfa “Glan-y-Môr” & Co, A81001');
    const spans = KIND_RULES[kind].needs === 'outage' && kind !== 'rolled-back';
    if (spans)
      expect(text).toContain(
        'Saturday 24 October 2026, 5pm to Sunday 25 October 2026, 1:30am (UK time, BST at the start, GMT at the end)',
      );
    if (kind === 'completed') expect(text).toContain('Sunday 25 October 2026, 1:10am');
    expect(text).toContain('01632 960 100');
    expect(`${mail.subject}${text}`).not.toMatch(/undefined|null|\[object|\{[a-z_]+\}|[\u{e000}-\u{f8ff}]/u);

    for (const body of [text, (mail.html ?? '').replaceAll('&amp;', '&')]) {
      const links = body.match(/https:\/\/[^\s"<>]+/g) ?? [];
      const ours = links.filter((link) => !link.startsWith('https://www.w3.org'));
      expect(new Set(ours.map((link) => link.replace(/\/address\?to=.*/, '')))).toEqual(
        new Set([`https://changeover.example/notices/${TOKEN}`]),
      );
      const to = new URL(ours.find((link) => link.includes('/address')) ?? '').searchParams.get('to') ?? '';
      expect(deliveryOfRef(TOKEN, to)).toBe(42);
    }

    const file = mail.attachments.find((one) => one.mimeType === 'text/calendar');
    expect(file !== undefined).toBe(KIND_RULES[kind].calendar !== null);
    if (!file) return;
    const calendar = new ICAL.Component(ICAL.parse(new TextDecoder().decode(file.content as ArrayBuffer)));
    expect(calendar.getFirstPropertyValue('method')).toBe(KIND_RULES[kind].calendar);
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-10-24T16:00:00.000Z');
    expect(event.endDate.toJSDate().toISOString()).toBe('2026-10-25T01:30:00.000Z');
    expect(event.summary).toContain(PROVIDER);
    expect(event.description).toContain(`https://changeover.example/notices/${TOKEN}`);
    expect(event.description).toContain(size === 1 ? '1 service of' : `${size.toLocaleString('en-GB')} services of`);
  });
});
