import type { Card, Part } from '../../src/card/card.ts';
import type { TimeAnswers } from '../../src/domain/time-answers.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { counted, inWords, lengthInWords, spanInWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';
import { calendarParts } from './time-calendars.ts';
import { feedCard, pageLink } from './time-feed.ts';
import { goCard } from './time-go.ts';
import { postponeCard } from './time-postpone.ts';
import { windowsCard } from './time-windows.ts';

const VERDICT_WORDS = { open: '✔ open', amber: '⚠ amber', closed: '✋ closed' } as const satisfies Record<
  Verdict,
  string
>;

const SHOWN_INTERVALS = 40;

export const timeCards = {
  'hours.listed': (facts) => ({
    headline: `Bulk updates from ${say(facts.from, facts.zone)} to ${say(facts.to, facts.zone)}`,
    body: [
      {
        kind: 'facts',
        facts: [
          { label: 'Blocked', value: facts.closed || 'no hours are set' },
          { label: 'Second confirmation', value: facts.amber || 'no hours are set' },
          { label: 'Where from', value: `${facts.source}, ${facts.zone}` },
        ],
      },
      {
        kind: 'table',
        columns: ['From', 'To', 'Verdict', 'Why'],
        rows: facts.intervals
          .slice(0, SHOWN_INTERVALS)
          .map((interval) => [
            say(interval.from, facts.zone),
            say(interval.to, facts.zone),
            VERDICT_WORDS[interval.verdict],
            interval.reasons.map((reason) => reason.text).join(' '),
          ]),
      },
      ...(facts.intervals.length > SHOWN_INTERVALS
        ? [
            quiet(
              `${counted(facts.intervals.length - SHOWN_INTERVALS, 'more interval')}: ask for a shorter span, or with --json.`,
            ),
          ]
        : []),
    ],
    actions: pageLink(facts.page),
  }),

  'hours.feed': feedCard,

  'why.explained': (facts): Card => ({
    headline: whyHeadline(facts),
    tone: facts.verdict === 'open' ? 'good' : facts.verdict === 'amber' ? 'warning' : 'stop',
    body: [
      ...(facts.rules.some((rule) => rule.rule === 'working-hours' && rule.verdict === 'closed')
        ? [
            text(
              'A change in working hours would take effect at once: all booking attempts would fail, and appointment slot issues would rise.',
            ),
          ]
        : []),
      {
        kind: 'table',
        columns: ['Rule', 'Says', 'Why', 'Where from'],
        rows: facts.rules.map((rule) => [rule.name, VERDICT_WORDS[rule.verdict], rule.text, rule.source]),
      },
      openingsText(facts),
    ],
    actions: [
      ...facts.openings.slice(0, 1).map((opening) => ({
        kind: 'do' as const,
        label: `Reserve ${inWords(opening.from, facts.zone)}`,
        verb: 'window',
        input: { from: opening.from, ...(facts.plan === null ? {} : { plan: String(facts.plan) }) },
      })),
      ...pageLink(facts.page),
    ],
  }),

  'outage.shown': (facts) => ({
    headline: facts.outage
      ? `${facts.changed === 'outage' ? '✔ ' : ''}Outage: ${spanInWords(facts.outage.from, facts.outage.to, facts.zone)}`
      : 'No outage is set yet',
    tone: facts.outage ? 'neutral' : 'warning',
    body: [
      {
        kind: 'facts',
        facts: [
          ...(facts.outage
            ? [
                { label: 'Old PAS off', value: say(facts.outage.from, facts.zone) },
                { label: 'New PAS on', value: say(facts.outage.to, facts.zone) },
              ]
            : []),
          {
            label: 'Old PAS answers until',
            value: facts.oldPasUntil ? say(facts.oldPasUntil, facts.zone) : 'not said: nothing could be undone',
          },
          { label: 'Live service pages', value: checkText(facts) },
        ],
      },
      facts.ersOutages.length === 0
        ? quiet('No planned outage of e-RS itself is noted by hand.')
        : {
            kind: 'table',
            columns: ['No.', 'e-RS is planned to be off', 'Where from'],
            rows: facts.ersOutages.map((outage) => [
              String(outage.id),
              spanInWords(outage.from, outage.to, facts.zone),
              `${outage.source}, noted by ${outage.notedBy}`,
            ]),
          },
      ...calendarParts(facts),
    ],
    actions: [
      { kind: 'do', label: 'Nothing planned: record the look', verb: 'outage', input: { what: 'checked' } },
      { kind: 'do', label: 'Note a planned e-RS outage', verb: 'outage', input: { what: 'planned' } },
      { kind: 'do', label: 'Send a calendar', verb: 'outage', input: { what: 'calendar' } },
      ...(facts.outage
        ? [{ kind: 'do' as const, label: 'Change the outage', verb: 'outage', input: { what: 'set' } }]
        : []),
    ],
  }),

  'windows.shown': windowsCard,

  'postpone.shown': postponeCard,

  'stops.shown': (facts) => ({
    headline: stopsHeadline(facts),
    tone: facts.freezes.length > 0 || facts.incident ? 'stop' : 'good',
    body: [
      ...(facts.incident
        ? [
            text(
              `Incident: ${facts.incident.reason} (declared by ${facts.incident.setBy} at ${say(facts.incident.setAt, facts.zone)})`,
            ),
          ]
        : []),
      ...(facts.freezes.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: ['No.', 'From', 'Until', 'Why', 'Set by'],
              rows: facts.freezes.map((freeze) => [
                String(freeze.id),
                say(freeze.startsAt, facts.zone),
                freeze.endsAt ? say(freeze.endsAt, facts.zone) : 'it is lifted',
                freeze.reason,
                freeze.setBy,
              ]),
            },
          ]),
      ...(facts.freezes.length > 0 || facts.incident
        ? [
            quiet(
              'No bulk update starts meanwhile; a run in progress stops at its next edge. Only the e-RS lead lifts it.',
            ),
          ]
        : []),
    ],
    actions: [],
  }),

  'go.shown': goCard,
} satisfies CardsFor<TimeAnswers>;

