import type { CommandContext } from '../../src/command.ts';
import { ROLE_WORDS } from '../../src/domain/role.ts';
import type { ByHandDecision, Run } from '../../src/domain/run.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { touch } from './act.ts';
import { migrationOf } from './run-of.ts';

const DECIDERS = ['e-rs-lead', 'clinical-safety-officer'] as const satisfies ByHandDecision['role'][];

/**
 * Why nothing may be changed by hand now, or null. One service by hand is not a bulk update, but in working hours the board
 * opens only once the e-RS lead and the clinical safety officer both chose to carry on (rule 12).
 */
export async function closedByHand(ctx: CommandContext, run: Run): Promise<string | null> {
  const { judgement } = await ctx.store.runGates.hoursNow(migrationOf(ctx), ctx.now, ctx.bankHolidays);
  if (judgement.verdict !== 'closed') return null;
  const missing = DECIDERS.filter((role) => !run.byHand.some((one) => one.role === role));
  if (missing.length === 0) return null;
  const who = missing.map((role) => `the ${ROLE_WORDS[role]}`).join(' and ');
  return `${judgement.reasons[0]?.text ?? 'It is closed now.'} To carry on by hand, ${who} must choose it with a reason.`;
}

export async function refuseClosedByHand(ctx: CommandContext, run: Run): Promise<void> {
  const closed = await closedByHand(ctx, run);
  if (closed === null) return;
  throw new Refusal('working-hours', `Not now. ${closed}`, {
    remedy: [next('Carry on by hand', 'manual', { what: 'carry-on' }), next('Why?', 'why')],
  });
}

/** One of the two says: carry on by hand in working hours. Gives what to tell. */
export async function carryOn(ctx: CommandContext, run: Run, reason: string): Promise<string> {
  const taken = new Set(run.byHand.map((one) => one.by));
  const role = DECIDERS.find((one) => ctx.roles.includes(one) && !run.byHand.some((before) => before.role === one));
  if (role === undefined || taken.has(ctx.person.id)) {
    throw new Refusal(
      'role',
      'The e-RS lead and the clinical safety officer each choose it once; they are two people.',
    );
  }
  const decision: ByHandDecision = { role, by: ctx.person.id, at: ctx.now.toString(), reason };
  await ctx.store.runs.setByHand(run.id, [...run.byHand, decision]);
  ctx.record({ act: 'run.by-hand', about: `run:${run.id}`, facts: { ...decision }, hash: run.planHash });
  touch(ctx, run);
  return run.byHand.length === 0
    ? 'Taken down. The other of the two has to choose it too.'
    : 'Both chose to carry on by hand: the board is open in working hours too.';
}
