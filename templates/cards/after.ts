import type { Action, Card, Part } from '../../src/card/card.ts';
import type { AsiAnswers, AsiFacts } from '../../src/domain/asi-shown.ts';
import type { ReconcileAnswers, ReconcileFacts } from '../../src/domain/reconcile-shown.ts';
import { clockInWords, counted, dayInWords, inWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

export const afterCards = {
  'reconcile.shown': reconcileCard,
  'asi.shown': asiCard,
} satisfies CardsFor<ReconcileAnswers & AsiAnswers>;

function reconcileCard(facts: ReconcileFacts): Card {
  const plan = String(facts.plan);
  const { read } = facts;
  const left = facts.toRead - read;
  const of = facts.site === null ? `Plan ${plan}` : `Plan ${plan} at ${facts.site}`;
  return {
    headline:
      facts.openCount > 0
        ? `✖ ${of}: ${counted(facts.openCount, 'difference')} from what was planned`
        : left > 0
          ? `${of}: ${read} of ${counted(facts.toRead, 'service')} read on the screen`
          : facts.settled > 0
            ? `✔ ${of}: every difference is settled`
            : `✔ ${of}: ${facts.compared === null ? 'what was looked at' : 'every service'} is as planned`,
    tone: facts.openCount > 0 ? 'stop' : left > 0 ? 'progress' : 'good',
    body: [
      ...(facts.notice === null ? [] : [{ kind: 'text' as const, text: facts.notice, weight: 'strong' as const }]),
      ...(facts.open.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: ['Service', 'Site', 'What', 'Owner'],
              rows: facts.open.map((one) => [
                `${one.serviceId} ${one.name}`,
                one.site,
                `${one.words} (${one.detail}; ${one.source})`,
                one.owner,
              ]),
            },
          ]),
      {
        kind: 'table',
        columns: ['Service', 'Site', 'On the screen'],
        rows: facts.readings.map((one) => [
          `${one.serviceId} ${one.name}`,
          one.site,
          one.read
            ? `${readWords(one.planned, one.read)} (${one.read.by}, ${clockInWords(one.read.at, facts.zone)})`
            : '… not read yet',
        ]),
      },
      { kind: 'text' as const, text: comparedWords(facts), weight: 'quiet' as const },
      ...(facts.settled > 0
        ? [
            {
              kind: 'text' as const,
              text: `${counted(facts.settled, 'difference')} settled.`,
              weight: 'quiet' as const,
            },
          ]
        : []),
    ],
    actions: [
      ...takeActions('reconcile', 'services', plan, facts.open, facts.openCount),
      ...(left > 0 ? readActions(facts, plan) : []),
    ],
  };
}

/** The screen shows some services; only an extract shows them all. */
function comparedWords({ compared, zone }: ReconcileFacts): string {
  if (compared === null) return 'Not compared with an extract of after the run yet.';
  const { snapshot, taken, asPlanned, differences, by, at } = compared;
  const day = dayInWords(Temporal.PlainDate.from(taken));
  return `Compared with snapshot ${snapshot} (${day}) by ${by}, ${inWords(at, zone)}: ${counted(asPlanned, 'service')} as planned, ${counted(differences, 'difference')}.`;
}

function readActions(facts: ReconcileFacts, plan: string): Action[] {
  return [
    {
      kind: 'do',
      label: `All ${facts.toRead} as planned`,
      verb: 'reconcile',
      input: { what: 'read', services: facts.site ?? 'all', plan },
      confirm: {
        title: 'Read on the screen',
        text: 'Did you look at the provider system of every one of these on the screen?',
        yes: 'Yes, all as planned',
      },
    },
    {
      kind: 'do',
      label: 'One is not',
      verb: 'reconcile',
      input: { what: 'read', plan },
      again: ['services', 'asid'],
    },
  ];
}

/** Whoever presses answers for it; what was done is said by settling. Where several are open the verb's form asks for which. */
function takeActions(
  verb: 'reconcile' | 'asi',
  field: 'services' | 'service',
  plan: string,
  open: readonly { readonly serviceId: string }[],
  count: number,
): Action[] {
  const [first] = open;
  if (!first) return [];
  const only = open.length === count && open.every(({ serviceId }) => serviceId === first.serviceId);
  const which = only ? { [field]: first.serviceId } : {};
  return [
    { kind: 'do', label: only ? 'I take this' : 'I take one', verb, input: { what: 'take', ...which, plan } },
    { kind: 'do', label: only ? 'Settle it' : 'Settle one', verb, input: { what: 'settle', ...which, plan } },
    { kind: 'do', label: 'Give to…', verb, input: { what: 'give', ...which, plan } },
  ];
}

