import type { CommandContext } from '../../src/command.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { migrationOf } from './on-plan.ts';

/** Who runs the update and who stands in: as typed, else as the plan has it, else proposed in the order of the grants. */
export async function definersOf(
  ctx: CommandContext,
  typed: { readonly runner?: string | undefined; readonly deputy?: string | undefined },
  plan: Plan | null,
): Promise<{ runner: Person | null; deputy: Person | null }> {
  const definers = await serviceDefiners(ctx);
  const proposed = plan === null ? definers : [];
  const had = (personId: number | null | undefined) => definers.find(({ id }) => id === personId) ?? null;
  const runner =
    typed.runner === undefined
      ? (had(plan?.runnerId) ?? proposed[0] ?? null)
      : definer(definers, typed.runner, 'runner');
  const spare = proposed.find(({ id }) => id !== runner?.id) ?? null;
  const deputy =
    typed.deputy === undefined ? (had(plan?.deputyId) ?? spare) : definer(definers, typed.deputy, 'deputy');
  if (runner !== null && runner.id === deputy?.id) {
    throw new Refusal('same-person', 'The deputy must be somebody else than the service definer who runs it.', {
      fields: { deputy: 'Choose another service definer, or "none".' },
    });
  }
  return { runner, deputy };
}

export async function serviceDefiners(ctx: CommandContext): Promise<readonly Person[]> {
  const holders = await ctx.store.people.holders(migrationOf(ctx).id);
  return holders.filter(({ role }) => role === 'service-definer').map(({ person }) => person);
}

function definer(definers: readonly Person[], typed: string, field: 'runner' | 'deputy'): Person | null {
  const wanted = typed.trim().toLowerCase();
  if (wanted === 'none') return null;
  const found = definers.find(
    ({ id, email, name }) => String(id) === wanted || email === wanted || name.toLowerCase() === wanted,
  );
  if (found) return found;
  const known = definers.map(({ name }) => name).join(', ') || 'nobody yet';
  throw new Refusal('not-a-definer', `"${typed}" is not a service definer of this migration. They are: ${known}.`, {
    fields: { [field]: 'Choose one of the service definers.' },
    remedy: [next('Grant the role', 'grant', { role: 'service-definer' })],
  });
}
