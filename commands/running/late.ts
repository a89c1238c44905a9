import type { CommandContext } from '../../src/command.ts';
import { readLocalTime } from '../../src/domain/local-time.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { inWords } from '../../src/kernel/time-words.ts';
import { migrationOf } from './run-of.ts';

/** What was noted on paper is entered within so many days. */
const DAYS = 7;

/** How the time on the paper is asked for, the same in every verb that takes one. */
export const LATE_FIELD = {
  label: 'When it happened, as noted on paper',
  hint: 'Only for what is entered later, like 9:05pm or 2026-12-08 21:05',
  field: 'text',
} as const;

/**
 * What was noted on paper while chat was down, entered now (rule 30): the verb judges and writes as of the noted time, and the
 * record has both. `after` is what it cannot have been before: the start, or the step before. Without a time nothing is changed.
 */
export function asOf(ctx: CommandContext, typed: string | undefined, after?: string): CommandContext {
  if (typed === undefined) return ctx;
  const { zone } = migrationOf(ctx);
  const at = readLocalTime(typed, zone, ctx.now);
  if (Temporal.Instant.compare(at, ctx.now) > 0) {
    throw late(`${inWords(at, zone)} has not come yet. Give the time that stands on the paper, with its day.`);
  }
  if (Temporal.Instant.compare(at, ctx.now.subtract({ hours: 24 * DAYS })) < 0) {
    throw late(`That is more than ${DAYS} days ago. Ask the e-RS lead how to record it.`);
  }
  if (after !== undefined && Temporal.Instant.compare(at, after) < 0) {
    throw late(`What came before it happened at ${inWords(after, zone)}. Enter what is on the paper in its order.`);
  }
  const noted = { happenedAt: at.toString(), enteredAt: ctx.now.toString() };
  return {
    ...ctx,
    now: at,
    enteredAt: ctx.now,
    record: (note) => ctx.record({ ...note, facts: { ...note.facts, late: noted } }),
    call: (subject, message, people) =>
      ctx.call(subject, `${message} (Recorded late: it happened at ${inWords(at, zone)}.)`, people),
  };
}

/** The words that a late entry is answered with. */
export function lateWords(ctx: CommandContext): string {
  const { zone } = migrationOf(ctx);
  if (ctx.enteredAt === undefined) return '';
  return `Recorded late: ${inWords(ctx.now, zone)}, entered ${inWords(ctx.enteredAt, zone)}.`;
}

function late(message: string): Refusal {
  return new Refusal('late-time', message, { fields: { at: 'Look at the time again.' } });
}
