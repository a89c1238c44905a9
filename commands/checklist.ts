import { z } from 'zod';
import { type Answer, answer, type CommandContext, defineCommand } from '../src/command.ts';
import { CHECKLIST, type ChecklistItem, checklistItem } from '../src/domain/checklist.ts';
import type { Plan } from '../src/domain/plan.ts';
import { isLive } from '../src/domain/plan-state.ts';
import { ROLE_WORDS } from '../src/domain/role.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { migrationOf } from './plan/on-plan.ts';

const BY_HAND = CHECKLIST.filter((item) => item.byHand);
const KEY = `(?:${CHECKLIST.map(({ key }) => key).join('|')})`;

export const command = defineCommand({
  verb: 'checklist',
  summary: 'The operational considerations: what is done, by whom, and what stands before the next step',
  examples: ['/bsu checklist', '/bsu checklist stakeholders board minutes of 3 November'],
  who: 'member',
  menu: 'team',
  needsMigration: true,
  input: z
    .object({
      item: z
        .string()
        .optional()
        .meta({
          label: 'Item',
          field: 'choices',
          options: BY_HAND.map(({ key, title }) => ({ value: key, label: title })),
          word: `${KEY}(?:,${KEY})*`,
        }),
      evidence: z.string().min(3).max(500).optional().meta({
        label: 'Evidence',
        hint: 'Who, when, where it can be found. No patient data',
        field: 'long-text',
        rest: true,
      }),
      plan: z.coerce.number().int().positive().optional().meta({ label: 'Plan number' }),
    })
    .refine(({ item, evidence }) => item === undefined || evidence !== undefined, {
      path: ['evidence'],
      error: 'Say what shows that it is done.',
    }),
  async run(ctx, input) {
    const plan = await planOrNone(ctx, input.plan);
    if (input.item === undefined) return shown(ctx, plan);
    const items = input.item.split(/[\s,]+/).filter((key) => key !== '');
    for (const key of items) await tick(ctx, itemFor(ctx, key), input.evidence ?? '');
    for (const each of await ctx.store.plans.list(migrationOf(ctx).id))
      if (isLive(each.state)) ctx.touch(`plan:${each.id}`);
    return shown(ctx, plan);
  },
});

async function tick(ctx: CommandContext, item: ChecklistItem, evidence: string): Promise<void> {
  const migration = migrationOf(ctx);
  await ctx.store.checklist.set(migration.id, {
    key: item.key,
    personId: ctx.person.id,
    at: ctx.now.toString(),
    evidence,
    target: migration.newAsid,
    practicePlanId: null,
  });
  ctx.record({
    act: 'checklist.ticked',
    about: `checklist:${item.key}`,
    facts: { evidence, target: migration.newAsid },
  });
}

/** The item that the asker may tick: their own, or any of them for the e-RS lead. */
function itemFor(ctx: CommandContext, key: string): ChecklistItem {
  const item = checklistItem(key.toLowerCase());
  if (!item) {
    throw new Refusal('no-item', `There is no item "${key}" on the checklist.`, {
      remedy: [next('Checklist', 'checklist')],
    });
  }
  if (!item.byHand) {
    throw new Refusal('item-is-found', `"${item.title}" is found in the data and cannot be ticked. ${item.evidence}.`, {
      remedy: [next('Checklist', 'checklist')],
    });
  }
  if (mayTick(ctx, item)) return item;
  throw new Refusal(
    'not-the-owner',
    `"${item.title}" is ticked by its owner, the ${ROLE_WORDS[item.owner]}, or by the e-RS lead.`,
    {
      remedy: [next('Who is who', 'people')],
    },
  );
}

function mayTick(ctx: CommandContext, item: ChecklistItem): boolean {
  return item.byHand && (ctx.roles.includes(item.owner) || ctx.roles.includes('e-rs-lead'));
}

async function shown(ctx: CommandContext, plan: Plan | null): Promise<Answer> {
  const migration = migrationOf(ctx);
  const states = await ctx.store.checklist.states(migration, plan, ctx.now, ctx.bankHolidays);
  return answer('checklist.shown', {
    zone: migration.zone,
    plan: plan?.number ?? null,
    items: states.map(({ item, done, because, by, at }) => ({
      key: item.key,
      title: item.title,
      owner: ROLE_WORDS[item.owner],
      gate: item.gate,
      byHand: item.byHand,
      done,
      because,
      by,
      at,
    })),
    yours: CHECKLIST.filter((item) => mayTick(ctx, item)).map(({ key }) => key),
  });
}

/** The plan that was named, else the newest open one that is no practice, else none: the list can be worked before a plan. */
async function planOrNone(ctx: CommandContext, number: number | undefined): Promise<Plan | null> {
  if (number !== undefined) return ctx.store.plans.current(migrationOf(ctx).id, number);
  const plans = await ctx.store.plans.list(migrationOf(ctx).id);
  return (
    plans.find(({ kind, state }) => kind === 'plan' && isLive(state)) ??
    plans.find(({ kind }) => kind === 'plan') ??
    null
  );
}
