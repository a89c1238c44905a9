import type { Card } from '../../src/card/card.ts';
import type {
  CallsFacts,
  NoticeAnswers,
  NoticesFacts,
  RecipientsFacts,
  WordingFacts,
} from '../../src/domain/notice-answers.ts';
import { counted, inWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';
import { bouncesCard } from './notice-bounces.ts';
import { fixedTimeParts } from './notice-fixed-times.ts';
import { mappingCard } from './notice-mapping.ts';
import { noticeCard } from './notice-progress.ts';
import { askedCard, previewCard } from './notice-send.ts';
import { welshCard } from './notice-welsh.ts';

export const noticeCards = {
  'recipients.shown': recipientsCard,
  'notices.listed': noticesCard,
  'notice.shown': noticeCard,
  'notice.previewed': previewCard,
  'notice.asked': askedCard,
  'wording.shown': wordingCard,
  'welsh.shown': welshCard,
  'calls.shown': callsCard,
  'bounces.read': bouncesCard,
  'mapping.shown': mappingCard,
} satisfies CardsFor<NoticeAnswers>;

function recipientsCard(facts: RecipientsFacts): Card {
  const nobody = facts.commissioners + facts.referrers + facts.unreachable === 0;
  return {
    headline: nobody
      ? 'No recipients yet: upload a list of commissioners and referrers'
      : `Notices go to ${counted(facts.commissioners, 'commissioner')} and ${counted(facts.referrers, 'referrer')}`,
    tone: nobody || facts.unreachable > 0 ? 'warning' : 'neutral',
    body: [
      ...(facts.notFound === null
        ? []
        : [
            {
              kind: 'text' as const,
              text: `${facts.notFound} gets no notice: it is in no list that counts.`,
              weight: 'strong' as const,
            },
          ]),
      ...facts.asked.map((one) => ({
        kind: 'text' as const,
        text: `${one.name} (${one.code}): ${one.problem ?? one.email ?? ''}. In because: ${one.why}.`,
      })),
      ...(facts.lists.length > 0
        ? [
            {
              kind: 'list' as const,
              items: facts.lists.map(
                (list) =>
                  `${list.list}: ${counted(list.commissioners, 'commissioner')}, ${counted(list.referrers, 'referrer')}${list.chosen ? '' : ' (referrers left out)'}`,
              ),
            },
          ]
        : []),
      {
        kind: 'facts',
        facts: [
          ...(facts.practicesOf.length > 0 ? [{ label: 'Practices of', value: facts.practicesOf.join(', ') }] : []),
          ...(facts.unreachable > 0
            ? [{ label: 'No usable address', value: counted(facts.unreachable, 'organisation') }]
            : []),
          ...(facts.merged > 0
            ? [{ label: 'Same address', value: `${facts.merged} put together with another: one mail` }]
            : []),
          ...(facts.inWelsh > 0
            ? [{ label: 'In Welsh and English', value: counted(facts.inWelsh, 'mailbox', 'mailboxes') }]
            : []),
          ...(facts.inWales > 0
            ? [
                {
                  label: 'In Wales by their codes',
                  value: `${counted(facts.inWales, 'practice')} in English only: ask whether they want Welsh (column language: cy)`,
                },
              ]
            : []),
          ...(facts.notInEffect > 0
            ? [{ label: 'Not in effect today', value: counted(facts.notInEffect, 'line') }]
            : []),
          ...(facts.doubted > 0
            ? [{ label: 'Look at first', value: `${counted(facts.doubted, 'address', 'addresses')}, listed below` }]
            : []),
        ],
      },
      {
        kind: 'list',
        items: [
          ...facts.leftOut.map((one) =>
            one.instead === null
              ? `${one.code} is left out: ${one.reason}`
              : `${one.code} is told at ${one.instead} instead: ${one.reason}`,
          ),
          ...facts.doubts.map((one) => `${one.code}, ${one.email}: ${one.doubt}`),
        ],
      },
    ],
    actions: [],
  };
}

function noticesCard({ zone, outage, informed, due, notices, addressReports, returnsProblem }: NoticesFacts): Card {
  return {
    headline: due
      ? `People have to be told: ${due.what}`
      : informed.ok
        ? 'Everybody who has to know is told'
        : informed.headline,
    tone: informed.ok && due === null ? 'good' : 'warning',
    body: [
      ...(due ? [{ kind: 'text' as const, text: due.why, weight: 'strong' as const }] : []),
      ...(informed.ok ? [{ kind: 'text' as const, text: informed.headline }] : []),
      ...informed.faults
        .filter(({ text }) => text !== informed.headline)
        .map(({ text }) => ({ kind: 'text' as const, text })),
      ...(outage === null
        ? []
        : [{ kind: 'facts' as const, facts: [{ label: 'Outage starts', value: inWords(outage.from, zone) }] }]),
      ...(notices.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: ['Notice', 'State', 'When', 'Told'],
              rows: notices.map((one) => [
                `${one.id}: ${one.what}, ${one.reference}`,
                one.status,
                inWords(one.dueAt, zone),
                toldOf(one),
              ]),
            },
          ]),
      ...(informed.shortLead === null
        ? []
        : [{ kind: 'text' as const, text: `Shorter lead accepted: ${informed.shortLead}` }]),
      ...(addressReports === 0
        ? []
        : [
            {
              kind: 'text' as const,
              text: `${counted(addressReports, 'recipient')} told us of a wrong address: see the calls.`,
            },
          ]),
      ...(returnsProblem === null
        ? []
        : [
            {
              kind: 'text' as const,
              text: `Mails that came back are not read now, so somebody may count as told who is not. ${returnsProblem} An administrator can look with \`/bsu doctor\`.`,
            },
          ]),
    ],
    actions: [],
  };
}

