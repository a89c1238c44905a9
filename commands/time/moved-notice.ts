import type { CommandContext } from '../../src/command.ts';
import type { Migration } from '../../src/domain/migration.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { MovedNotice } from '../../src/domain/postpone-answers.ts';
import { shortCode } from '../../src/kernel/canonical.ts';
import { whyLocked } from '../notices/send-rules.ts';

/** The "moved" or "extended" notice as it would go out now, by the same rules as `send`. */
export async function movedNotice(
  ctx: CommandContext,
  migration: Migration,
  plan: Plan,
  kind: 'moved' | 'extended',
): Promise<MovedNotice> {
  const draft = await ctx.store.noticeDrafts.draft(
    migration,
    kind,
    plan.kind === 'plan' ? plan.number : undefined,
    ctx.now,
  );
  const { replaces, faults } = draft.composed;
  if (replaces === null)
    return { ready: false, why: 'Nobody was told of the old time, so there is nothing to take back.' };
  const [fault] = faults;
  if (fault) return { ready: false, why: fault.problem };
  const locked = whyLocked(kind, draft.plan, true);
  if (locked !== null) return { ready: false, why: locked };
  const mails = draft.counts.commissioners + draft.counts.referrers;
  if (mails === 0) return { ready: false, why: 'No list with a valid email address is there.' };
  return { ready: true, code: shortCode(draft.hash), mails, plan: draft.plan?.number ?? null };
}

/** Notices about a time that no longer holds: what nobody got yet is taken back, what is going out is held for a person. */
export async function stopOldNotices(
  ctx: CommandContext,
  migration: Migration,
): Promise<{ withdrawn: readonly string[]; held: readonly string[] }> {
  const withdrawn: string[] = [];
  const held: string[] = [];
  const now = ctx.now.toString();
  for (const notice of await ctx.store.notices.list(migration.id)) {
    if (notice.status === 'finished' || notice.status === 'withdrawn') continue;
    if (await ctx.store.notices.withdraw(notice.id, now)) withdrawn.push(notice.facts.reference);
    else if (await ctx.store.notices.hold(notice.id, now)) held.push(notice.facts.reference);
    else continue;
    ctx.record({ act: 'notice.stopped', about: `notice:${notice.id}`, facts: { why: 'the outage moved' } });
    ctx.touch(`notice:${notice.id}`);
  }
  return { withdrawn, held };
}
