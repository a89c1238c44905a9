import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { smtpMailer } from '../../src/delivery/channels/email/mailer.ts';
import { relayFrom } from '../../src/delivery/channels/email/relay.ts';
import { NOTICE_KINDS } from '../../src/domain/notice.ts';
import { fixedClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { personalFor, preparedNotice } from '../../src/work/advance-sending-mail.ts';
import { NOW, noticeAbout, PROVIDER, TO_SURGERY, TOKEN } from '../support/notice-about.ts';
import { WORDING } from '../support/notice-facts.ts';
import { pseudoWelsh } from '../support/pseudo-welsh.ts';

// No Welsh here: «cy: …» stands where it would (test/support/pseudo-welsh.ts).
const WELSH = pseudoWelsh(WORDING);
const PAGE = `https://changeover.example/notices/${TOKEN}`;
const WORK = {
  publicUrl: 'https://changeover.example',
  from: 'notices@trust.example',
  clock: fixedClock(NOW.toString()),
  log: silentLog,
  mailer: smtpMailer(relayFrom('smtp://127.0.0.1:1'), 'notices@trust.example'),
};

describe.each([1, 12, 1500])('a mail in Welsh and English about %i services, read back', (size) => {
  it.each(NOTICE_KINDS)('22: %s: each part whole, in its language, Welsh first; one event', async (kind) => {
    const notice = noticeAbout(kind, size, WELSH);
    const prepared = preparedNotice(WORK, notice);
    const personal = personalFor(WORK, notice, { ...TO_SURGERY, language: 'cy' });
    const raw = prepared.cy.messageFor(personal);
    expect(raw.length).toBeLessThan(100_000);
    expect(raw).toMatch(/^[\x20-\x7e\r\n]*$/);
    const mail = await PostalMime.parse(raw);
    const english = await PostalMime.parse(prepared.en.messageFor(personal));
    expect(english.html).not.toContain('«cy:');

    // The subject, the plain text and the HTML: Welsh, then the very English that everybody else gets.
    expect(mail.subject).toMatch(/^«cy: /);
    expect(mail.subject?.endsWith(` / ${english.subject}`)).toBe(true);
    const text = mail.text ?? '';
    const [both = '', welshText = '', englishText = ''] = text.split(`\n\n${'='.repeat(72)}\n\n`);
    expect(both.split('\n')).toEqual([
      '«cy: The same notice in English stands below.»',
      'This notice is in Welsh and in English. The English stands below the Welsh.',
    ]);
    expect(englishText.trim()).toBe((english.text ?? '').trim());
    const html = mail.html ?? '';
    expect(html).toMatch(/<html lang="cy"/);
    const rows = html.split(/(?=<tr lang="(?:cy|en-GB)")/).slice(1);
    expect(rows.length % 2).toBe(0);
    const half = rows.length / 2;
    expect(rows.slice(0, half).every((row) => row.startsWith('<tr lang="cy"'))).toBe(true);
    expect(rows.slice(half).every((row) => row.startsWith('<tr lang="en-GB"'))).toBe(true);

    // Both parts of the mail, and both languages, say the same: numbers, names, links, telephone numbers.
    const inHtml = [visible(rows.slice(0, half).join('')), visible(rows.slice(half).join(''))] as const;
    const inText = [welshText, englishText] as const;
    for (const part of [0, 1] as const) {
      const lines = inText[part].split('\n').map((line) => line.replace(/^- /, '').trim());
      const said = lines.filter((line) => line !== '' && !/^-+$|^https:/.test(line));
      const flat = inHtml[part].replaceAll(':', '');
      expect(said.filter((line) => !flat.includes(line.replaceAll(':', '').replace(/\s+/g, ' ')))).toEqual([]);
      expect(inText[part]).toContain(PROVIDER);
      expect(inText[part]).toContain('01632 960 100');
      expect(inText[part]).toContain(TO_SURGERY.name);
      const form = new RegExp(`/address\\?to=42-[0-9a-f]{12}${part === 0 ? '&lang=cy' : ''}$`, 'm');
      expect(inText[part]).toMatch(form);
    }
    expect(welshText).toContain(`${PAGE}?lang=cy`);
    expect(welshText).toContain(size === 1500 ? '1,500' : String(size));
    expect(welshText.includes('Dydd Sadwrn, 24 Hydref 2026')).toBe(!['completed', 'rolled-back'].includes(kind));
    expect(html).toContain('<span lang="en-GB">list practices</span>');
    expect(html.match(/\/address\?to=42-[0-9a-f]{12}(?:&amp;lang=cy)?"/g)).toMatchObject(
      [/lang=cy/, /[0-9a-f]"/].map((one) => expect.stringMatching(one)),
    );
    expect(`${mail.subject}${text}`).not.toMatch(/undefined|null|\[object|\{[a-zA-Z_]+\}|[\u{e000}-\u{f8ff}]/u);

    // What Outlook or Gmail drop, or a page reader stumbles over.
    expect(html.match(/<table(?! role="presentation")/g)).toBeNull();
    expect(html).not.toMatch(
      /<(?:script|link|img|form|svg|section|details)\b|display:\s*(?:flex|grid)|position:|float:/,
    );
    expect(html.match(/<h1/g)).toHaveLength(2);

    const events = [mail, english].map(eventOf);
    expect(events[0] === null).toBe(events[1] === null);
    if (!events[0] || !events[1]) return;
    expect(events[0].uid).toBe(events[1].uid);
    expect(events[0].sequence).toBe(events[1].sequence);
    expect(events[0].startDate.toString()).toBe(events[1].startDate.toString());
    expect(events[0].summary).toBe(`«cy: ${events[1].summary}» / ${events[1].summary}`);
    expect(events[0].description.endsWith(events[1].description)).toBe(true);
    expect(events[0].description).toContain(`${PAGE}?lang=cy`);
  });
});

function eventOf({ attachments }: { attachments: { mimeType: string; content: unknown }[] }): ICAL.Event | null {
  const file = attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  if (!file) return null;
  const calendar = new ICAL.Component(ICAL.parse(new TextDecoder().decode(file.content as ArrayBuffer)));
  return new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
}

function visible(html: string): string {
  return html
    .replace(/<\/?(?:span|strong)[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}