function wordingCard({ what, fields, saved, variables, fixedTimes }: WordingFacts): Card {
  const missing = fields.filter((field) => field.source === 'missing');
  return {
    headline:
      missing.length === 0
        ? `The wording of ${what} is complete`
        : `${counted(missing.length, 'text')} missing in the wording of ${what}`,
    tone: missing.length === 0 ? 'neutral' : 'warning',
    body: [
      ...(saved.length > 0
        ? [{ kind: 'text' as const, text: `Saved: ${saved.join(', ')}.`, weight: 'strong' as const }]
        : []),
      {
        kind: 'facts',
        facts: fields.map((field) => ({
          label: field.label,
          value:
            field.text === null
              ? `missing (${field.hint})`
              : `${field.text}${field.source === 'standard' ? ' (standard text)' : ''}`,
        })),
      },
      ...fixedTimeParts(fixedTimes, 'These times are said again if the outage moves or takes longer:'),
      { kind: 'text', text: `In a text these stand for their value: ${variables.join(', ')}.`, weight: 'quiet' },
    ],
    actions: [],
  };
}

function callsCard({ zone, calls, referrers, addressReports }: CallsFacts): Card {
  const open = calls.filter((call) => call.doneAt === null);
  return {
    headline:
      open.length === 0 ? 'Nobody has to be telephoned' : `${counted(open.length, 'commissioner')} to telephone`,
    tone: open.length === 0 ? 'good' : 'warning',
    body: [
      {
        kind: 'list',
        items: calls.map((call) =>
          call.doneAt === null
            ? `${call.name} (${call.code}), ${call.telephone ?? 'no telephone number in the list'}: ${call.reason}`
            : `✔ ${call.name} (${call.code}), told by ${call.doneBy ?? 'somebody'}, ${inWords(call.doneAt, zone)}`,
        ),
      },
      ...restLines(referrers),
      ...addressReports.map((report) => ({
        kind: 'text' as const,
        text: `Address report ${report.id}, ${report.who}, notice ${report.reference}: ${report.text}`,
      })),
    ],
    actions: addressReports.slice(0, 2).map((report) => ({
      kind: 'do',
      label: `Report ${report.id} is dealt with`,
      verb: 'calls',
      input: { report: String(report.id) },
    })),
  };
}

function restLines({ total, told, accepted }: CallsFacts['referrers']): Card['body'] {
  if (total === told) return [];
  const words = `${told.toLocaleString('en-GB')} of ${counted(total, 'referrer')} told.`;
  const text =
    accepted === null
      ? `${words} The rest can be accepted with a reason: \`/bsu calls rest="…"\`.`
      : `${words} The rest is accepted: ${accepted}`;
  return [{ kind: 'text', text }];
}

/** "3 of 4, 1 failed": what did not arrive is said only where there is any. */
function toldOf({ told, total, failed, unknown }: NoticesFacts['notices'][number]): string {
  return [
    `${told} of ${total}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ].join(', ');
}
