import type { Answer, CommandContext } from '../../src/command.ts';
import type { Run } from '../../src/domain/run.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { call, touch } from './act.ts';
import { shown } from './run-of.ts';

/** The deputy carries on, the service definer becomes the deputy; both were approved with the plan, so no new vote (rule 8). */
export async function handOver(ctx: CommandContext, run: Run, to: number | undefined): Promise<Answer> {
  const { runnerId, deputyId } = run;
  // Two may press at the same moment, or one twice: it went there already, and does not go back.
  if (to !== undefined && to === runnerId) {
    const runner = await ctx.store.people.byId(runnerId);
    return shown(ctx, run.id, { notice: `${runner?.name ?? 'The deputy'} carries the run out already.` });
  }
  if (deputyId === null) {
    throw new Refusal(
      'no-deputy',
      'The plan names no deputy, so nobody can take over. The e-RS lead can pause the run.',
      {
        remedy: [next('Pause', 'pause')],
      },
    );
  }
  const allowed = [runnerId, deputyId].includes(ctx.person.id) || ctx.roles.includes('e-rs-lead');
  if (!allowed)
    throw new Refusal('not-the-runner', 'Only the service definer, the deputy or the e-RS lead can hand the run over.');
  const roles = await ctx.store.people.rolesOf(deputyId, run.migrationId);
  if (!roles.includes('service-definer')) {
    throw new Refusal(
      'role',
      'The deputy does not hold the role of service definer any more, so the run stays with you.',
    );
  }
  await ctx.store.runs.setRunner(run.id, deputyId, runnerId);
  ctx.record({
    act: 'run.handed-over',
    about: `run:${run.id}`,
    facts: { from: runnerId, to: deputyId },
    hash: run.planHash,
  });
  touch(ctx, run);
  const deputy = await ctx.store.people.byId(deputyId);
  await call(
    ctx,
    { ...run, runnerId: deputyId, deputyId: runnerId },
    'handed-over',
    `${deputy?.name ?? 'The deputy'} carries it out now.`,
  );
  return shown(ctx, run.id, { notice: `${deputy?.name ?? 'The deputy'} carries the run out now.` });
}
