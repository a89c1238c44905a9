import type { Card } from '../../src/card/card.ts';
import type { WindowsFacts } from '../../src/domain/time-answers.ts';
import { clockInWords, counted, inWords, lengthInWords, spanInWords } from '../../src/kernel/time-words.ts';

/** The plan's window, its reserves, and openings to choose from. */
export function windowsCard(facts: WindowsFacts): Card {
  const { zone } = facts;
  const first = facts.windows[0];
  return {
    headline: first
      ? `Plan ${facts.plan} · window ${spanInWords(first.from, first.to, zone)}${reservesText(facts.windows.length - 1)}`
      : `Plan ${facts.plan} has no window yet`,
    tone: facts.windows.some((window) => window.problem) || !first ? 'warning' : 'neutral',
    body: [
      {
        kind: 'text',
        text: `${counted(facts.services, 'service')}: about ${lengthInWords(facts.needed.expectedSeconds)}, with ${lengthInWords(facts.needed.verificationReserveSeconds)} for checks and ${lengthInWords(facts.needed.rollbackReserveSeconds)} for a way back: ${lengthInWords(facts.neededSeconds)} in all.`,
      },
      ...(facts.votes ? [{ kind: 'text' as const, text: facts.votes, weight: 'strong' as const }] : []),
      ...(first
        ? [
            {
              kind: 'table' as const,
              columns: ['No.', 'When', 'Last safe start', 'Note'],
              rows: facts.windows.map((window, index) => [
                index === 0 ? '1 (window)' : `${index + 1} (reserve)`,
                spanInWords(window.from, window.to, zone),
                window.problem ? 'none' : clockInWords(window.lastStart, zone),
                window.problem ?? (window.amber ? 'Part of it needs a second confirmation with a reason.' : ''),
              ]),
            },
          ]
        : []),
      {
        kind: 'text',
        text:
          facts.openings.length > 0
            ? `Openings that fit: ${facts.openings.map((opening) => inWords(opening.from, zone)).join('; ')}.`
            : 'No opening that fits can be promised: ask why.',
      },
    ],
    actions: facts.openings.slice(0, 3).map((opening) => ({
      kind: 'do',
      label: `Reserve ${inWords(opening.from, zone)}`,
      verb: 'window',
      input: { from: opening.from, plan: String(facts.plan) },
    })),
  };
}

function reservesText(count: number): string {
  return count > 0 ? ` (+ ${counted(count, 'reserve')})` : '';
}
