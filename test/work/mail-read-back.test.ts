import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { smtpMailer } from '../../src/delivery/channels/email/mailer.ts';
import { relayFrom } from '../../src/delivery/channels/email/relay.ts';
import { mailName } from '../../src/domain/delivery-report.ts';
import { KIND_RULES, NOTICE_KINDS, type Notice, type NoticeKind } from '../../src/domain/notice.ts';
import { composeNotice } from '../../src/domain/notice-facts.ts';
import { deliveryOfRef } from '../../src/domain/notice-links.ts';
import { fixedClock } from '../../src/kernel/clock.ts';
import { personalFor, prepareNotice } from '../../src/work/advance-sending-mail.ts';
import { plannedService, WORDING } from '../support/notice-facts.ts';

const TOKEN = 'k3yThatNobodyCanGuess-0123456789';
const PROVIDER = 'Ysbyty “Gwynedd”, Betsi & <Sons> NHS Trust';
const OUTAGE = { from: '2026-10-24T16:00:00Z', to: '2026-10-25T01:30:00Z' };
const WORK = {
  publicUrl: 'https://changeover.example',
  from: 'notices@trust.example',
  clock: fixedClock('2026-10-12T09:00:00Z'),
  mailer: smtpMailer(relayFrom('smtp://127.0.0.1:1'), 'notices@trust.example'),
};
const SITES = ['XR101', 'XR102', 'XR103', 'XR104', 'XR105', 'XR106', 'XR107', 'XR108', 'XR109', 'XR110'];

function noticeAbout(kind: NoticeKind, size: number): Notice {
  const services = Array.from({ length: size }, (_, at) =>
    plannedService(String(7_000_001 + at), {
      site: SITES[at % SITES.length] ?? 'XR101',
      twoWeekWait: at % 5 === 0,
      name: `Service – ${at}`,
    }),
  );
  const { facts, faults } = composeNotice({
    kind,
    migration: { id: 3, name: 'M', providerOrg: 'XR1', providerName: PROVIDER, zone: 'Europe/London', outage: OUTAGE },
    services,
    siteNames: new Map([['XR101', 'Ysbyty Gwynedd']]),
    wording: WORDING,
    earlier: [],
    completedAt: kind === 'completed' || kind === 'rolled-back' ? '2026-10-25T01:10:00Z' : null,
    now: WORK.clock.now(),
  });
  expect(faults).toEqual([]);
  const rest = {
    planId: 1,
    test: false,
    contentHash: 'h',
    status: 'sending',
    dueAt: '',
    mailsPerMinute: null,
  } as const;
  const times = { createdBy: 1, createdAt: '', startedAt: null, finishedAt: null, heldAt: null, heldWhy: null };
  return { id: 9, migrationId: 3, kind, token: TOKEN, mailKey: 'a key', facts, replacedBy: null, ...rest, ...times };
}

function rawOf(notice: Notice): string {
  const delivery = {
    id: 42,
    code: 'A81001',
    name: 'Meddygfa “Glan-y-Môr” & Co',
    kind: 'referrer' as const,
    email: 'desk@practice.example',
    why: 'list practices',
    attempts: 1,
  };
  return prepareNotice(WORK, notice).messageFor(personalFor(WORK, notice, delivery));
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
