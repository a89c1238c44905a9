import type { Card, Part, Tone } from '../../src/card/card.ts';
import type { RunState } from '../../src/domain/run.ts';
import type { RunAnswers, RunFacts, TroubleLine } from '../../src/domain/run-answers.ts';
import { clockInWords, counted, inWords, lengthInWords } from '../../src/kernel/time-words.ts';
import type { CardsFor } from './cards-for.ts';
import { lateFacts } from './late.ts';
import { runActions, undoNow } from './run-actions.ts';
import { manualCard, nightCard, preflightCard, tonightCard } from './run-boards.ts';
import { guidedParts, isHeldAroundUpdate } from './run-guided.ts';
import { standingParts } from './time-standing.ts';

export const runCards = {
  'run.shown': runCard,
  'run.followed': ({ run }) => runCard(run),
  'run.preflight': preflightCard,
  'run.manual': manualCard,
  'run.board': manualCard,
  'run.tonight': tonightCard,
  'run.night': nightCard,
} satisfies CardsFor<RunAnswers>;

const TONES = {
  running: 'progress',
  paused: 'warning',
  stopped: 'stop',
  verifying: 'good',
  'rolling-back': 'warning',
  'rolled-back': 'neutral',
  completed: 'good',
} as const satisfies Record<RunState, Tone>;

function runCard(facts: RunFacts): Card {
  const last = lastLine(facts);
  return {
    headline: headline(facts),
    tone: facts.standing.length > 0 || isWrong(facts) ? 'stop' : TONES[facts.state],
    body: [
      ...standingParts(facts.standing),
      ...(facts.notice ? [{ kind: 'text' as const, text: facts.notice, weight: 'strong' as const }] : []),
      ...(facts.hold && isHeld(facts) ? [{ kind: 'text' as const, text: facts.hold.words }] : []),
      progressPart(facts),
      ...((isDriven(facts) || isHeldAroundUpdate(facts)) && facts.guided ? guidedParts(facts, facts.guided) : []),
      ...troubleParts(facts.trouble),
      { kind: 'facts', facts: someFacts(facts) },
    ],
    actions: runActions(facts),
    ...(last === null ? {} : { last }),
  };
}

function headline(facts: RunFacts): string {
  const { total, done, left } = facts.progress;
  const sofar = `${done} of ${total}`;
  const words = {
    running: `Running plan ${facts.planNumber} · ${sofar}`,
    paused: `Plan ${facts.planNumber} is paused at ${sofar}`,
    stopped: `Plan ${facts.planNumber} has stopped at ${sofar}${left > 0 ? ` · ${left} for a person` : ''}`,
    verifying: `Plan ${facts.planNumber} has run · all ${counted(total, 'service')} done · now verify`,
    'rolling-back': `Plan ${facts.planNumber} is going back to the old system · ${sofar}`,
    'rolled-back': `Plan ${facts.planNumber} is back on the old system · ${sofar}`,
    completed: `Plan ${facts.planNumber} is completed · ${sofar}`,
  } as const satisfies Record<RunState, string>;
  if (facts.direction === 'undo' && facts.state === 'paused') {
    return `Plan ${facts.planNumber} is going back to the old system, and waits · ${sofar}`;
  }
  return isWrong(facts) ? `Stop: a count is wrong · plan ${facts.planNumber} · ${sofar}` : words[facts.state];
}

/** What was counted last is not what was planned: nothing else is said before (rule 15). */
function isWrong(facts: RunFacts): boolean {
  return isDriven(facts) && (facts.guided?.wrong.length ?? 0) > 0;
}

function progressPart(facts: RunFacts): Part {
  const { total, done } = facts.progress;
  const left =
    facts.secondsLeft === null ? [] : [`about ${lengthInWords(facts.secondsLeft)} left, until ${endWords(facts)}`];
  const window = isDriven(facts) ? [windowWords(facts)] : [];
  return { kind: 'progress', done, of: total, text: [...left, ...window].join(' · ') };
}

function endWords({ at, secondsLeft, zone }: RunFacts): string {
  return clockInWords(Temporal.Instant.from(at).add({ seconds: secondsLeft ?? 0 }), zone);
}

