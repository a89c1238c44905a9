import type { CommandContext } from '../../src/command.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { ExecutorKind, Run } from '../../src/domain/run.ts';
import type { PreflightFacts } from '../../src/domain/run-answers.ts';
import { mayStart } from '../../src/domain/run-preflight.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { counted, inWords, lengthInWords } from '../../src/kernel/time-words.ts';
import { migrationOf } from './run-of.ts';

export interface StartGates {
  readonly facts: PreflightFacts;
  /** The window that now lies in; null where the start is refused. */
  readonly window: { readonly from: string; readonly to: string } | null;
  readonly hash: string | null;
  readonly problems: readonly { readonly code: string; readonly text: string }[];
}

/** All gates before a start, or before going on in another window (rules 7, 8, 9, 12, 13, 24). */
export async function startGates(
  ctx: CommandContext,
  plan: Plan,
  services: number,
  amberReason: string | null,
  executor: ExecutorKind,
): Promise<StartGates> {
  const migration = migrationOf(ctx);
  const asked = { plan, migration, now: ctx.now, holidays: ctx.bankHolidays, services, amberReason, executor };
  const { lines, start, expectedSeconds, hash } = await ctx.store.runGates.preflight(asked);
  return {
    facts: {
      planNumber: plan.number,
      services,
      may: mayStart(lines),
      lines,
      openings: start.may ? [] : start.openings.map((opening) => opening.from),
      expectedSeconds,
      zone: migration.zone,
    },
    window: start.may ? start.window : null,
    hash,
    problems: start.may ? [] : start.problems,
  };
}

/** The honest "not now": the fact, why it matters, what else is missing, and the next openings (chat, Cards). */
export function startRefusal(ctx: CommandContext, gates: StartGates): Refusal {
  const { zone } = migrationOf(ctx);
  const { facts } = gates;
  const closed = gates.problems.find((problem) => HARMFUL.includes(problem.code));
  const sentences = [
    closed
      ? `Not now. It is ${inWords(ctx.now, zone)}. ${closed.text}`
      : `Not yet: ${counted(facts.lines.filter((line) => !line.ok).length, 'gate')} of ${facts.lines.length} not open.`,
    ...(closed ? [HARM] : []),
    ...facts.lines
      .filter((line) => !line.ok && line.text !== closed?.text)
      .map((line) => `✖ ${line.gate}: ${line.text}`),
    ...openingWords(facts, zone),
  ];
  const code = closed?.code ?? gates.problems[0]?.code ?? 'not-ready';
  const missing = facts.lines.find((line) => !line.ok && line.verb !== null);
  const amber = gates.problems.some((problem) => problem.code === 'amber');
  return new Refusal(code, sentences.join('\n'), {
    remedy: [
      ...(amber ? [next('Confirm with a reason', 'run', { confirm: 'yes' })] : []),
      ...(closed || !missing?.verb ? [next('Reserve a window', 'window')] : [next(missing.gate, missing.verb)]),
      next('Why?', 'why'),
    ],
    facts: { lines: facts.lines, openings: facts.openings },
  });
}

const HARMFUL: readonly string[] = ['zone', 'bank-holidays', 'working-hours', 'e-rs-outage', 'freeze', 'incident'];
const HARM =
  'A change now would take effect at once: all booking attempts would fail, and appointment slot issues would rise.';

function openingWords(facts: PreflightFacts, zone: string): string[] {
  if (facts.openings.length === 0) return [];
  const times = facts.openings.map((opening) => inWords(opening, zone)).join('; ');
  return [`Next openings that fit (about ${lengthInWords(facts.expectedSeconds)} and the checks): ${times}.`];
}

/** Going on in the same window, or the next press of Update: refuses with the reason where the gate is closed (rule 13). */
export async function refuseClosedGate(ctx: CommandContext, run: Run, seconds: number): Promise<void> {
  const migration = migrationOf(ctx);
  const verdict = await ctx.store.runGates.batch(run, migration, ctx.now, ctx.bankHolidays, seconds);
  if (verdict.may) return;
  throw new Refusal(verdict.code, `Not now. It is ${inWords(ctx.now, migration.zone)}. ${verdict.text}`, {
    remedy: [next('Manual board', 'manual'), next('Why?', 'why')],
    facts: { closesAt: verdict.closesAt },
  });
}
