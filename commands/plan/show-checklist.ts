import { type Answer, answer, type CommandContext } from '../../src/command.ts';
import type { ChecklistItem } from '../../src/domain/checklist.ts';
import { planOfChecklist } from '../../src/domain/checklist-state.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { ROLE_WORDS } from '../../src/domain/role.ts';
import { migrationOf } from './on-plan.ts';

/** The list as it stands, for the plan that was named by its number, else the one that it is about now. */
export async function showChecklist(ctx: CommandContext, number?: number): Promise<Answer> {
  const migration = migrationOf(ctx);
  const plan = await planFor(ctx, number);
  const states = await ctx.store.checklist.states(migration, plan, ctx.now, ctx.bankHolidays);
  const today = ctx.now.toZonedDateTimeISO(migration.zone).toPlainDate().toString();
  return answer('checklist.shown', {
    zone: migration.zone,
    plan: plan?.number ?? null,
    items: states.map(({ item, done, because, by, at, due }) => ({
      key: item.key,
      title: item.title,
      owner: ROLE_WORDS[item.owner],
      gate: item.gate,
      byHand: item.byHand,
      done,
      because,
      by,
      at,
      due,
      late: !done && due !== null && due < today,
    })),
    yours: states.filter(({ item }) => mayTick(ctx, item)).map(({ item }) => item.key),
  });
}

export function mayTick(ctx: CommandContext, item: ChecklistItem): boolean {
  return item.byHand && (ctx.roles.includes(item.owner) || ctx.roles.includes('e-rs-lead'));
}

async function planFor(ctx: CommandContext, number: number | undefined): Promise<Plan | null> {
  if (number !== undefined) return ctx.store.plans.current(migrationOf(ctx).id, number);
  return planOfChecklist(await ctx.store.plans.list(migrationOf(ctx).id));
}
