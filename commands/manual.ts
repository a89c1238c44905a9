import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Run } from '../src/domain/run.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted } from '../src/kernel/time-words.ts';
import { carryOn, closedByHand } from './running/by-hand.ts';
import { asOf, LATE_FIELD } from './running/late.ts';
import { claimOne, doneAll, doneOne, releaseOne } from './running/manual-board.ts';
import { manualPage, newestRun } from './running/run-of.ts';

const WHAT = ['board', 'claim', 'done', 'release', 'all', 'carry-on', 'page'] as const;

export const command = defineCommand({
  verb: 'manual',
  summary: 'What is left, to be changed by hand service by service in e-RS',
  examples: ['/bsu manual', '/bsu manual claim 7000001', '/bsu manual done 7000001', '/bsu manual all'],
  who: ['service-definer', 'e-rs-lead', 'planner', 'clinical-safety-officer'],
  menu: 'none',
  needsMigration: true,
  input: z
    .object({
      what: z
        .enum(WHAT)
        .default('board')
        .meta({ label: 'What', word: WHAT.join('|') }),
      service: z
        .string()
        .regex(/^\d{1,11}$/, 'A service id has digits only.')
        .optional()
        .meta({ label: 'Service id', field: 'text', word: '\\d{4,11}' }),
      confirm: z
        .enum(['yes'])
        .optional()
        .meta({
          label: 'Every service on the board was changed by hand and looked at',
          field: 'choice',
          options: [{ value: 'yes', label: 'Yes, all of them' }],
        }),
      at: z.string().max(40).optional().meta(LATE_FIELD),
      reason: z.string().min(3).max(300).optional().meta({ label: 'Why', field: 'long-text', rest: true }),
    })
    .superRefine((input, check) => {
      if (['claim', 'done', 'release'].includes(input.what) && input.service === undefined) {
        check.addIssue({ code: 'custom', path: ['service'], message: 'Which service?' });
      }
      if (input.what === 'all' && input.confirm === undefined) {
        check.addIssue({ code: 'custom', path: ['confirm'], message: 'Confirm that all of them were changed.' });
      }
      if (input.what === 'carry-on' && input.reason === undefined) {
        check.addIssue({ code: 'custom', path: ['reason'], message: 'Say why it goes on by hand in working hours.' });
      }
    }),
  async run(ctx, input) {
    const run = await newestRun(ctx);
    const service = input.service ?? '';
    switch (input.what) {
      case 'claim':
        return board(ctx, run, await claimOne(ctx, run, service));
      case 'done':
        return board(ctx, run, await doneOne(asOf(ctx, input.at, run.startedAt), run, service));
      case 'release':
        return board(ctx, run, await releaseOne(ctx, run, service));
      case 'all':
        return board(ctx, run, await doneAll(asOf(ctx, input.at, run.startedAt), run));
      case 'carry-on':
        return board(ctx, run, await carryOn(ctx, run, input.reason ?? ''));
      case 'page':
        return page(ctx, run);
      default:
        return board(ctx, run, null);
    }
  },
});

async function page(ctx: CommandContext, run: Run) {
  const closed = await closedByHand(ctx, run);
  return answer('run.board', await ctx.store.runViews.board(run, ctx.person.id, closed, ctx.now));
}

async function board(ctx: CommandContext, before: Run, notice: string | null) {
  const run = (await ctx.store.runs.byId(before.id)) ?? before;
  const closed = await closedByHand(ctx, run);
  const facts = await ctx.store.runViews.manual(run, ctx.person.id, closed, notice);
  if (facts.left === 0 && facts.byHand === 0) {
    throw new Refusal('nothing-left', 'Nothing is left for the manual board: no service failed or needs a person.', {
      remedy: [next('The run', 'run')],
    });
  }
  const first = facts.items.find((item) => item.claimedBy === null);
  const mine = facts.items.find((item) => item.mine);
  const text = notice ?? `${counted(facts.left, 'service')} left.`;
  return answer(
    'run.manual',
    { ...facts, notice: text },
    {
      pages: [manualPage(run)],
      next: [
        ...(mine ? [next(`Done: ${mine.serviceId}`, 'manual', { what: 'done', service: mine.serviceId })] : []),
        ...(first ? [next(`Take ${first.serviceId}`, 'manual', { what: 'claim', service: first.serviceId })] : []),
      ],
    },
  );
}
