import type { CommandContext } from '../../src/command.ts';
import { calledFor, FINDING_ROLES, FINDING_VERBS, type Finding, type FindingKind } from '../../src/domain/finding.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { namingPlan } from '../../src/domain/plan-named.ts';
import { ROLE_WORDS } from '../../src/domain/role.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { listInWords } from '../../src/kernel/list-words.ts';
import { personMeant } from './person-meant.ts';
import { migrationOf, naming } from './plan-of.ts';

/**
 * Findings get an owner who is a person: the asker takes them, or they are given to somebody by the e-RS lead or by whoever has
 * them (rule 26). Gives the notice for the asker. Refuses "owner-role" for who could not settle them.
 */
export async function giveFindings(
  ctx: CommandContext,
  plan: Plan,
  kind: FindingKind,
  serviceIds: readonly string[],
  typed: string | undefined,
): Promise<string> {
  const { findings } = ctx.store;
  const owner = typed === undefined ? ctx.person : await ownerMeant(ctx, kind, typed);
  const taken = owner.id === ctx.person.id;
  if (!taken) await refuseGiving(ctx, plan, kind, serviceIds);
  await findings.give(plan.id, kind, serviceIds, owner.id, ctx.person.id, ctx.now.toString());
  ctx.record({
    act: `${FINDING_VERBS[kind]}.owner`,
    about: `plan:${plan.id}`,
    facts: { services: serviceIds, owner: owner.id, how: taken ? 'taken' : 'given' },
  });
  const words = serviceIds.join(', ');
  const are = serviceIds.length === 1 ? 'is' : 'are';
  if (taken) return `${words} ${are} yours now.`;
  ctx.call(
    `plan:${plan.id}`,
    await naming(
      ctx,
      plan,
      `${words} of plan ${plan.number} ${are} yours to put right now. Then \`/bsu ${FINDING_VERBS[kind]} settle ${serviceIds[0]} note="what was done"\`.`,
    ),
    [owner],
  );
  return `${words} ${are} ${owner.name}’s now.`;
}

/** Somebody whose role lets them settle it. */
async function ownerMeant(ctx: CommandContext, kind: FindingKind, typed: string): Promise<Person> {
  const roles: readonly string[] = FINDING_ROLES[kind];
  const fitting = (await ctx.store.people.holders(migrationOf(ctx).id)).filter(({ role }) => roles.includes(role));
  const people = [...new Map(fitting.map(({ person }) => [person.id, person])).values()];
  const person = await personFor(ctx, typed, people);
  if (people.some(({ id }) => id === person.id)) return person;
  throw new Refusal(
    'owner-role',
    `${person.name} could not settle it: that is for ${listInWords(FINDING_ROLES[kind].map((role) => ROLE_WORDS[role]))}. They could be: ${people.map(({ name }) => name).join(', ') || 'nobody yet'}.`,
    { remedy: [next('People', 'people')], fields: { owner: 'Name somebody with one of these roles.' } },
  );
}

async function personFor(ctx: CommandContext, typed: string, people: readonly Person[]): Promise<Person> {
  const found = await personMeant(ctx, typed, people);
  if (found) return found;
  throw new Refusal('unknown-person', `I do not know "${typed}", or several have that name.`, {
    remedy: [next('People', 'people')],
    fields: { owner: 'Give “me”, a mention, or the e-mail address that `/bsu people` shows.' },
  });
}

async function refuseGiving(ctx: CommandContext, plan: Plan, kind: FindingKind, serviceIds: readonly string[]) {
  if (ctx.roles.includes('e-rs-lead')) return;
  const owners = await ctx.store.findings.owners(plan.id, kind);
  if (serviceIds.every((id) => owners.get(id)?.id === ctx.person.id)) return;
  throw new Refusal(
    'not-yours-to-give',
    'The e-RS lead gives these to somebody, or whoever has taken them over. You can take them yourself.',
    { remedy: [next('I take them', FINDING_VERBS[kind], { what: 'take', plan: String(plan.number) })] },
  );
}

/** What somebody answered for goes back to its role, which is told: after a role of theirs was taken away (rule 26). */
export async function giveBack(ctx: CommandContext, personId: number, before: readonly Finding[]): Promise<void> {
  if (before.length === 0) return;
  const now = new Map((await ctx.store.findings.open(migrationOf(ctx))).map((one) => [keyOf(one), one]));
  const back = before.filter((one) => one.owner?.id === personId && now.get(keyOf(one))?.owner === null);
  const holders = await ctx.store.people.holders(migrationOf(ctx).id);
  const plans = await ctx.store.plans.list(migrationOf(ctx).id);
  for (const theirs of Map.groupBy(back, ({ planId, role }) => `${planId} ${role}`).values()) {
    const [first] = theirs;
    if (!first) continue;
    const services = [...new Set(theirs.map(({ serviceId }) => serviceId))];
    ctx.record({ act: 'owner.given-back', about: `plan:${first.planId}`, facts: { services, person: personId } });
    ctx.touch(`verification:${first.planId}`);
    ctx.call(
      `plan:${first.planId}`,
      namingPlan(
        `${services.join(', ')} of plan ${first.plan} was ${first.owner?.name}’s to put right, whose role has ended: it is the ${ROLE_WORDS[first.role]}’s again. \`/bsu ${FINDING_VERBS[first.kind]}\``,
        first.plan,
        plans,
      ),
      calledFor(theirs, new Map(), holders),
    );
  }
}

function keyOf({ planId, kind, serviceId, words }: Finding): string {
  return `${planId} ${kind} ${serviceId} ${words}`;
}
