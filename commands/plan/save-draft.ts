import type { Answer, CommandContext } from '../../src/command.ts';
import type { BundleChange } from '../../src/domain/bundle.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { type ServiceWarning, WARNINGS } from '../../src/domain/plan-warning.ts';
import { next } from '../../src/kernel/errors.ts';
import { counted } from '../../src/kernel/time-words.ts';
import { askForVotes } from './ask-for-votes.ts';
import type { Draft } from './draft-of.ts';
import { actOf, planCard } from './on-plan.ts';
import { planPage } from './pages.ts';
import { waitForHeld } from './wait-for.ts';

/** Saves what was shown. A change of a submitted plan judges its votes at once (rule 10). */
export async function saveDraft(ctx: CommandContext, draft: Draft): Promise<Answer> {
  const content = {
    snapshotId: draft.snapshot.id,
    selection: draft.selection,
    target: { asid: draft.migration.newAsid, organisation: draft.migration.newOrg },
    services: draft.diff.services,
    warnings: warningCounts(draft),
    runnerId: draft.runner?.id ?? null,
    deputyId: draft.deputy?.id ?? null,
    verification: draft.verification,
  };
  const facts = { services: content.services.length, snapshot: draft.snapshot.number, kind: draft.kind };
  const pages = (plan: Plan) => [planPage(plan, content.services.length)];
  if (draft.before === null) {
    const plan = await ctx.store.plans.create(draft.migration.id, draft.kind, content, actOf(ctx, 'made the plan'));
    await waitForHeld(ctx, plan, draft.diff);
    ctx.record({ act: 'plan.created', about: `plan:${plan.id}`, facts: { ...facts, number: plan.number } });
    ctx.touch(`plan:${plan.id}`);
    const card = await planCard(ctx, plan.id, [next('Submit', 'submit', { plan: String(plan.number) })]);
    return { ...card, pages: pages(plan) };
  }
  const plan = await ctx.store.plans.edit(draft.before, content, actOf(ctx, 'changed the plan'));
  await waitForHeld(ctx, plan, draft.diff);
  const outcome = await ctx.store.plans.inputsChanged(plan.id, actOf(ctx, `changed the plan`));
  ctx.record({
    act: 'plan.changed',
    about: `plan:${plan.id}`,
    facts: { ...facts, number: plan.number, changes: outcome.lines, votes: outcome.votes },
    ...(outcome.hash ? { hash: outcome.hash } : {}),
  });
  ctx.touch(`plan:${plan.id}`);
  if (outcome.lines.length > 0) {
    await askForVotes(ctx, plan.id, `Plan ${plan.number} changed: ${outcome.lines.join('; ')}.${votesWords(outcome)}`);
  }
  return { ...(await planCard(ctx, plan.id)), pages: pages(plan) };
}

/** What the change did to the votes, for those who are called: nothing ended is not "0 votes ended". */
function votesWords({ votes, ended }: { readonly votes: BundleChange['votes']; readonly ended: number }): string {
  const gone = ended > 0 ? ` ${counted(ended, 'vote')} ended.` : '';
  return votes === 'ask-safety-officer-again' ? `${gone} What approvers voted so far stays.` : gone;
}

function warningCounts({ diff }: Draft): Partial<Record<ServiceWarning, number>> {
  const counts = WARNINGS.map((why) => [why, diff.warned.filter((entry) => entry.why === why).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
