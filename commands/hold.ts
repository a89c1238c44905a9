import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import type { Notice } from '../src/domain/notice.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { noticeField } from './notices/inputs.ts';
import { noticeOf, refuseOvertaken } from './notices/of-migration.ts';

export const command = defineCommand({
  verb: 'hold',
  summary: 'Stop a notice that waits or goes out; or let it go on',
  examples: ['/bsu hold', '/bsu hold 4', '/bsu hold 4 off', '/bsu hold 4 withdraw'],
  who: ['communications-lead', 'e-rs-lead', 'service-definer'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    notice: noticeField,
    what: z.enum(['on', 'off', 'withdraw']).default('on').meta({ label: 'What', word: 'on|off|withdraw' }),
  }),
  async run(ctx, { notice: id, what }) {
    const notice = await noticeOf(ctx, id, MEANT[what]);
    if (what === 'off' && notice.status === 'held') await refuseOvertaken(ctx, notice);
    const done = await STEPS[what](ctx, notice);
    if (!done) throw tooLate(notice, what);
    ctx.record({ act: `notice.hold-${what}`, about: `notice:${notice.id}`, facts: {}, hash: notice.contentHash });
    ctx.touch(`notice:${notice.id}`);
    const now = await noticeOf(ctx, notice.id);
    return answer('notice.shown', await ctx.store.noticesShown.shown(now, ctx.publicUrl, DID[what]));
  },
});

type What = 'on' | 'off' | 'withdraw';

const MEANT: Readonly<Record<What, (notice: Notice) => boolean>> = {
  on: (notice) => notice.status === 'scheduled' || notice.status === 'sending',
  off: (notice) => notice.status === 'held',
  withdraw: (notice) => notice.status === 'scheduled' || notice.status === 'held',
};

const STEPS: Readonly<Record<What, (ctx: CommandContext, notice: Notice) => Promise<boolean>>> = {
  on: (ctx, notice) => ctx.store.notices.hold(notice.id, ctx.now.toString()),
  off: (ctx, notice) => ctx.store.notices.goOn(notice.id, later(ctx.now, notice.dueAt)),
  withdraw: (ctx, notice) => ctx.store.notices.withdraw(notice.id, ctx.now.toString()),
};

const DID: Readonly<Record<What, string>> = {
  on: 'It is on hold. What was on its way has gone out; nothing more goes until you let it.',
  off: 'It goes on.',
  withdraw: 'It was withdrawn before anybody got it.',
};

function later(now: Temporal.Instant, dueAt: string): string {
  return Temporal.Instant.compare(now, Temporal.Instant.from(dueAt)) > 0 ? now.toString() : dueAt;
}

function tooLate(notice: Notice, what: What): Refusal {
  const words =
    what === 'withdraw'
      ? 'Some of it has gone out already, so it cannot be withdrawn. Send an update instead.'
      : 'That notice is not in a state for this.';
  return new Refusal('too-late', `Notice ${notice.facts.reference}: ${words}`, {
    remedy: [next('Show it', 'notices', { notice: String(notice.id) })],
    facts: { status: notice.status },
  });
}
