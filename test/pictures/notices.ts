import { KIND_RULES, NOTICE_KINDS, type NoticeKind } from '../../src/domain/notice.ts';
import { type NoticeMail, noticeMail } from '../../templates/notices/mail.ts';
import { factsOf } from '../support/notice-facts.ts';

/** Each kind of notice as somebody gets it, with the facts of a migration in the tests. */
export function sampleMail(kind: NoticeKind): NoticeMail {
  const changed = kind === 'moved' || kind === 'extended';
  const outage = {
    from: '2026-12-08T17:00:00Z',
    to: kind === 'extended' ? '2026-12-09T02:00:00Z' : '2026-12-08T23:00:00Z',
  };
  const before = kind === 'moved' ? '2026-12-01' : '2026-12-08';
  return noticeMail(
    factsOf(kind, {
      outage,
      earlierOutage: changed ? { from: `${before}T17:00:00Z`, to: `${before}T23:00:00Z` } : null,
      version: NOTICE_KINDS.indexOf(kind) + 1,
      replaces: kind === 'planned' ? null : 'XR1-1-1',
      completedAt: kind === 'completed' || kind === 'rolled-back' ? '2026-12-08T22:40:00Z' : null,
    }),
    { page: 'https://changeover.example/notices/…', from: 'notices@rehearsal.example' },
    {
      name: 'The Densham Surgery, A81001',
      why: 'list practices',
      wrongAddress: 'https://changeover.example/notices/…/address',
    },
  );
}

/** docs/notice-kinds.md: every kind in light and dark, and its plain text. */
export function noticesIndex(): string {
  const kinds = NOTICE_KINDS.map((kind) => {
    const mail = sampleMail(kind);
    const event = mail.calendar === null ? 'no calendar event' : `calendar event ${mail.calendar.method}`;
    return [
      `## ${capital(KIND_RULES[kind].words)} (\`${kind}\`)`,
      '',
      `Subject: ${mail.subject}`,
      '',
      `${(Buffer.byteLength(mail.html) / 1000).toFixed(0)} kB of HTML, ${event}.`,
      '',
      '| Light | Dark |',
      '|---|---|',
      `| ![${kind}, light](${picture(kind, 'light')}) | ![${kind}, dark](${picture(kind, 'dark')}) |`,
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
  });
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
  ].join('\n');
}

export function picture(kind: NoticeKind, scheme: 'light' | 'dark'): string {
  return `pictures/notice-${kind}-${scheme}.png`;
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
