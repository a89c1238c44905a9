import { z } from 'zod';
import { type CommandContext, defineCommand } from '../src/command.ts';
import { CHECKLIST, type ChecklistItem } from '../src/domain/checklist.ts';
import { isLive } from '../src/domain/plan-state.ts';
import { ROLE_WORDS } from '../src/domain/role.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { migrationOf } from './plan/on-plan.ts';
import { mayTick, showChecklist } from './plan/show-checklist.ts';

const BY_HAND = CHECKLIST.filter((item) => item.byHand);
const KEY = `(?:${CHECKLIST.map(({ key }) => key).join('|')}|own-\\d{1,3})`;

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
  async choices(ctx) {
    const own = await ctx.store.checklistItems.own(migrationOf(ctx).id);
    return { item: [...BY_HAND, ...own].map(({ key, title }) => ({ value: key, label: title })) };
  },
  async run(ctx, input) {
    if (input.item === undefined) return showChecklist(ctx, input.plan);
    const items = input.item.split(/[\s,]+/).filter((key) => key !== '');
    const all = [...CHECKLIST, ...(await ctx.store.checklistItems.own(migrationOf(ctx).id))];
    for (const key of items) await tick(ctx, itemFor(ctx, all, key), input.evidence ?? '');
    for (const each of await ctx.store.plans.list(migrationOf(ctx).id))
      if (isLive(each.state)) ctx.touch(`plan:${each.id}`);
    return showChecklist(ctx, input.plan);
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
function itemFor(ctx: CommandContext, all: readonly ChecklistItem[], key: string): ChecklistItem {
  const item = all.find((one) => one.key === key.toLowerCase());
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
