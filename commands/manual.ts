import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Role } from '../src/domain/role.ts';
import type { Run } from '../src/domain/run.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { carryOn, chooserIn, closedByHand } from './running/by-hand.ts';
import { asOf, LATE_FIELD } from './running/late.ts';
import { claimOne, doneAll, doneOne, releaseOne } from './running/manual-board.ts';
import { manualPage, newestRun } from './running/run-of.ts';

const WHAT = ['board', 'claim', 'done', 'release', 'all', 'carry-on', 'page'] as const;

export const command = defineCommand({
  verb: 'manual',
  summary: 'What is left, to be changed by hand service by service in e-RS',
  examples: ['/bsu manual', '/bsu manual claim 7000001', '/bsu manual done 7000001', '/bsu manual all'],
  who: ['service-definer', 'e-rs-lead', 'planner', 'clinical-safety-officer', 'administrator'],
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
    if (input.what !== 'board' && input.what !== 'page') refuseAdministrators(ctx);
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

/** After the run a service can be on a wrong system all the same: a failed test says so (rules 25, 26). */
const LINKED_WRONGLY =
  ' Is a service linked wrongly all the same? Read it with `/bsu reconcile read SERVICE ASID`, put it right in e-RS, read it again, and settle it.';

async function page(ctx: CommandContext, run: Run) {
  const closed = await closedByHand(ctx, run);
  const facts = await ctx.store.runViews.board(run, boardAsker(ctx, run), closed, ctx.now);
  return answer('run.board', facts, { pages: [manualPage(run)] });
}

/** An administrator reads the board and gives out its page; a service is changed by who knows it. */
function refuseAdministrators(ctx: CommandContext): void {
  if (ctx.roles.some((role) => ACTING.includes(role))) return;
  throw new Refusal(
    'role',
    'An administrator reads the manual board and gives out its page. Services are taken and ticked by a service definer, the e-RS lead, a planner or the clinical safety officer.',
    { remedy: [next('The board', 'manual'), next('Who is on tonight', 'tonight')] },
  );
}

const ACTING: readonly Role[] = ['service-definer', 'e-rs-lead', 'planner', 'clinical-safety-officer'];

function boardAsker(ctx: CommandContext, run: Run) {
  return { personId: ctx.person.id, mayChoose: chooserIn(ctx, run) !== null, now: ctx.now };
}

async function board(ctx: CommandContext, before: Run, notice: string | null) {
  const run = (await ctx.store.runs.byId(before.id)) ?? before;
  const closed = await closedByHand(ctx, run);
  const facts = await ctx.store.runViews.manual(run, boardAsker(ctx, run), closed, notice);
  if (notice === null && facts.left === 0 && facts.byHand === 0) {
    throw new Refusal(
      'nothing-left',
      `Nothing is left for the manual board: no service failed or needs a person.${run.state === 'verifying' ? LINKED_WRONGLY : ''}`,
      { remedy: run.state === 'verifying' ? [next('As planned?', 'reconcile')] : [next('The run', 'run')] },
    );
  }
  const first = facts.items.find((item) => item.free && !item.mine);
  const mine = facts.items.find((item) => item.mine);
  return answer('run.manual', facts, {
    pages: [manualPage(run)],
    next: !facts.open
      ? []
      : [
          ...(mine ? [next(`Done: ${mine.serviceId}`, 'manual', { what: 'done', service: mine.serviceId })] : []),
          ...(first ? [next(`Take ${first.serviceId}`, 'manual', { what: 'claim', service: first.serviceId })] : []),
        ],
  });
}
