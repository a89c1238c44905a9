import { z } from 'zod';
import { type CommandContext, defineCommand } from '../src/command.ts';
import type { Plan } from '../src/domain/plan.ts';
import { STATE_WORDS } from '../src/domain/plan-state.ts';
import { mayRun } from '../src/domain/run-decide.ts';
import { type Verification, verificationFacts } from '../src/domain/verification-shown.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { act } from './running/act.ts';
import { checksOf, summary } from './verifying/plan-of.ts';

export const command = defineCommand({
  verb: 'complete',
  summary: 'Close the plan: the new system is verified',
  examples: ['/bsu complete'],
  who: ['e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({ plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan', word: '\\d{1,6}' }) }),
  async run(ctx, given) {
    const known = await checksOf(ctx, given.plan, true);
    const { plan } = known;
    if (plan.state !== 'verifying') throw notVerifying(plan);
    refuseOpen(known);
    await close(ctx, plan);
    ctx.record({
      act: 'plan.completed',
      about: `plan:${plan.id}`,
      facts: { plan: plan.number },
      ...(plan.hash ? { hash: plan.hash } : {}),
    });
    ctx.milestone(`plan:${plan.id}`, `plan ${plan.number} completed`);
    ctx.touch(`plan:${plan.id}`);
    ctx.touch(`verification:${plan.id}`);
    ctx.call(
      `plan:${plan.id}`,
      `Plan ${plan.number} is completed: the new system is verified. Next: the "completed" notice.`,
    );
    return summary(ctx, plan.id, `Plan ${plan.number} is completed.`, [
      next('Preview the completed notice', 'preview', { kind: 'completed' }),
      next('Show the plan', 'show', { plan: String(plan.number) }),
    ]);
  },
});

/** The run ends with its plan. */
async function close(ctx: CommandContext, plan: Plan): Promise<void> {
  const run = (await ctx.store.runs.ofPlan(plan.id)).at(-1);
  if (run && mayRun(run, 'complete')) {
    await act(ctx, run, { kind: 'complete' });
    return;
  }
  const words = `${ctx.person.name} completed it`;
  await ctx.store.plans.moveTo(plan.id, 'completed', { personId: ctx.person.id, at: ctx.now.toString(), words });
}

/** "Completed" stays locked until quorum and polls (rule 25), and until the checklist's last gate is passed (rule 7). */
function refuseOpen(known: Verification): void {
  const { quorum, closing } = verificationFacts(known, null);
  const faults = [...quorum.faults, ...closing.map((item) => `${item} is not ticked`)];
  if (quorum.ok && faults.length === 0) return;
  const plan = { plan: String(known.plan.number) };
  const polls = quorum.faults.some((fault) => fault.includes('slot polls'));
  throw new Refusal(
    'not-verified',
    `Plan ${known.plan.number} cannot be completed yet.\n${faults.map((fault) => `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`).join('\n')}`,
    {
      remedy: [
        polls ? next('Slot polls', 'polls', plan) : next('Show the tests', 'verify', plan),
        ...(closing.length > 0 ? [next('Checklist', 'checklist')] : []),
      ],
      facts: { faults },
    },
  );
}

function notVerifying(plan: Plan): Refusal {
  return new Refusal(
    'plan-state',
    `Plan ${plan.number} is ${STATE_WORDS[plan.state]}: it is completed once its run has settled every service.`,
    {
      remedy: [next('Show the plan', 'show', { plan: String(plan.number) })],
    },
  );
}
