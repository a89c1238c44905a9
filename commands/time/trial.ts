import type { PrepareContext } from '../../src/command.ts';
import { DEFAULT_HOURS, type HoursPolicy, readHoursPolicy } from '../../src/domain/hours-policy.ts';
import { readLocalTime } from '../../src/domain/local-time.ts';
import { calendarStops } from '../../src/domain/outage-calendar.ts';
import type { Stop } from '../../src/domain/verdict.ts';
import { Refusal } from '../../src/kernel/errors.ts';

/** Hours that are only looked at: what the files say, and nothing of the migration (contracts: it needs none). */
export interface Trial {
  readonly policy: HoursPolicy;
  readonly stops: readonly Stop[];
  readonly zone: string;
}

const BIGGEST_POLICY = 100_000;

export async function readTrial(
  ctx: PrepareContext,
  input: {
    policy?: string | undefined;
    calendar?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
  },
): Promise<Trial | null> {
  if (input.policy === undefined && input.calendar === undefined) return null;
  const policy = input.policy === undefined ? DEFAULT_HOURS : await policyIn(ctx, input.policy);
  const { zone } = policy;
  if (input.calendar === undefined) return { policy, stops: [], zone };
  const from = input.from === undefined ? ctx.now : readLocalTime(input.from, zone, ctx.now);
  const to = input.to === undefined ? from.add({ hours: 7 * 24 }) : readLocalTime(input.to, zone, ctx.now);
  const calendar = await ctx.intake.calendar({ source: { fileRef: input.calendar }, zone, now: ctx.now, from, to });
  return { policy, stops: calendarStops(calendar, zone), zone };
}

async function policyIn(ctx: PrepareContext, fileRef: string): Promise<HoursPolicy> {
  const { name, text } = await ctx.intake.text(fileRef, BIGGEST_POLICY);
  return readHoursPolicy(parsed(text.replace(/^\uFEFF/, ''), name), name);
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal(
      'bad-hours',
      `These working hours cannot be used: ${name} is not JSON. The form stands in docs/working-hours.md.`,
    );
  }
}
