import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { KIND_RULES, NOTICE_KINDS } from '../../../src/domain/notice.ts';
import { variablesOf } from '../../../src/domain/notice-wording.ts';
import { noticeMail } from '../../../templates/notices/mail.ts';
import { noticeDocument } from '../../../templates/notices/words.ts';
import { factsOf } from '../../support/notice-facts.ts';

const LINKS = { page: 'https://changeover.example/notices/k3y', from: 'notices@rehearsal.example' };
const PERSONAL = {
  name: 'Smith & Sons <Surgery>',
  why: 'list practices.csv',
  wrongAddress: 'https://changeover.example/notices/k3y/address?to=1-a&x=2',
};

describe.each(NOTICE_KINDS)('the %s notice', (kind) => {
  const facts = factsOf(kind);
  const mail = noticeMail(facts, LINKS, PERSONAL);
  const visible = textOf(mail.html);

  it('22: says in plain text everything that the HTML says, in the same order', () => {
    const doc = noticeDocument(facts);
    const said = [
      doc.title,
      doc.lead,
      ...doc.facts.map((fact) => fact.value),
      ...(doc.cancer?.paragraphs ?? []),
      ...doc.sections.flatMap((one) => [
        one.heading,
        ...one.blocks.flatMap((block) => (block.kind === 'list' ? block.items : [block.text])),
      ]),
      PERSONAL.name,
      doc.reference,
    ];
    expect(inOrder(said, mail.text)).toEqual([]);
    expect(inOrder(said, visible)).toEqual([]);
  });

  it('22: carries the page, the wrong-address link and who it was sent to, and stays small', () => {
    expect(mail.text).toContain(LINKS.page);
    expect(mail.text).toContain(PERSONAL.wrongAddress);
    expect(mail.html).toContain('href="https://changeover.example/notices/k3y/address?to=1-a&amp;x=2"');
    expect(mail.html).toContain('Smith &amp; Sons &lt;Surgery&gt;');
    expect(Buffer.byteLength(mail.html)).toBeLessThan(30_000);
    expect(mail.subject.length).toBeLessThan(160);
  });

  it('22: keeps to the style: no empty words, no "click here", no exclamation mark, no midnight', () => {
    const all = `${mail.subject}\n${mail.text}`;
    expect(all).not.toMatch(/undefined|null|\[object|click here|midnight|!/i);
    expect(all).not.toMatch(/: *(\n|$)(?!http)/);
  });

  it('22: what people wrote is escaped, also around what must not be broken over two lines', () => {
    const facts = factsOf('planned', {
      wording: { ...factsOf('planned').wording, works: '<b>e-RS</b> & 01632 960 100' },
    });
    const { html } = noticeMail(facts, LINKS, PERSONAL);
    expect(html).toContain(
      '&lt;b&gt;<span style="white-space:nowrap">e-RS</span>&lt;/b&gt; &amp; <span style="white-space:nowrap">01632 960 100</span>',
    );
  });

  it('22: its HTML has inline styles, a language, a title, and tables that say that they are no data', () => {
    expect(mail.html).toContain('<html lang="en-GB"');
    expect(mail.html.match(/<table(?! role="presentation")/g)).toBeNull();
    expect(mail.html).not.toMatch(/<(?:script|link|img|form)\b/);
    expect(mail.html.match(/<h1/g)).toHaveLength(1);
  });
});

describe('the words', () => {
  it('20: urgent suspected cancer comes before anything else that is to be done', () => {
    for (const kind of ['planned', 'reminder', 'started', 'extended', 'moved'] as const) {
      const { text } = noticeMail(factsOf(kind), LINKS, PERSONAL);
      expect(text.indexOf('Urgent suspected cancer')).toBeGreaterThan(0);
      expect(text.indexOf('Urgent suspected cancer')).toBeLessThan(text.indexOf('What to do with other referrals'));
      expect(text).toContain('telephone 01632 960 100');
    }
  });

  it('20: the outage is in words, with the weekday and the time zone of that day', () => {
    expect(noticeMail(factsOf('planned'), LINKS, PERSONAL).text).toContain(
      'When: Tuesday 8 December 2026, 5pm to 11pm (UK time, GMT)',
    );
    const summer = factsOf('planned', { outage: { from: '2026-08-06T16:00:00Z', to: '2026-08-06T23:00:00Z' } });
    expect(noticeMail(summer, LINKS, PERSONAL).text).toContain(
      'When: Thursday 6 August 2026, 5pm to 11:59pm (UK time, BST)',
    );
  });

  it('20: an end at midnight is 11:59pm wherever it is said: in the facts, the lead and the team’s own texts', () => {
    const outage = { from: '2026-12-08T17:00:00Z', to: '2026-12-09T00:00:00Z' };
    const values = variablesOf({ ...factsOf('extended'), outage }, [], 'extended');
    expect(values).toMatchObject({
      outage: 'Tuesday 8 December 2026, 5pm to 11:59pm',
      outage_end: 'Tuesday 8 December 2026, 11:59pm',
    });
    const { text, html } = noticeMail(factsOf('extended', { outage }), LINKS, PERSONAL);
    for (const said of [text, html]) {
      expect(said).toContain('11:59pm');
      expect(said).not.toMatch(/12am|Wednesday 9 December/);
    }
  });

  it('20: a moved outage says both times; a service on the national menu adds a sentence for neighbours', () => {
    const facts = factsOf('moved', {
      earlierOutage: { from: '2026-12-01T17:00:00Z', to: '2026-12-01T23:00:00Z' },
      services: { ...factsOf('moved').services, onNationalMenu: true },
    });
    const { text } = noticeMail(facts, LINKS, PERSONAL);
    expect(text).toContain('Before, we said: Tuesday 1 December 2026, 5pm to 11pm');
    expect(text).toContain('referrers everywhere in England');
  });

  it.each([1, 12, 1500])('20: the numbers are right for %i services', (count) => {
    const sites = Array.from({ length: Math.min(count, 11) }, (_, at) => ({
      code: `XR1${at}`,
      name: `Site ${at}`,
      count: at === 0 ? count - Math.min(count, 11) + 1 : 1,
    }));
    const facts = factsOf('planned', { services: { count, sites, urgentSuspectedCancer: 0, onNationalMenu: false } });
    const { text } = noticeMail(facts, LINKS, PERSONAL);
    const services = count === 1 ? '1 service at 1 site' : `${count.toLocaleString('en-GB')} services at 11 sites`;
    expect(text).toContain(`Services: ${services}`);
    expect(text.includes('and 3 more sites')).toBe(count > 1);
  });
});

describe('the calendar event', () => {
  it('22: is the outage, as an independent parser reads it', () => {
    for (const kind of NOTICE_KINDS) {
      const { calendar } = noticeMail(factsOf(kind), LINKS, PERSONAL);
      expect(calendar?.method ?? null).toBe(KIND_RULES[kind].calendar);
      if (!calendar) continue;
      const file = new ICAL.Component(ICAL.parse(calendar.text));
      const event = new ICAL.Event(file.getFirstSubcomponent('vevent') ?? undefined);
      expect(file.getFirstPropertyValue('method')).toBe(calendar.method);
      expect(event.startDate.toJSDate().toISOString()).toBe('2026-12-08T17:00:00.000Z');
      expect(event.endDate.toJSDate().toISOString()).toBe('2026-12-08T23:00:00.000Z');
      expect(event.uid).toBe('abc@changeover.outage');
      expect(event.summary).toBe('e-RS booking outage: Rehearsal Hospitals NHS Trust');
      expect(event.description).toContain(LINKS.page);
      expect(event.organizer).toBe('mailto:notices@rehearsal.example');
      expect(event.component.getFirstPropertyValue('status')).toBe(kind === 'cancelled' ? 'CANCELLED' : 'CONFIRMED');
    }
  });

  it('22: its lines are at most 75 octets and its text survives commas, semicolons and accents', () => {
    const name = 'Ysbyty Gwynedd; “Ä, B\\C” '.repeat(4).trim();
    const { calendar } = noticeMail(factsOf('planned', { provider: { code: 'X', name } }), LINKS, PERSONAL);
    for (const line of (calendar?.text ?? '').split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const file = new ICAL.Component(ICAL.parse(calendar?.text ?? ''));
    expect(new ICAL.Event(file.getFirstSubcomponent('vevent') ?? undefined).summary).toBe(
      `e-RS booking outage: ${name}`,
    );
  });
});

function textOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '')
    .replace(/<\/?span[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

/** The pieces that are not there, or not after the one before. */
function inOrder(pieces: readonly string[], whole: string): string[] {
  const flat = whole.replace(/\s+/g, ' ');
  let from = 0;
  return pieces.filter((piece) => {
    const at = flat.indexOf(piece.replace(/\s+/g, ' '), from);
    if (at >= 0) from = at;
    return at < 0;
  });
}
