import type { CommandContext } from '../../src/command.ts';
import {
  CONFLICT_WORDS,
  conflictOf,
  conflictsOf,
  type Lent,
  policyOf,
  votingRoles,
} from '../../src/domain/approval.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { STATE_WORDS } from '../../src/domain/plan-state.ts';
import { ROLE_WORDS, type Role } from '../../src/domain/role.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { listInWords } from '../../src/kernel/list-words.ts';
import { clockInWords, counted, inWords } from '../../src/kernel/time-words.ts';
import { migrationOf } from './on-plan.ts';

export interface Voter {
  readonly plan: Plan;
  readonly roles: readonly Role[];
  /** Of those roles, which are lent to the asker, by whom. */
  readonly lent: Lent;
}

/**
 * The plan whose card showed this code, locked, with the roles by which the asker may vote on it. Refuses somebody with a
 * conflict or without a role (rule 9), and a card that no longer shows the plan as it is (rule 8).
 */
export async function voterOf(ctx: CommandContext, typed: string): Promise<Voter> {
  const migration = migrationOf(ctx);
  const code = typed.toUpperCase();
  const version = await ctx.store.plans.versionByCode(migration.id, code);
  if (!version) {
    throw new Refusal('unknown-code', `No plan has shown the code ${code}. It stands at the top of the plan's card.`, {
      remedy: [next('Show the plan', 'show')],
      fields: { code: 'Type the code from the card, for example K7Q-4F2.' },
    });
  }
  const plan = await ctx.store.plans.lock(version.planId);
  await refuseConflict(ctx, plan);
  const policy = policyOf(plan.kind, migration.settings.policy);
  const lent = await lentRoles(ctx);
  const roles = votingRoles(policy, ctx.roles).filter((role) => !isOwnersConflict(plan, lent[role]));
  if (roles.length === 0) {
    const wanted = listInWords(policy.map(({ role, count }) => counted(count, ROLE_WORDS[role])));
    throw new Refusal(
      'no-vote-role',
      `Plan ${plan.number} is approved by ${wanted}, and you are none of these${ctx.account.guest ? ' as a guest (a guest can only be a tester or an observer)' : ''}. ${await whoCould(ctx, plan)}`,
      {
        remedy: [next('Show the plan', 'show', { plan: String(plan.number) })],
      },
    );
  }
  if (plan.state !== 'submitted' && plan.state !== 'approved') {
    throw new Refusal(
      'plan-state',
      `Plan ${plan.number} is ${STATE_WORDS[plan.state]}, so there is nothing to vote on.`,
      {
        remedy: [next('Show the plan', 'show', { plan: String(plan.number) })],
      },
    );
  }
  if (plan.code !== code) throw await staleCard(ctx, plan, code);
  return {
    plan,
    roles,
    lent: Object.fromEntries(Object.entries(lent).filter(([role]) => roles.includes(role as Role))),
  };
}

async function lentRoles(ctx: CommandContext): Promise<Lent> {
  const holders = await ctx.store.people.holders(migrationOf(ctx).id);
  return Object.fromEntries(
    holders.flatMap(({ person, role, lentBy }) =>
      person.id === ctx.person.id && lentBy !== null ? [[role, lentBy]] : [],
    ),
  );
}

/** An author cannot have their own plan approved by lending their role. */
function isOwnersConflict(plan: Plan, owner: number | undefined): boolean {
  return owner !== undefined && conflictOf(owner, conflictsOf(plan)) !== null;
}

async function refuseConflict(ctx: CommandContext, plan: Plan): Promise<void> {
  const conflict = conflictOf(ctx.person.id, conflictsOf(plan));
  if (conflict === null) return;
  throw new Refusal(conflict, `${CONFLICT_WORDS[conflict]} ${await whoCould(ctx, plan)}`, {
    remedy: [next('Show the plan', 'show', { plan: String(plan.number) })],
  });
}

/** "Still needed: 1 clinical safety officer. Two people could: …" */
async function whoCould(ctx: CommandContext, plan: Plan): Promise<string> {
  const { hash } = await ctx.store.plans.look(plan.id);
  const { matching, couldVote } = await ctx.store.votes.approval(plan, hash, ctx.now);
  if (matching.complete) return 'Nobody is missing: it is approved.';
  const missing = listInWords(matching.missing.map(({ role, count }) => counted(count, ROLE_WORDS[role])));
  const names = [...new Set(couldVote.map(({ person }) => person.name))];
  const could =
    names.length === 0 ? 'Nobody could yet' : `${counted(names.length, 'person', 'people')} could: ${names.join(', ')}`;
  return `Still needed: ${missing}. ${could}.`;
}

/** Says what changed since that card, and when (rule 8). */
async function staleCard(ctx: CommandContext, plan: Plan, code: string): Promise<Refusal> {
  const { zone } = migrationOf(ctx);
  const versions = await ctx.store.plans.versions(plan.id);
  const since = versions.slice(
    0,
    versions.findIndex((version) => version.code === code),
  );
  const lines = since.toReversed().flatMap(({ changes }) => changes);
  const at = since[0]?.at ?? ctx.now.toString();
  const sameDay = inWords(at, zone).split(',')[0] === inWords(ctx.now, zone).split(',')[0];
  return new Refusal(
    'stale-card',
    `That card showed ${code}. The plan changed at ${sameDay ? clockInWords(at, zone) : inWords(at, zone)} (${listInWords(lines) || 'it was submitted again'}), so a vote on that card does not count. Look at ${plan.code} as it is now.`,
    {
      remedy: [next('Show the plan as it is now', 'show', { plan: String(plan.number) })],
      facts: { code, now: plan.code, changes: lines },
    },
  );
}
