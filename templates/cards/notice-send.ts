import type { Card, Part } from '../../src/card/card.ts';
import type { NoticeAskedFacts, NoticePreviewFacts } from '../../src/domain/notice-answers.ts';
import { counted, inWords, lengthInWords } from '../../src/kernel/time-words.ts';
import type { NoticeDocument } from '../notices/document.ts';
import { noticeDocument, welshVersion } from '../notices/words.ts';
import { fixedTimeParts } from './notice-fixed-times.ts';

const READ_AGAIN = 'Do these times still hold? They were written before the outage changed:';

/** The notice as its readers get it, in the chat. */
export function previewCard(facts: NoticePreviewFacts): Card {
  return {
    headline: `Preview · ${facts.what} · to ${counted(facts.mails, 'mailbox', 'mailboxes')}`,
    code: facts.code,
    tone: facts.faults.length > 0 ? 'warning' : 'neutral',
    body: [
      ...faultLines(facts),
      ...fixedTimeParts(facts.fixedTimes, READ_AGAIN),
      ...documentParts(noticeDocument(facts.notice)),
      ...welshLine(facts),
    ],
    actions: [],
  };
}

/** The whole of a notice in one language, as parts of a card; `label` stands before its subject. */
export function documentParts(doc: NoticeDocument, label = 'Subject: '): readonly Part[] {
  return [
    { kind: 'text', text: `${label}${doc.subject}`, weight: 'quiet' },
    { kind: 'text', text: doc.title, weight: 'strong' },
    { kind: 'text', text: doc.lead },
    { kind: 'facts', facts: doc.facts },
    ...(doc.cancer === null
      ? []
      : [
          { kind: 'text' as const, text: `${doc.cancer.heading}`, weight: 'strong' as const },
          ...doc.cancer.paragraphs.map((text) => ({ kind: 'text' as const, text })),
        ]),
    ...doc.sections.flatMap((part): Part[] => [
      { kind: 'text', text: part.heading, weight: 'strong' },
      ...part.blocks.map(
        (block): Part =>
          block.kind === 'list' ? { kind: 'list', items: block.items } : { kind: 'text', text: block.text },
      ),
    ]),
    { kind: 'text', text: doc.reference, weight: 'quiet' },
  ];
}

/** In the chat a line: the words stand on the page, whose reader may be the translator. */
function welshLine({ notice, inWelsh }: NoticePreviewFacts): Part[] {
  const welsh = welshVersion(notice);
  if (welsh === null) return [];
  const text = `In Welsh too, above the English, for ${counted(inWelsh, 'mailbox', 'mailboxes')}: ${welsh.doc.subject}. The page shows all of it.`;
  return [{ kind: 'text', text, weight: 'strong' }];
}

/** The question before anybody is mailed: the number, how long, the last one, the lead (rule 21). */
export function askedCard(facts: NoticeAskedFacts): Card {
  const { forecast, notice } = facts;
  const { zone } = notice;
  return {
    headline: `Send the notice (${facts.what}) to ${counted(facts.mails, 'mailbox', 'mailboxes')}?`,
    code: facts.code,
    tone: facts.leadCounts && !forecast.leadMet ? 'warning' : 'neutral',
    body: [
      {
        kind: 'facts',
        facts: [
          {
            label: 'To',
            value: `${counted(facts.commissioners, 'commissioner')}, ${counted(facts.referrers, 'referrer')}`,
          },
          ...(facts.inWelsh > 0
            ? [
                {
                  label: 'In both languages',
                  value: `${counted(facts.inWelsh, 'mailbox', 'mailboxes')}: Welsh first, English whole below`,
                },
              ]
            : []),
          ...(facts.englishOnly === null ? [] : [{ label: 'No Welsh', value: facts.englishOnly }]),
          { label: 'First goes', value: inWords(forecast.dueAt, zone) },
          { label: 'Last goes', value: lastWords(facts) },
          ...(facts.leadCounts ? [{ label: 'Lead', value: leadWords(facts) }] : []),
          ...(facts.unreachable > 0
            ? [{ label: 'No address', value: `${counted(facts.unreachable, 'organisation')}: telephone them` }]
            : []),
          ...(facts.leftOut > 0
            ? [{ label: 'Left out', value: `${facts.leftOut}, or told elsewhere, with reasons` }]
            : []),
          ...(facts.unmapped > 0
            ? [
                {
                  label: 'Not reached',
                  value: `${counted(facts.unmapped, 'practice')} without a commissioner of today`,
                },
              ]
            : []),
          ...(facts.doubted > 0
            ? [{ label: 'Look at first', value: counted(facts.doubted, 'odd address', 'odd addresses') }]
            : []),
          ...(facts.merged > 0 ? [{ label: 'Same address', value: `${facts.merged} put together with another` }] : []),
        ],
      },
      ...fixedTimeParts(facts.fixedTimes, READ_AGAIN),
      ...(facts.needsTest && !facts.tested
        ? [{ kind: 'text' as const, text: 'Send a test to yourself first, and read it.', weight: 'strong' as const }]
        : []),
    ],
    actions: askedActions(facts),
  };
}

function askedActions(facts: NoticeAskedFacts): Card['actions'] {
  const about = { kind: facts.notice.kind, ...(facts.plan === null ? {} : { plan: String(facts.plan) }) };
  const test = { kind: 'do', label: 'Send me a test', verb: 'send', input: { ...about, test: 'yes' } } as const;
  const look = { kind: 'do', label: 'Preview', verb: 'preview', input: about } as const;
  const who = { kind: 'do', label: 'Who, and why', verb: 'recipients', input: {} } as const;
  if (facts.needsTest && !facts.tested) return [{ ...test, style: 'primary' }, look, who];
  const send = {
    kind: 'do',
    label: `Send to ${facts.mails.toLocaleString('en-GB')}`,
    verb: 'send',
    input: { ...about, code: facts.code, at: facts.forecast.dueAt },
    style: 'primary',
  } as const;
  const now = { kind: 'do', label: 'Rather now', verb: 'send', input: { ...about, at: 'now' } } as const;
  return [send, ...(facts.later ? [now] : []), look, test, who];
}

function lastWords({ forecast, mailsPerMinute, notice, mails }: NoticeAskedFacts): string {
  const last = inWords(forecast.lastAt, notice.zone);
  if (mailsPerMinute === null) return `${last}: all ${mails.toLocaleString('en-GB')} at once, no rate is set`;
  return `${last}: ${lengthInWords(forecast.seconds)} at ${mailsPerMinute} a minute`;
}

function leadWords({ forecast, leadWorkingDays, notice }: NoticeAskedFacts): string {
  const days = counted(leadWorkingDays, 'working day');
  if (forecast.leadDeadline === null) return 'cannot be counted: the bank-holiday calendar does not reach the outage';
  const by = inWords(forecast.leadDeadline, notice.zone);
  return forecast.leadMet
    ? `met: ${days} before the outage is ${by}`
    : `not met: ${days} before the outage was ${by}. The run then needs the e-RS lead's reason.`;
}

function faultLines({ faults, locked }: NoticePreviewFacts): Part[] {
  if (faults.length === 0) return locked === null ? [] : [{ kind: 'text', text: locked, weight: 'strong' }];
  return [
    { kind: 'text', text: 'Nobody can be mailed yet. This is missing:', weight: 'strong' },
    { kind: 'list', items: faults },
  ];
}
