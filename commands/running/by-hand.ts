import type { CommandContext } from '../../src/command.ts';
import { ROLE_WORDS } from '../../src/domain/role.ts';
import type { ByHandDecision, Run } from '../../src/domain/run.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { inWords } from '../../src/kernel/time-words.ts';
import { touch } from './act.ts';
import { migrationOf } from './run-of.ts';

const DECIDERS = ['e-rs-lead', 'clinical-safety-officer'] as const satisfies ByHandDecision['role'][];

/**
 * Why nothing may be changed by hand now, or null. One service by hand is not a bulk update, but in working hours the board
 * opens only once the e-RS lead and the clinical safety officer both chose to carry on (rule 12).
 */
export async function closedByHand(ctx: CommandContext, run: Run): Promise<string | null> {
  const over = oldPasOver(ctx, run);
  if (over !== null) return over;
  const { judgement } = await ctx.store.runGates.hoursNow(migrationOf(ctx), ctx.now, ctx.bankHolidays);
  if (judgement.verdict !== 'closed') return null;
  const missing = DECIDERS.filter((role) => !run.byHand.some((one) => one.role === role));
  if (missing.length === 0) return null;
  const who = missing.map((role) => `the ${ROLE_WORDS[role]}`).join(' and ');
  return `${judgement.reasons[0]?.text ?? 'It is closed now.'} To carry on by hand, ${who} must choose it with a reason.`;
}

/** No service is set back by hand to a system that does not answer any more (rule 18). */
function oldPasOver(ctx: CommandContext, run: Run): string | null {
  const { oldPasUntil, zone } = migrationOf(ctx);
  if (run.direction !== 'undo' || oldPasUntil === null) return null;
  if (run.state === 'rolled-back' || Temporal.Instant.compare(ctx.now, oldPasUntil) < 0) return null;
  return `The old PAS answered until ${inWords(oldPasUntil, zone)}, so nothing else goes back. Say that it stays on the new system; what went back already is set to it by hand then.`;
}

export async function refuseClosedByHand(ctx: CommandContext, run: Run): Promise<void> {
  const closed = await closedByHand(ctx, run);
  if (closed === null) return;
  if (oldPasOver(ctx, run) !== null) {
    throw new Refusal('old-pas', closed, { remedy: [next('Stay on the new system', 'undo', { what: 'stay' })] });
  }
  throw new Refusal('working-hours', `Not now. ${closed}`, {
    remedy: [
      ...(chooserIn(ctx, run) === null ? [] : [next('Carry on by hand…', 'manual', { what: 'carry-on' })]),
      next('Why?', 'why'),
    ],
  });
}

/** The role in which this person may still choose to carry on by hand; null for everybody else, and who has chosen. */
export function chooserIn(ctx: CommandContext, run: Run): ByHandDecision['role'] | null {
  if (run.byHand.some((one) => one.by === ctx.person.id) || oldPasOver(ctx, run) !== null) return null;
  return DECIDERS.find((one) => ctx.roles.includes(one) && !run.byHand.some((before) => before.role === one)) ?? null;
}

/** One of the two says: carry on by hand in working hours. Gives what to tell. */
export async function carryOn(ctx: CommandContext, run: Run, reason: string): Promise<string> {
  const role = chooserIn(ctx, run);
  if (role === null) {
    throw new Refusal(
      'role',
      'The e-RS lead and the clinical safety officer each choose it once; they are two people.',
      { remedy: [next('The board', 'manual'), next('Who is on tonight', 'tonight')] },
    );
  }
  const decision: ByHandDecision = { role, by: ctx.person.id, at: ctx.now.toString(), reason };
  await ctx.store.runs.setByHand(run.id, [...run.byHand, decision]);
  ctx.record({ act: 'run.by-hand', about: `run:${run.id}`, facts: { ...decision }, hash: run.planHash });
  touch(ctx, run);
  const [other] = DECIDERS.filter((one) => one !== role && !run.byHand.some((before) => before.role === one));
  if (other === undefined) return 'Both chose to carry on by hand: the board is open in working hours too.';
  await callOther(ctx, run, role, other, reason);
  return `Taken down. The ${ROLE_WORDS[other]} has to choose it too, and was called.`;
}

/** The other of the two hears at once that it waits for them (rule 19). */
async function callOther(
  ctx: CommandContext,
  run: Run,
  role: ByHandDecision['role'],
  other: ByHandDecision['role'],
  reason: string,
): Promise<void> {
  const holders = await ctx.store.people.holders(run.migrationId);
  const needed = holders.filter((one) => one.role === other).map(({ person }) => person);
  const words = `The ${ROLE_WORDS[role]} chooses to carry on by hand in working hours: ${reason}. The ${ROLE_WORDS[other]} has to choose it too: \`/bsu manual carry-on reason="…"\`.`;
  ctx.call(`run:${run.id}`, words, needed);
}