function windowWords({ at, window }: RunFacts): string {
  const seconds = (Date.parse(window.to) - Date.parse(at)) / 1000;
  return seconds > 0 ? `window closes in ${lengthInWords(seconds)}` : 'the window is over';
}

function someFacts(facts: RunFacts): { label: string; value: string }[] {
  const { counts } = facts;
  const marks = [
    `✔ ${counts.confirmed + counts['done-by-hand'] + counts.undone} confirmed`,
    ...(counts.applied > 0 ? [`${counts.applied} changed, not read back yet`] : []),
    ...(counts.applying > 0 ? [`⟳ ${counts.applying} under way`] : []),
    ...(counts.failed > 0 ? [`✖ ${counts.failed} failed`] : []),
    ...(counts['needs-a-person'] > 0 ? [`✋ ${counts['needs-a-person']} need a person`] : []),
    ...(counts.pending > 0 ? [`${counts.pending} still to do`] : []),
  ];
  const sites = facts.sites.slice(0, 6).map((site) => `${site.name} ${site.done} of ${site.total}`);
  return [
    { label: 'Services', value: marks.join(' · ') },
    ...(facts.guided === null && facts.sites.length > 1 ? [{ label: 'Sites', value: sites.join(' · ') }] : []),
    { label: 'Carried out', value: facts.executor === 'http' ? 'by your automation' : `by ${facts.runner} in e-RS` },
    ...(facts.oldPasUntil && facts.state !== 'completed'
      ? [{ label: 'Undo possible', value: `until ${inWords(facts.oldPasUntil, facts.zone)}` }]
      : []),
    ...lateFacts(facts),
    ...(undoNow(facts) && facts.direction === 'forward' ? [{ label: 'Undo', value: undoWords(facts) }] : []),
  ];
}

function undoWords({ undo, zone }: RunFacts): string {
  if (undo === null) return '';
  const alone = `goes on with a reason from ${clockInWords(undo.aloneFrom, zone)} if nobody answers`;
  return `asked for by ${undo.askedBy} at ${clockInWords(undo.askedAt, zone)}; the old PAS answered at ${clockInWords(undo.oldPasCheckedAt, zone)}; waits for a second voice, ${alone}`;
}

/** One reason for all of them is said once. */
function troubleParts(trouble: readonly TroubleLine[]): Part[] {
  const [first] = trouble;
  if (first === undefined) return [];
  const alike = trouble.every(
    ({ state, inDoubt, reason }) => state === first.state && inDoubt === first.inDoubt && reason === first.reason,
  );
  if (!alike || trouble.length === 1) return [{ kind: 'list', items: trouble.map(troubleLine) }];
  const why = first.reason === null ? '' : `: ${first.reason}`;
  return [
    { kind: 'text', text: `${sentenceOf(markOf(first))}${why}` },
    { kind: 'list', items: trouble.map(({ name, serviceId }) => `${name} (${serviceId})`) },
  ];
}

function markOf(line: TroubleLine): string {
  if (line.inDoubt) return '⟳ being read back';
  return line.state === 'failed' ? '✖ failed' : '✋ needs a person';
}

/** Of several services. */
function sentenceOf(mark: string): string {
  return mark
    .replace('needs a person', 'these need a person')
    .replace('failed', 'these failed')
    .replace('being read', 'these are being read');
}

function troubleLine(line: TroubleLine): string {
  return `${line.name} (${line.serviceId}): ${markOf(line)}${line.reason ? `: ${line.reason}` : ''}`;
}

function lastLine(facts: RunFacts): string | null {
  if (facts.hold && isHeld(facts)) return `last: held at ${clockInWords(facts.hold.at, facts.zone)}`;
  if (facts.finishedAt) return `last: finished at ${clockInWords(facts.finishedAt, facts.zone)}`;
  return `started ${inWords(facts.startedAt, facts.zone)}`;
}

function isHeld({ state }: RunFacts): boolean {
  return state === 'paused' || state === 'stopped';
}

function isDriven({ state }: RunFacts): boolean {
  return state === 'running' || state === 'rolling-back';
}
