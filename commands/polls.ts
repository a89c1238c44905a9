import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { servicesMeant } from '../src/domain/verification-record.ts';
import { pollLines, pollsFacts, type Verification } from '../src/domain/verification-shown.ts';
import { next } from '../src/kernel/errors.ts';
import { counted } from '../src/kernel/time-words.ts';
import { asOf, LATE_FIELD, lateWords } from './running/late.ts';
import { answerMorning } from './verifying/morning.ts';
import { beganAt, checksOf } from './verifying/plan-of.ts';
import { serviceChoices } from './verifying/service-choices.ts';

const input = z
  .object({
    what: z
      .enum(['claim', 'seen', 'none', 'arrived', 'missing'])
      .optional()
      .meta({ label: 'What', word: 'claim|seen|none|arrived|missing' }),
    services: z
      .string()
      .optional()
      .meta({ label: 'Services', hint: 'Ids, a site’s code, or "all"', field: 'text', rest: true }),
    problem: z.string().min(3).max(300).optional().meta({ label: 'What was seen instead', field: 'text' }),
    at: z.string().max(40).optional().meta(LATE_FIELD),
    plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
  })
  .superRefine((given, check) => {
    if (given.what !== undefined && given.services === undefined) {
      check.addIssue({ code: 'custom', path: ['services'], message: 'Name the services, a site, or "all".' });
    }
    if ((given.what === 'none' || given.what === 'missing') && given.problem === undefined) {
      check.addIssue({ code: 'custom', path: ['problem'], message: 'Say what was seen instead.' });
    }
  });

export const command = defineCommand({
  verb: 'polls',
  summary: 'Slots after go-live: manual polls, who does which, and what each site says the next morning',
  examples: [
    '/bsu polls',
    '/bsu polls seen all',
    '/bsu polls claim XR101',
    '/bsu polls arrived XR101',
    '/bsu polls missing XR102 problem="no slots at all this morning"',
    '/bsu polls none 7012345 problem="no slots after two polls"',
  ],
  who: ['tester', 'service-definer', 'e-rs-lead', 'clinical-safety-officer'],
  anyoneLooks: true,
  menu: 'personal',
  needsMigration: true,
  input,
  choices: async (ctx) => ({ services: await serviceChoices(ctx, 'polls') }),
  async run(ctx, given) {
    const morning = given.what === 'arrived' || given.what === 'missing';
    const known = await checksOf(ctx, given.plan, given.what !== undefined && !morning);
    const began = await beganAt(ctx, known.plan.id);
    const notice =
      given.what === undefined
        ? null
        : given.what === 'arrived' || given.what === 'missing'
          ? await answerMorning(ctx, known, given.what === 'arrived', given.services ?? '', given.problem ?? null)
          : await tick(asOf(ctx, given.at, began), known, given.what, given.services ?? '', given.problem ?? '');
    const after = await ctx.store.verification.known(known.plan.id, ctx.now, ctx.bankHolidays);
    return answer('polls.shown', pollsFacts(after, notice), {
      next: [next('Verify', 'verify', { plan: String(known.plan.number) })],
    });
  },
});

async function tick(
  ctx: CommandContext,
  known: Verification,
  what: 'claim' | 'seen' | 'none',
  typed: string,
  problem: string,
): Promise<string> {
  const { plan } = known;
  const lines = pollLines(known);
  const named = servicesMeant(typed, lines);
  const open = lines.filter((line) => line.seenAt === null).map((line) => line.serviceId);
  // What somebody has seen keeps its name and time when "all" is ticked later.
  const ids = what === 'none' ? named : named.filter((id) => open.includes(id));
  const now = ctx.now.toString();
  if (what === 'claim') await ctx.store.verification.claimPolls(plan.id, ids, ctx.person.id);
  if (what === 'seen') {
    await ctx.store.verification.seePolls(plan.id, ids, ctx.person.id, now, ctx.enteredAt?.toString() ?? null);
  }
  if (what === 'none') await ctx.store.verification.failPolls(plan.id, ids, problem, ctx.person.id);
  const act = { claim: 'polls.claimed', seen: 'polls.seen', none: 'polls.empty' } as const;
  ctx.record({
    act: act[what],
    about: `plan:${plan.id}`,
    facts: { services: ids, ...(what === 'none' ? { problem } : {}) },
  });
  ctx.touch(`verification:${plan.id}`);
  if (what === 'none') {
    const needed = (await ctx.store.people.holders(plan.migrationId)).filter(
      ({ role }) => role === 'e-rs-lead' || role === 'service-definer',
    );
    const people = [...new Map(needed.map(({ person }) => [person.id, person])).values()];
    ctx.call(
      `verification:${plan.id}`,
      `No slots at ${counted(ids.length, 'service')} (${ids.slice(0, 5).join(', ')}): ${problem}.`,
      people,
    );
  }
  const words = { claim: 'taken by you', seen: 'ticked: slots seen', none: 'noted: no slots' } as const;
  return [`${counted(ids.length, 'poll')} ${words[what]}.`, lateWords(ctx)].filter((one) => one !== '').join(' ');
}
