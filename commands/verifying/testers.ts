import type { CommandContext } from '../../src/command.ts';
import type { Person } from '../../src/domain/person.ts';
import { STATE_WORDS } from '../../src/domain/plan-state.ts';
import { servicesMeant } from '../../src/domain/verification-record.ts';
import type { Verification } from '../../src/domain/verification-shown.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { personMeant } from './person-meant.ts';
import { migrationOf } from './plan-of.ts';

/** Whoever may record a test, once each, by name. */
export async function possibleTesters(ctx: CommandContext): Promise<readonly Person[]> {
  const holders = await ctx.store.people.holders(migrationOf(ctx).id);
  const fitting = holders.filter(({ role }) => role === 'tester' || role === 'service-definer');
  const people = [...new Map(fitting.map(({ person }) => [person.id, person])).values()];
  return people.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * Names who tests these services, before the run or after it; who was named before is replaced. Without services: all that
 * nobody is named for. Gives the notice for the asker.
 */
export async function nameTester(
  ctx: CommandContext,
  { plan: { id }, services }: Verification,
  typed: string,
  who: string,
): Promise<string> {
  const plan = await ctx.store.plans.lock(id);
  if (['completed', 'withdrawn', 'expired', 'rolled-back'].includes(plan.state)) {
    throw new Refusal(
      'plan-state',
      `Plan ${plan.number} is ${STATE_WORDS[plan.state]}: nothing of it is tested any more.`,
      { remedy: [next('Show the plan', 'show', { plan: String(plan.number) })] },
    );
  }
  const tester = await testerOf(ctx, who);
  const chosen = services.filter(({ serviceId }) => plan.verification.includes(serviceId));
  const testers = await ctx.store.verification.testers(plan.id);
  const free = chosen.filter(({ serviceId }) => !testers.some((one) => one.serviceId === serviceId));
  if (typed === '' && free.length === 0) {
    throw new Refusal('nothing-to-say', 'Every verification service has its tester: name the services to change it.', {
      remedy: [next('Show the tests', 'verify', { plan: String(plan.number) })],
    });
  }
  const ids = typed === '' ? free.map(({ serviceId }) => serviceId) : servicesMeant(typed, chosen);
  await ctx.store.verification.nameTester(plan.id, ids, tester.id);
  ctx.record({ act: 'verification.tester', about: `plan:${plan.id}`, facts: { services: ids, tester: tester.id } });
  ctx.touch(`verification:${plan.id}`);
  if (tester.id !== ctx.person.id) {
    ctx.call(`plan:${plan.id}`, `You test ${ids.join(', ')} of plan ${plan.number} after go-live.`, [tester]);
  }
  return `${tester.name} tests ${ids.join(', ')}.`;
}

async function testerOf(ctx: CommandContext, typed: string): Promise<Person> {
  const people = await possibleTesters(ctx);
  const meant = await personMeant(ctx, typed, people);
  if (meant && (meant.id === ctx.person.id || people.some(({ id }) => id === meant.id))) return meant;
  const sameName = people.filter(({ name }) => name.toLowerCase() === typed.trim().toLowerCase());
  const why =
    sameName.length > 1
      ? `Several people are called ${typed}: give the e-mail address.`
      : `"${typed}" is no tester here.`;
  throw new Refusal(
    'unknown-person',
    `${why} Testers and service definers: ${people.map(({ name }) => name).join(', ') || 'nobody yet'}.`,
    {
      remedy: [next('People', 'people')],
      fields: { tester: 'Give “me”, a name or an e-mail address of theirs.' },
    },
  );
}