function readWords(planned: string, { asid }: { readonly asid: string }): string {
  return asid === planned ? '✔ as planned' : `✖ ${asid}, planned ${planned}`;
}

const BAR = 6;

function asiCard(facts: AsiFacts): Card {
  const { body, ...card } = asiCardOnPage(facts);
  const [first, ...rest] = body;
  return {
    ...card,
    body: facts.notice === null || !first ? [...chart(facts), ...body] : [first, ...chart(facts), ...rest],
  };
}

/** Without the chart: a page draws its own. */
export function asiCardOnPage(facts: AsiFacts): Card {
  const { rule } = facts;
  const plan = String(facts.plan);
  return {
    headline: asiHeadline(facts),
    tone: facts.alertCount > 0 ? 'stop' : facts.due.length > 0 ? 'warning' : countedAfter(facts) ? 'good' : 'neutral',
    body: [
      ...(facts.notice === null ? [] : [{ kind: 'text' as const, text: facts.notice, weight: 'strong' as const }]),
      ...(facts.alerts.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: ['Service', 'Priority', 'When', 'Count', 'Owner'],
              rows: facts.alerts.map((one) => [
                `${one.serviceId} ${one.name}`,
                one.words,
                dayWords(one.day),
                `${one.count}, before ${one.baseline}`,
                one.owner,
              ]),
            },
          ]),
      ...(facts.settled.length > 0
        ? [{ kind: 'list' as const, items: facts.settled.map(({ words, by }) => `Settled: ${words} (${by})`) }]
        : []),
      ...(facts.unjudged > 0
        ? [
            {
              kind: 'text' as const,
              weight: 'quiet' as const,
              text: `${counted(facts.unjudged, 'count')} without a baseline: nothing says whether it is much.`,
            },
          ]
        : []),
      {
        kind: 'text',
        weight: 'quiet',
        text: `Alert: more than ${rule.times} times the baseline and at least ${rule.more} more (${rule.source}; settings asiAlertTimes, asiAlertMore); urgent suspected cancer: any rise. Type totals, never patients.`,
      },
    ],
    actions: [
      ...takeActions('asi', 'service', plan, facts.alerts, facts.alertCount),
      ...facts.due.slice(0, 1).map((day) => ({
        kind: 'do' as const,
        label: `Count ${dayWords(day)}`,
        verb: 'asi',
        input: { day, plan },
      })),
    ],
  };
}

function asiHeadline(facts: AsiFacts): string {
  const of = `Appointment slot issues of plan ${facts.plan}`;
  if (facts.alertCount > 0)
    return `✖ Appointment slot issues: ${counted(facts.alertCount, 'count')} above the baseline`;
  if (facts.due.length > 0) return `${of}: ${facts.due.join(', ')} to be counted`;
  if (!countedAfter(facts)) return `${of}: the baseline is counted, nothing after go-live yet`;
  return facts.settled.length > 0 ? `✔ ${of}: every alert is settled` : `✔ ${of}: no alert against the baseline`;
}

function countedAfter({ totals }: AsiFacts): boolean {
  return totals.some(({ day, total }) => day !== 'baseline' && total !== null);
}

/** One line a priority and count: a bar, and its number beside it. */
function chart({ totals }: AsiFacts): Part[] {
  const counts = totals.filter(({ total }) => total !== null);
  if (counts.length === 0) return [{ kind: 'text', text: 'Nothing is counted yet.' }];
  const most = Math.max(1, ...counts.map(({ total }) => total ?? 0));
  const rows = counts.map(({ words, day, total }) => [words, dayWords(day), `${bar(total ?? 0, most)} ${total}`]);
  return [{ kind: 'table', columns: ['Priority', 'When', 'Count'], rows }];
}

/** A count of one is seen beside any other. */
function bar(total: number, most: number): string {
  return total === 0 ? '▁' : '▓'.repeat(Math.max(1, Math.round((BAR * total) / most)));
}

function dayWords(day: string): string {
  return day === 'baseline' ? 'Before' : `Day ${day}`;
}