function whyHeadline(facts: TimeAnswers['why.explained']): string {
  const when = say(facts.at, facts.zone);
  const until = facts.until ? ` until ${say(facts.until, facts.zone)}` : '';
  if (facts.verdict === 'open') return `✔ ${when} is open for bulk updates${until}`;
  if (facts.verdict === 'amber') return `⚠ ${when} needs a second confirmation with a reason${until}`;
  return `✋ ${when} is closed for bulk updates${until || ', and nothing known ends it'}`;
}

function openingsText(facts: TimeAnswers['why.explained']): Part {
  const room = `${facts.plan === null ? '' : `for plan ${facts.plan}, `}about ${lengthInWords(facts.neededSeconds)}${facts.plan === null ? '' : ' with checks'}`;
  if (facts.openings.length === 0) {
    return text(
      `No opening that fits (${room}) can be promised: a rule above has no known end. Lift it, or load the next year’s bank holidays.`,
    );
  }
  const list = facts.openings.map((opening) => `${inWords(opening.from, facts.zone)}`).join('; ');
  return text(`Next openings that fit (${room}): ${list}.`);
}

function checkText(facts: TimeAnswers['outage.shown']): string {
  const { lastCheck: check, checkCountsUntil: until } = facts;
  if (!check || !until) return 'nobody has recorded a look yet';
  const found = check.found === 'none' ? 'none planned' : 'a planned outage noted';
  const counts = facts.checkCounts ? `counts until ${say(until, facts.zone)}` : 'too old to count: look again';
  return `checked at ${say(check.checkedAt, facts.zone)}, ${check.page}, ${found} (${check.by}); ${counts}`;
}

function stopsHeadline(facts: TimeAnswers['stops.shown']): string {
  if (facts.incident) return '✋ A national e-RS incident is declared: no bulk update runs';
  if (facts.freezes.length > 0) {
    const lifted = facts.changed === 'unfrozen' ? `${counted(facts.count, 'freeze')} lifted; ` : '';
    return `✋ ${lifted}${counted(facts.freezes.length, 'freeze stands', 'freezes stand')}`;
  }
  if (facts.changed === 'unfrozen') return `✔ ${counted(facts.count, 'freeze')} lifted: nothing is frozen now`;
  return facts.changed === 'over' ? '✔ The incident is over' : '✔ Nothing is frozen';
}

function text(words: string): Part {
  return { kind: 'text', text: words };
}

function quiet(words: string): Part {
  return { kind: 'text', text: words, weight: 'quiet' };
}

/** An unknown zone has no local time: the bare instant is said. */
function say(instant: string, zone: string): string {
  try {
    return inWords(instant, zone);
  } catch (error) {
    if (error instanceof RangeError) return instant;
    throw error;
  }
}
