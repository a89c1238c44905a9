import type { Action, Card, Part } from '../../src/card/card.ts';
import type { NightPackFacts } from '../../src/domain/night-pack.ts';
import type { ManualFacts, ManualItem, PreflightFacts, TonightFacts } from '../../src/domain/run-answers.ts';
import { clockInWords, counted, inWords, lengthInWords, spanInWords } from '../../src/kernel/time-words.ts';

/** Each gate with its verdict. */
export function preflightCard(facts: PreflightFacts): Card {
  const missing = facts.lines.filter((line) => !line.ok).length;
  return {
    headline: facts.may
      ? `Plan ${facts.planNumber} can start: every gate is open`
      : `Plan ${facts.planNumber} cannot start yet: ${missing} of ${facts.lines.length} gates are not open`,
    tone: facts.may ? 'good' : 'stop',
    body: [
      { kind: 'list', items: facts.lines.map((line) => `${line.ok ? '✔' : '✖'} ${line.gate}: ${line.text}`) },
      {
        kind: 'facts',
        facts: [
          { label: 'Services', value: String(facts.services) },
          {
            label: 'Expected length',
            value: `${lengthInWords(facts.expectedSeconds)}, without checks and the way back`,
          },
          ...(facts.openings.length > 0
            ? [
                {
                  label: 'Next openings',
                  value: facts.openings.map((opening) => inWords(opening, facts.zone)).join('; '),
                },
              ]
            : []),
        ],
      },
    ],
    actions: facts.lines
      .filter((line) => !line.ok && line.verb !== null)
      .slice(0, 3)
      .map((line) => ({ kind: 'do', label: line.gate, verb: line.verb ?? 'why', input: {} })),
  };
}

/** What is left, to be done by hand, one service after another. */
export function manualCard(facts: ManualFacts): Card {
  const shown = facts.items.length;
  const target = facts.items[0]?.to;
  return {
    headline: `By hand: ${counted(facts.left, 'service')} left of plan ${facts.planNumber}, ${facts.byHand} done`,
    tone: facts.left === 0 ? 'good' : facts.open ? 'progress' : 'stop',
    body: [
      ...(facts.notice ? [{ kind: 'text' as const, text: facts.notice, weight: 'strong' as const }] : []),
      ...(facts.closedWords ? [{ kind: 'text' as const, text: facts.closedWords }] : []),
      ...chosenParts(facts),
      ...(target && facts.open
        ? [
            {
              kind: 'text' as const,
              text: `Open each service in e-RS and set Provider System ${target.asid} in ${target.organisation}.`,
            },
          ]
        : []),
      ...(facts.left === 0
        ? [
            {
              kind: 'text' as const,
              text: 'Every service of the run was changed. Is one linked wrongly all the same? Read it with /bsu reconcile read SERVICE ASID, put it right in e-RS, read it again, and settle it.',
            },
          ]
        : []),
      { kind: 'list', items: facts.items.map(boardLine) },
      ...(facts.left > shown
        ? [
            {
              kind: 'text' as const,
              text: `And ${facts.left - shown} more, as these are done.`,
              weight: 'quiet' as const,
            },
          ]
        : []),
    ],
    actions: facts.left === 0 ? [] : boardActions(facts),
  };
}

function boardActions({ open, mayChoose }: ManualFacts): Action[] {
  if (open)
    return [{ kind: 'do', label: 'All of them are done…', verb: 'manual', input: { what: 'all' }, style: 'danger' }];
  return mayChoose ? [CARRY_ON] : [];
}

/** Its reason is asked for in each surface's own form. */
export const CARRY_ON: Action = {
  kind: 'do',
  label: 'Carry on by hand in working hours…',
  verb: 'manual',
  input: { what: 'carry-on' },
  style: 'primary',
};

/** Who chose to carry on by hand in working hours, and why (rule 12). */
function chosenParts(facts: ManualFacts): Part[] {
  if (facts.chosen.length === 0) return [];
  return [{ kind: 'list', items: chosenWords(facts) }];
}

export function chosenWords({ chosen, zone }: Pick<ManualFacts, 'chosen' | 'zone'>): string[] {
  return chosen.map(
    ({ role, at, reason }) => `The ${role} chose to carry on by hand, ${clockInWords(at, zone)}: ${reason}`,
  );
}

function boardLine(item: ManualItem): string {
  const quiet = item.free ? ', quiet for 15 minutes' : '';
  const who = item.mine ? ' · yours' : item.claimedBy ? ` · ${item.claimedBy} is on it${quiet}` : '';
  return `${item.site} · ${item.name} (${item.serviceId})${who}${item.reason ? `: ${item.reason}` : ''}`;
}

/** Who is on, with telephones; what happens when. */
export function tonightCard(facts: TonightFacts): Card {
  const { zone } = facts;
  return {
    headline: `Tonight · ${facts.migration}`,
    tone: 'neutral',
    body: [
      {
        kind: 'facts',
        facts: [
          ...(facts.plan ? [{ label: 'Plan', value: `${facts.plan.number}, ${facts.plan.state}` }] : []),
          ...facts.windows.map((window, at) => ({
            label: at === 0 ? 'Window' : `Reserve ${at}`,
            value: spanInWords(window.from, window.to, zone),
          })),
          ...(facts.outage ? [{ label: 'Outage', value: spanInWords(facts.outage.from, facts.outage.to, zone) }] : []),
          ...(facts.oldPasUntil
            ? [{ label: 'Old PAS answers', value: `until ${inWords(facts.oldPasUntil, zone)}` }]
            : []),
        ],
      },
      {
        kind: 'table',
        columns: ['Role', 'Who', 'Telephone'],
        rows: facts.people.map((one) => [one.role, one.name, one.telephone ?? 'not known']),
      },
      ...(facts.contacts.length > 0 ? [{ kind: 'facts' as const, facts: facts.contacts }] : []),
    ],
    actions: [],
  };
}

/** The file itself comes with the card (rule 30). */
export function nightCard(facts: NightPackFacts): Card {
  return {
    headline: `Night pack of plan ${facts.planNumber} · ${counted(facts.services, 'service')}`,
    tone: 'neutral',
    body: [
      {
        kind: 'text',
        text: 'One file for when chat is down: who to call, the steps, the tick sheet, the list for changing by hand, the way back. Keep it on your computer, or print it.',
      },
      {
        kind: 'text',
        text: 'Write the time beside whatever you do. Type it in afterwards with that time, for example “/bsu step done at=9:05pm”: it is recorded late, with both times.',
      },
    ],
    actions: [],
    last: `made ${inWords(facts.madeAt, facts.zone)}`,
  };
}
