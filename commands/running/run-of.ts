import { type Answer, type AnswerFile, answer, type CommandContext } from '../../src/command.ts';
import type { Migration } from '../../src/domain/migration.ts';
import type { AnswerPage } from '../../src/domain/page-link.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Run } from '../../src/domain/run.ts';
import type { RunFacts } from '../../src/domain/run-answers.ts';
import { type Next, next, Refusal } from '../../src/kernel/errors.ts';

/** The migration of this request; its verbs are only called with one. */
export function migrationOf(ctx: CommandContext): Migration {
  if (ctx.migration === null) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
  return ctx.migration;
}

/** The newest run of the migration, locked; refuses "no-run" before the first. */
export async function newestRun(ctx: CommandContext): Promise<Run> {
  const run = await ctx.store.runs.latest(migrationOf(ctx).id);
  if (run !== null) return run;
  throw new Refusal('no-run', 'Nothing has been run in this migration yet. Look at what a start would need.', {
    remedy: [next('Check the gates', 'run', { what: 'check' })],
  });
}

export async function planOf(ctx: CommandContext, run: Run): Promise<Plan> {
  const plan = await ctx.store.plans.byId(run.planId);
  if (plan === null) throw new Error(`Run ${run.id} has no plan.`);
  return plan;
}

/** The run's card, with what was just noticed. */
export async function shown(
  ctx: CommandContext,
  runId: number,
  said: { notice?: string } = {},
  steps: readonly Next[] = [],
): Promise<Answer> {
  const facts = await ctx.store.runViews.shown(runId, ctx.enteredAt ?? ctx.now, { ...said, asker: askerOf(ctx) });
  const pages = [runPage({ migrationId: migrationOf(ctx).id })];
  return answer('run.shown', facts, { next: steps, files: tickFiles(facts), pages });
}

/** Who reads a run's card: only whoever carries it out is asked for its steps. */
export function askerOf(ctx: CommandContext): { readonly personId: number; readonly leads: boolean } {
  return { personId: ctx.person.id, leads: ctx.roles.includes('e-rs-lead') };
}

/** The run for a second screen beside e-RS. */
export function runPage({ migrationId }: Pick<Run, 'migrationId'>): AnswerPage {
  return { label: 'Follow it on a second screen', path: `/pages/${migrationId}/run` };
}

/** The manual board with every service. */
export function manualPage({ migrationId }: Pick<Run, 'migrationId'>): AnswerPage {
  return { label: 'The board as a page', path: `/pages/${migrationId}/manual` };
}

/** A card holds a dozen lines; a longer list of ticks comes as a file, by site and without numbering: the person counts. */
function tickFiles({ guided }: RunFacts): readonly AnswerFile[] {
  if (guided === null || guided.step !== 'tick') return [];
  const lines = guided.sites.flatMap(({ site, services, whole }) => [
    whole ? `[ ] Site ${site}, one tick for the whole site; it ticks these:` : `Site ${site}`,
    ...services.map((one) => `${whole ? '   ' : '[ ]'} ${one.serviceId}  ${one.name}`),
    '',
  ]);
  return [{ name: `group-${guided.group}.txt`, mediaType: 'text/plain', text: lines.join('\n') }];
}
