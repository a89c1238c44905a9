import type { Card } from '../../src/card/card.ts';
import type { AsiAnswers, AsiFacts } from '../../src/domain/asi.ts';
import type { ReconcileAnswers, ReconcileFacts } from '../../src/domain/reconcile.ts';
import { clockInWords, counted } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';

export const afterCards = {
  'reconcile.shown': reconcileCard,
  'asi.shown': asiCard,
} satisfies CardsFor<ReconcileAnswers & AsiAnswers>;

function reconcileCard(facts: ReconcileFacts): Card {
  const plan = String(facts.plan);
  const read = facts.readings.filter((one) => one.read !== null).length;
  const left = facts.readings.length - read;
  return {
    headline:
      facts.open.length > 0
        ? `✖ Plan ${plan}: ${counted(facts.open.length, 'service')} not as planned`
        : left > 0
          ? `Plan ${plan}: ${read} of ${counted(facts.readings.length, 'service')} read on the screen`
          : `✔ Plan ${plan}: what was looked at is as planned`,
    tone: facts.open.length > 0 ? 'stop' : left > 0 ? 'progress' : 'good',
    body: [
      ...(facts.notice === null ? [] : [{ kind: 'text' as const, text: facts.notice, weight: 'strong' as const }]),
      ...(facts.open.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: ['Service', 'Site', 'What', 'Found in', 'Owner'],
              rows: facts.open.map((one) => [
                `${one.serviceId} ${one.name}`,
                one.site,
                `${one.words} (${one.detail})`,
                one.source,
                one.owner,
              ]),
            },
          ]),
      {
        kind: 'table',
        columns: ['Service', 'Site', 'Planned', 'On the screen'],
        rows: facts.readings.map((one) => [
          `${one.serviceId} ${one.name}`,
          one.site,
          one.planned,
          one.read
            ? `${one.read.asid === one.planned ? '✔' : '✖'} ${one.read.asid} (${one.read.by}, ${clockInWords(one.read.at, facts.zone)})`
            : '… not read yet',
        ]),
      },
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
    actions:
      left > 0
        ? [
            {
              kind: 'do',
              label: `All ${facts.readings.length} as planned`,
              verb: 'reconcile',
              input: { what: 'read', services: 'all', plan },
              confirm: {
                title: 'Read on the screen',
                text: 'Did you look at the provider system of every one of these on the screen?',
                yes: 'Yes, all as planned',
              },
            },
            { kind: 'do', label: 'One is not', verb: 'reconcile', input: { what: 'read', plan } },
          ]
        : [],
  };
}

const BAR = 20;

function asiCard(facts: AsiFacts): Card {
  const plan = String(facts.plan);
  const most = Math.max(1, ...facts.totals.map(({ total }) => total ?? 0));
  return {
    headline:
      facts.alerts.length > 0
        ? `✖ Appointment slot issues: ${counted(facts.alerts.length, 'count')} far above the baseline`
        : facts.due.length > 0
          ? `Appointment slot issues of plan ${plan}: ${facts.due.join(', ')} to be counted`
          : `✔ Appointment slot issues of plan ${plan}: nothing above the baseline`,
    tone: facts.alerts.length > 0 ? 'stop' : facts.due.length > 0 ? 'warning' : 'good',
    body: [
      ...(facts.notice === null ? [] : [{ kind: 'text' as const, text: facts.notice, weight: 'strong' as const }]),
      {
        kind: 'list',
        items: facts.totals.map(({ day, total }) =>
          total === null
            ? `${dayWords(day)}: not counted`
            : `${dayWords(day)}: ${'▓'.repeat(Math.round((BAR * total) / most))} ${total}`,
        ),
      },
      ...(facts.alerts.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: ['Service', 'Priority', 'When', 'Count', 'Baseline'],
              rows: facts.alerts.map((one) => [
                `${one.serviceId} ${one.name}`,
                one.words,
                dayWords(one.day),
                String(one.count),
                String(one.baseline),
              ]),
            },
          ]),
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
        text: 'Alert: more than twice the baseline and more than 5 above it; urgent suspected cancer: any rise. Type totals, never patients.',
      },
    ],
    actions: facts.due.slice(0, 1).map((day) => ({
      kind: 'do' as const,
      label: `Count ${dayWords(day)}`,
      verb: 'asi',
      input: { day, plan },
    })),
  };
}

function dayWords(day: string): string {
  return day === 'baseline' ? 'Before' : `Day ${day}`;
}
