import { z } from 'zod';
import { type CommandContext, defineCommand } from '../src/command.ts';
import { CHECKLIST, GATES } from '../src/domain/checklist.ts';
import { isRole, ROLE_WORDS, ROLES } from '../src/domain/role.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { migrationOf } from './plan/on-plan.ts';
import { showChecklist } from './plan/show-checklist.ts';

const OWNERS = ROLES.filter((role) => role !== 'administrator' && role !== 'observer');
const KEY = `(?:${CHECKLIST.map(({ key }) => key).join('|')}|own-\\d{1,3})`;

export const command = defineCommand({
  verb: 'item',
  summary: "Add an item of your own to the checklist, or set an item's due date",
  examples: [
    '/bsu item The switchboard knows the night owner=e-rs-lead gate=run due=2026-12-04',
    '/bsu item stakeholders due=2026-12-01',
    '/bsu item own-1 remove',
  ],
  who: ['e-rs-lead', 'planner'],
  menu: 'none',
  needsMigration: true,
  input: z
    .object({
      key: z.string().toLowerCase().optional().meta({ label: 'Item that is there', word: KEY }),
      title: z.string().min(3).max(200).optional().meta({
        label: 'What is true when it is done',
        field: 'text',
        form: 'ask',
        rest: true,
      }),
      owner: z
        .string()
        .transform((word) => word.toLowerCase().replaceAll(' ', '-'))
        .refine((word) => (OWNERS as readonly string[]).includes(word), 'Choose one of the roles.')
        .optional()
        .meta({
          label: 'Owner',
          field: 'choice',
          form: 'ask',
          options: OWNERS.map((role) => ({ value: role, label: ROLE_WORDS[role] })),
        }),
      gate: z
        .enum(GATES)
        .optional()
        .meta({
          label: 'Stands before',
          field: 'choice',
          form: 'ask',
          options: [
            { value: 'submit', label: 'submitting the plan' },
            { value: 'run', label: 'the run' },
            { value: 'complete', label: 'completing it' },
          ],
        }),
      due: z
        .union([z.iso.date(), z.literal('none')], { error: 'Write the date like 2026-12-04, or "none".' })
        .optional()
        .meta({ label: 'Due', field: 'date', form: 'ask' }),
      remove: z.enum(['yes', 'remove']).optional().meta({ label: 'Remove', form: 'never', word: 'remove', flag: true }),
    })
    .superRefine((input, check) => {
      const need = (path: 'title' | 'owner' | 'gate' | 'due', message: string) => {
        if (input[path] === undefined) check.addIssue({ code: 'custom', path: [path], message });
      };
      if (input.key === undefined) {
        need('title', 'Say what is to be done.');
        need('owner', 'Say whose it is.');
        need('gate', 'Say which step it stands before.');
      } else if (input.remove === undefined) need('due', 'Give the due date.');
    }),
  async run(ctx, input) {
    const { id } = migrationOf(ctx);
    const key = input.key ?? (await added(ctx, input));
    if (input.key !== undefined) await known(ctx, input.key);
    if (input.remove !== undefined) {
      await removed(ctx, key);
    } else if (input.due !== undefined) {
      await ctx.store.checklistItems.setDue(id, key, input.due === 'none' ? null : input.due);
      ctx.record({ act: 'checklist.due', about: `checklist:${key}`, facts: { due: input.due } });
    }
    return showChecklist(ctx);
  },
});

async function added(
  ctx: CommandContext,
  input: { title?: string | undefined; owner?: string | undefined; gate?: (typeof GATES)[number] | undefined },
): Promise<string> {
  const { title, owner, gate } = input;
  if (title === undefined || owner === undefined || gate === undefined || !isRole(owner)) {
    throw new Refusal('no-item', 'Say what is to be done, whose it is, and which step it stands before.');
  }
  const { id } = migrationOf(ctx);
  const key = await ctx.store.checklistItems.add(id, { title, owner, gate }, ctx.person.id, ctx.now.toString());
  ctx.record({ act: 'checklist.added', about: `checklist:${key}`, facts: { title, owner, gate } });
  return key;
}

async function known(ctx: CommandContext, key: string): Promise<void> {
  const own = await ctx.store.checklistItems.own(migrationOf(ctx).id);
  if ([...CHECKLIST, ...own].some((item) => item.key === key)) return;
  throw new Refusal('no-item', `There is no item "${key}" on the checklist.`, {
    remedy: [next('Checklist', 'checklist')],
  });
}

/** An item of the guidance cannot be taken off; one of our own by the e-RS lead alone, since it opens a gate. */
async function removed(ctx: CommandContext, key: string): Promise<void> {
  if (!ctx.roles.includes('e-rs-lead')) {
    throw new Refusal('role', 'Only the e-RS lead takes an item off the checklist: it stands before a step.', {
      remedy: [next('Who is who', 'people')],
    });
  }
  if (!(await ctx.store.checklistItems.remove(migrationOf(ctx).id, key, ctx.now.toString()))) {
    throw new Refusal('item-of-guidance', "That item is the guidance's own and stays on the list.", {
      remedy: [next('Checklist', 'checklist')],
    });
  }
  ctx.record({ act: 'checklist.removed', about: `checklist:${key}`, facts: {} });
}
