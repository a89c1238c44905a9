import type { CommandContext } from '../../src/command.ts';
import type { PlanState } from '../../src/domain/plan.ts';
import { STATE_WORDS } from '../../src/domain/plan-state.ts';
import type { Verification } from '../../src/domain/verification-shown.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';

/** A plan may be completed the same night; its sites answer all the same. */
const AFTER: readonly PlanState[] = ['verifying', 'stopped', 'completed'];

/** What sites say the next morning: did slots arrive with the nightly poll (rule 25)? Gives the notice for the asker. */
export async function answerMorning(
  ctx: CommandContext,
  { plan, services }: Verification,
  arrived: boolean,
  typed: string,
  note: string | null,
): Promise<string> {
  const { number, state } = await ctx.store.plans.lock(plan.id);
  if (!AFTER.includes(state)) {
    throw new Refusal(
      'plan-state',
      `Plan ${number} is ${STATE_WORDS[state]}: sites are asked the morning after its run.`,
      { remedy: [next('Show the plan', 'show', { plan: String(number) })] },
    );
  }
  const known = [...new Set(services.map(({ site }) => site))].sort();
  const words = typed
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const sites = words.includes('ALL') ? known : words;
  const strange = sites.filter((site) => !known.includes(site));
  if (strange.length > 0 || sites.length === 0) {
    throw new Refusal(
      'unknown-site',
      `${strange.join(', ') || 'That'} is no site of plan ${plan.number}. Its sites: ${known.join(', ')}.`,
      {
        fields: { services: 'Name sites of the plan, or "all".' },
      },
    );
  }
  for (const site of sites) {
    await ctx.store.after.answerMorning(plan.id, { site, arrived, note }, ctx.person.id, ctx.now.toString());
  }
  ctx.record({
    act: arrived ? 'morning.arrived' : 'morning.missing',
    about: `plan:${plan.id}`,
    facts: { sites, note },
  });
  ctx.touch(`verification:${plan.id}`);
  if (!arrived) {
    const holders = await ctx.store.people.holders(plan.migrationId);
    const needed = holders.filter(({ role }) => role === 'e-rs-lead' || role === 'service-definer');
    ctx.call(
      `verification:${plan.id}`,
      `No slots this morning at ${sites.join(', ')}: ${note}. Poll by hand, and ask the PAS supplier why the night brought none.`,
      [...new Map(needed.map(({ person }) => [person.id, person])).values()],
    );
  }
  return arrived ? `Slots arrived at ${sites.join(', ')}.` : `Noted: no slots at ${sites.join(', ')}.`;
}
