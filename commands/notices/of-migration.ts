import type { CommandContext } from '../../src/command.ts';
import type { Migration } from '../../src/domain/migration.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';

export function migrationOf(ctx: CommandContext): Migration {
  if (ctx.migration) return ctx.migration;
  throw new Refusal('no-migration', 'Ask in the channel of a migration.');
}

/** The notice of this migration with that number; without one the newest that is meant by `which`. */
export async function noticeOf(
  ctx: CommandContext,
  id: number | undefined,
  which: (notice: Notice) => boolean = () => true,
): Promise<Notice> {
  const migration = migrationOf(ctx);
  const notices = await ctx.store.notices.list(migration.id);
  const found = id === undefined ? notices.findLast(which) : notices.find((notice) => notice.id === id);
  if (found) return found;
  throw new Refusal(
    'no-notice',
    id === undefined
      ? 'There is no such notice yet.'
      : `This migration has no notice ${id}. The list shows their numbers.`,
    { remedy: [next('Show the notices', 'notices')] },
  );
}

/** Before mails of a notice go out again: what is not true any more goes to nobody (rule 21). */
export async function refuseOvertaken(ctx: CommandContext, notice: Notice): Promise<void> {
  const found = await ctx.store.noticesOvertaken.look(notice, ctx.now);
  if (found === null) return;
  const input = { notice: String(notice.id) };
  throw new Refusal('overtaken', `Nobody is sent notice ${notice.facts.reference} now. ${found.why} ${found.todo}`, {
    remedy: [
      ...(notice.startedAt === null ? [next('Withdraw it', 'hold', { ...input, what: 'withdraw' })] : []),
      next('The notices', 'notices'),
    ],
  });
}

/** After a change of wording or audience: the votes are judged anew, and the cards follow (rules 8, 10). */
export async function inputsChanged(ctx: CommandContext, words: string): Promise<void> {
  const act = { personId: ctx.person.id, at: ctx.now.toString(), words: `${ctx.person.name} ${words}` };
  for (const plan of await ctx.store.plans.inputsChangedFor(migrationOf(ctx).id, act)) ctx.touch(`plan:${plan}`);
}
