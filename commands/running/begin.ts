import type { CommandContext } from '../../src/command.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { ExecutorKind, Run } from '../../src/domain/run.ts';
import { groupNumbers } from '../../src/domain/run-groups.ts';
import { firstPlace } from '../../src/domain/run-guided.ts';
import { wholePlaces } from '../../src/domain/tick-sheet.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { call, touch } from './act.ts';
import { type StartGates, startGates, startRefusal } from './gates.ts';
import { migrationOf } from './run-of.ts';

export interface Begin {
  readonly executor: ExecutorKind;
  readonly amberReason: string | null;
}

/** Starts a plan's run, all gates open; null where another was quicker (rule 16). */
export async function begin(ctx: CommandContext, plan: Plan, given: Begin): Promise<Run | null> {
  refuseOthers(ctx, plan);
  if (given.executor === 'http' && !ctx.automation) {
    throw new Refusal('no-automation', 'No automation is configured here, so this run is a guided one.', {
      remedy: [next('Start guided', 'run', { executor: 'guided' })],
    });
  }
  const services = await ctx.store.plans.services(plan.id);
  const gates = await startGates(ctx, plan, services.length, given.amberReason, given.executor);
  if (!gates.facts.may || gates.window === null || gates.hash === null) throw startRefusal(ctx, gates);
  const sheet = await ctx.store.tickSheets.of(plan.snapshotId, services, ctx.now);
  const groups = groupNumbers(services, wholePlaces(sheet));
  const run = await ctx.store.runs.start(
    {
      migrationId: plan.migrationId,
      planId: plan.id,
      planHash: gates.hash,
      executor: given.executor,
      startedBy: ctx.person.id,
      startedAt: ctx.now.toString(),
      runnerId: plan.runnerId ?? ctx.person.id,
      deputyId: plan.deputyId,
      window: gates.window,
      amberReason: given.amberReason,
      guided: given.executor === 'guided' ? firstPlace(ctx.now) : null,
    },
    services.map((service) => ({ ...service, group: groups.get(service.serviceId) ?? 0 })),
  );
  if (run === null) return null;
  const words = `the run has started, ${given.executor === 'guided' ? 'guided' : 'by your automation'}`;
  await ctx.store.plans.moveTo(plan.id, 'running', { personId: ctx.person.id, at: ctx.now.toString(), words });
  recordStart(ctx, run, gates, services.length);
  touch(ctx, run);
  await call(ctx, run, 'started', given.amberReason ?? '');
  return run;
}

function recordStart(ctx: CommandContext, run: Run, gates: StartGates, services: number): void {
  ctx.record({
    act: 'run.started',
    about: `run:${run.id}`,
    facts: {
      plan: run.planId,
      services,
      executor: run.executor,
      window: run.window,
      amberReason: run.amberReason,
      gates: gates.facts.lines.map(({ gate, ok, text }) => ({ gate, ok, text })),
    },
    hash: run.planHash,
  });
}

/** The plan names its service definer and deputy; the e-RS lead may start it too. */
function refuseOthers(ctx: CommandContext, plan: Plan): void {
  const named = ctx.person.id === plan.runnerId || ctx.person.id === plan.deputyId;
  if (named || ctx.roles.includes('e-rs-lead')) return;
  throw new Refusal(
    'not-the-runner',
    `Plan ${plan.number} names another service definer and deputy, and the approval covers them. Ask one of them, or the e-RS lead, to start it.`,
    { remedy: [next('Who is on tonight', 'tonight')] },
  );
}

/**
 * A stopped run goes on with all that is still to do: in its own window by that window's gate, in a reserve window by all gates
 * (rules 10, 13). Where nothing is left for the run itself, it is for people.
 */
export async function continueStopped(
  ctx: CommandContext,
  run: Run,
  plan: Plan,
  amberReason: string | null,
): Promise<void> {
  const { pending, applying, applied, failed } = await ctx.store.runItems.counts(run.id, run.direction);
  if (pending + applying + applied === 0) {
    throw new Refusal('nothing-to-go-on', 'Nothing is left that the run can do: what is left is for people.', {
      remedy: [...(failed > 0 ? [next('Retry the failed', 'retry')] : []), next('Manual board', 'manual')],
    });
  }
  const migration = migrationOf(ctx);
  const same = await ctx.store.runGates.batch(
    { ...run, amberReason: amberReason ?? run.amberReason },
    migration,
    ctx.now,
    ctx.bankHolidays,
    GROUP_SECONDS,
  );
  if (same.may) {
    if (amberReason !== null) await ctx.store.runs.setWindow(run.id, run.window, amberReason);
    return;
  }
  const gates = await startGates(ctx, plan, pending, amberReason, run.executor);
  if (!gates.facts.may || gates.window === null) throw startRefusal(ctx, gates);
  await ctx.store.runs.setWindow(run.id, gates.window, amberReason);
}

/** A group of ticks, or a batch, is expected to take this long. */
export const GROUP_SECONDS = 10 * 60;
