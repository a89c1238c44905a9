import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Plan } from '../src/domain/plan.ts';
import { STATE_WORDS } from '../src/domain/plan-state.ts';
import type { ExecutorKind } from '../src/domain/run.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { act } from './running/act.ts';
import { begin, continueStopped } from './running/begin.ts';
import { refuseClaimed } from './running/claims.ts';
import { startGates } from './running/gates.ts';
import { goOnGuided } from './running/guided.ts';
import { asOf, LATE_FIELD, lateWords } from './running/late.ts';
import { migrationOf, planOf, shown } from './running/run-of.ts';

export const command = defineCommand({
  verb: 'run',
  summary: 'Start the approved plan, or see the run that is under way',
  examples: ['/bsu run', '/bsu run check', '/bsu run executor=http'],
  who: ['service-definer', 'e-rs-lead'],
  menu: 'team',
  needsMigration: true,
  input: z
    .object({
      what: z.enum(['start', 'check']).optional().meta({ label: 'Start or check', word: 'start|check' }),
      plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan', word: '\\d{1,6}' }),
      executor: z.enum(['guided', 'http']).default('guided').meta({ label: 'How', word: 'guided|http' }),
      at: z.string().max(40).optional().meta(LATE_FIELD),
      confirm: z.enum(['yes']).optional().meta({ label: 'Confirm', word: 'confirm' }),
      reason: z
        .string()
        .min(3)
        .max(300)
        .optional()
        .meta({ label: 'Why it has to be now', hint: 'It is kept with the run', field: 'long-text', rest: true }),
    })
    .superRefine((input, check) => {
      if (input.confirm !== undefined && input.reason === undefined) {
        check.addIssue({ code: 'custom', path: ['reason'], message: 'Say why it has to be now.' });
      }
    }),
  async run(ctx, input) {
    const migration = migrationOf(ctx);
    const amberReason = input.confirm === undefined ? null : (input.reason ?? null);
    const live = await ctx.store.runs.live(migration.id);
    if (live !== null && (live.state !== 'stopped' || input.what !== 'start')) {
      // Looking at a stopped run must not set it going again: that is said, by `run start` or `resume`.
      return shown(ctx, live.id, { notice: live.state === 'stopped' ? STOPPED : HELD });
    }
    if (live !== null) {
      await refuseClaimed(ctx, live, ['pending']);
      await continueStopped(ctx, live, await planOf(ctx, live), amberReason);
      await goOnGuided(ctx, live);
      await act(ctx, live, { kind: 'continue' });
      return shown(ctx, live.id);
    }
    const plan = await ctx.store.plans.current(migration.id, input.plan);
    if (input.what === 'check') return check(ctx, plan, amberReason, input.executor);
    const earlier = (await ctx.store.runs.ofPlan(plan.id)).at(-1);
    if (earlier && plan.state !== 'approved') return shown(ctx, earlier.id, { notice: 'This plan was run already.' });
    refuseUnapproved(plan);
    const when = asOf(ctx, input.at);
    const run = await begin(when, plan, { executor: input.executor, amberReason });
    const first = run ?? (await ctx.store.runs.live(migration.id));
    if (first === null) throw new Error('A run was neither started nor found.');
    const notice = run ? lateWords(when) : 'Somebody was quicker; this is the run’s card.';
    return shown(ctx, first.id, notice === '' ? {} : { notice });
  },
});

const HELD = 'It has been started already; this is its card.';
const STOPPED = 'This run has stopped. Go on with it, retry the failed, or do the rest by hand.';

async function check(ctx: CommandContext, plan: Plan, amberReason: string | null, executor: ExecutorKind) {
  const services = await ctx.store.plans.services(plan.id);
  const { facts } = await startGates(ctx, plan, services.length, amberReason, executor);
  const step = facts.may ? next('Start the run', 'run', { plan: String(plan.number) }) : next('Why?', 'why');
  return answer('run.preflight', facts, { next: [step] });
}

function refuseUnapproved(plan: Plan): void {
  if (plan.state === 'approved') return;
  throw new Refusal(
    'not-approved',
    `Plan ${plan.number} is ${STATE_WORDS[plan.state]}. Only an approved plan can be run.`,
    { remedy: [next('Show the plan', 'show', { plan: String(plan.number) })] },
  );
}
