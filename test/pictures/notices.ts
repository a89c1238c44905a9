import { KIND_RULES, NOTICE_KINDS, type NoticeFacts, type NoticeKind } from '../../src/domain/notice.ts';
import { variablesOf } from '../../src/domain/notice-wording.ts';
import { filled } from '../../src/kernel/messages/index.ts';
import { type NoticeMail, noticeMail } from '../../templates/notices/mail.ts';
import { factsOf, WORDING } from '../support/notice-facts.ts';
import { factsInWelsh } from '../support/pseudo-welsh.ts';

const LINKS = { page: 'https://changeover.example/notices/…', from: 'notices@rehearsal.example' };
const PERSONAL = {
  name: 'The Densham Surgery, A81001',
  why: 'list practices',
  wrongAddress: 'https://changeover.example/notices/…/address',
};

/** Each kind of notice as somebody gets it, with the facts of a migration in the tests. */
export function sampleMail(kind: NoticeKind): NoticeMail {
  const changed = kind === 'moved' || kind === 'extended';
  const outage = {
    from: '2026-12-08T17:00:00Z',
    to: kind === 'extended' ? '2026-12-09T02:00:00Z' : '2026-12-08T23:00:00Z',
  };
  const before = kind === 'moved' ? '2026-12-01' : '2026-12-08';
  const sample = factsOf(kind, { outage });
  return noticeMail(
    factsOf(kind, {
      outage,
      wording: filledIn(sample),
      earlierOutage: changed ? { from: `${before}T17:00:00Z`, to: `${before}T23:00:00Z` } : null,
      version: NOTICE_KINDS.indexOf(kind) + 1,
      replaces: kind === 'planned' ? null : 'XR1-1-1',
      completedAt: kind === 'completed' || kind === 'rolled-back' ? '2026-12-08T22:40:00Z' : null,
    }),
    LINKS,
    PERSONAL,
  );
}

function filledIn(facts: NoticeFacts): NoticeFacts['wording'] {
  const values = variablesOf(facts, WORDING, facts.kind);
  return Object.fromEntries(Object.entries(facts.wording).map(([name, text]) => [name, filled(text, values)]));
}

/** The planned notice as somebody gets it who is marked for Welsh. The words stand for Welsh and are none (test/support/pseudo-welsh.ts). */
export function sampleInWelsh(): NoticeMail {
  const wording = filledIn(factsOf('planned'));
  const facts = factsInWelsh('planned', { replaces: null, version: 1, wording });
  return noticeMail(facts, LINKS, { ...PERSONAL, name: 'The Densham Surgery, W95001' }, 'cy');
}

/** docs/notice-kinds.md: every kind in light and dark, and its plain text. */
export function noticesIndex(): string {
  const kinds = NOTICE_KINDS.map((kind) =>
    section({ heading: capital(KIND_RULES[kind].words), kind, name: kind, shows: kind, note: [] }, sampleMail(kind)),
  );
  return [
    '# The notices in pictures',
    '',
    'Every kind of notice as its readers get it, with sample facts: HTML drawn by Chromium in light and dark, and its plain-text twin. `npm run notice-pictures`',
    'draws them again; a test holds this page equal to what the program sends. How other mail programs draw it is not seen here: Outlook’s engine cannot be run on a',
    'server, so the HTML keeps to tables, inline styles and system fonts ([the decision](decisions/0006-mail-html.md)).',
    '',
    '![The planned notice on a phone](pictures/notice-planned-phone.png)',
    '',
    ...kinds,
    inWelsh(),
  ].join('\n');
}

function inWelsh(): string {
  const note = [
    'Whoever is marked for Welsh gets one mail in both languages, Welsh first. **No Welsh is shown here, since Changeover has none of its own:** «cy: …» around the English stands where the words of',
    'your translators go ([how](notices.md#in-welsh)). Only the day is real Welsh: days and months are Unicode’s.',
    '',
  ];
  const shows = 'in Welsh and English';
  return section({ heading: capital(shows), kind: 'planned', name: 'welsh', shows, note }, sampleInWelsh());
}

interface Section {
  readonly heading: string;
  readonly kind: NoticeKind;
  readonly name: NoticeKind | 'welsh';
  /** What the pictures show, for whoever does not see them. */
  readonly shows: string;
  readonly note: readonly string[];
}

function section({ heading, kind, name, shows, note }: Section, mail: NoticeMail): string {
  const event = mail.calendar === null ? 'no calendar event' : `calendar event ${mail.calendar.method}`;
  return [
    `## ${heading} (\`${kind}\`)`,
    '',
    ...note,
    `Subject: ${mail.subject}`,
    '',
    `${(Buffer.byteLength(mail.html) / 1000).toFixed(0)} kB of HTML, ${event}.`,
    '',
    '| Light | Dark |',
    '|---|---|',
    `| ![${shows}, light](${picture(name, 'light')}) | ![${shows}, dark](${picture(name, 'dark')}) |`,
    '',
    '<details><summary>The plain text of the same mail</summary>',
    '',
    '```',
    mail.text.trim(),
    '```',
    '',
    '</details>',
    '',
  ].join('\n');
}

export function picture(kind: NoticeKind | 'welsh', scheme: 'light' | 'dark'): string {
  return `pictures/notice-${kind}-${scheme}.png`;
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
