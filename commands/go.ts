import { z } from 'zod';
import { answer, type CommandContext, defineCommand } from '../src/command.ts';
import { GO_PARTS, GO_QUESTIONS, type GoPart, goState } from '../src/domain/go.ts';
import type { Migration } from '../src/domain/migration.ts';
import { nightPackWords } from '../src/domain/night-pack.ts';
import type { Plan } from '../src/domain/plan.ts';
import { STATE_WORDS } from '../src/domain/plan-state.ts';
import { ROLE_WORDS } from '../src/domain/role.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { asOf, LATE_FIELD } from './running/late.ts';

/** A go is asked for a plan that may start or go on tonight. */
const ASKED_IN = ['approved', 'paused', 'stopped'];

export const command = defineCommand({
  verb: 'go',
  summary: 'The go for tonight: four questions, each answer counts for an hour',
  examples: ['/bsu go', '/bsu go yes', '/bsu go lead no the supplier has not arrived'],
  who: ['service-definer', 'e-rs-lead'],
  menu: 'personal',
  needsMigration: true,
  input: z.object({
    part: z
      .enum(GO_PARTS)
      .optional()
      .meta({ label: 'Which part', word: GO_PARTS.join('|') }),
    said: z.enum(['yes', 'no']).optional().meta({ label: 'Answer', word: 'yes|no' }),
    at: z.string().max(40).optional().meta(LATE_FIELD),
    note: z.string().max(300).optional().meta({ label: 'Note', field: 'text', rest: true }),
    plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
  }),
  async run(ctx, input) {
    const { migration } = ctx;
    if (!migration) throw new Refusal('no-migration', 'Ask in the channel of a migration.');
    const plan = await ctx.store.plans.current(migration.id, input.plan);
    if (input.said !== undefined) {
      refuseState(plan);
      await give(asOf(ctx, input.at), migration, plan, {
        part: input.part,
        said: input.said,
        note: input.note ?? null,
      });
    }
    const facts = await ctx.store.go.shown(migration, plan, ctx.now);
    return answer('go.shown', facts, { next: nextSteps(facts.given, facts.lastNo !== null, plan) });
  },
});

async function give(
  ctx: CommandContext,
  migration: Migration,
  plan: Plan,
  given: { part: GoPart | undefined; said: 'yes' | 'no'; note: string | null },
): Promise<void> {
  await ctx.store.plans.lock(plan.id);
  const answers = await ctx.store.go.answers(plan.id);
  const state = goState(answers, ctx.now, migration.settings.goValidMinutes);
  const part = given.part ?? state.next ?? 'lead';
  const { who, name } = GO_QUESTIONS[part];
  if (!who.some((role) => ctx.roles.includes(role))) {
    const holders = await ctx.store.people.holders(migration.id);
    const able = holders
      .filter((holder) => who.some((role) => role === holder.role))
      .map((holder) => holder.person.name);
    throw new Refusal(
      'role',
      `"${name}" is answered by the ${who.map((role) => ROLE_WORDS[role]).join(' or the ')}: ${able.join(', ') || 'nobody has that role yet'}.`,
      { remedy: [next('Who is who', 'people')] },
    );
  }
  await ctx.store.go.add(plan.id, {
    part,
    said: given.said,
    by: ctx.person.id,
    at: ctx.now.toString(),
    note: given.note,
  });
  ctx.record({
    act: `go.${given.said}`,
    about: `plan:${plan.id}`,
    facts: { part, note: given.note },
    ...(plan.hash ? { hash: plan.hash } : {}),
  });
  const after = goState(await ctx.store.go.answers(plan.id), ctx.now, migration.settings.goValidMinutes);
  if (after.given && !state.given) {
    ctx.milestone(`plan:${plan.id}`, `go for plan ${plan.number}`);
    // The newest state once more, before chat may be needed and not be there (rule 30).
    ctx.attach(`plan:${plan.id}`, nightPackWords(plan.number));
  }
  ctx.touch(`plan:${plan.id}`);
  if (given.said === 'no') {
    ctx.call(
      `plan:${plan.id}`,
      `No go for plan ${plan.number}: ${name} was answered with no${given.note ? ` (${given.note})` : ''}. “/bsu postpone” moves the window and the outage, and drafts the notice that tells people.`,
    );
  }
}

function nextSteps(given: boolean, refused: boolean, plan: Plan) {
  const number = { plan: String(plan.number) };
  if (refused)
    return [next('Postpone', 'postpone', number), next('Tell people it moved', 'preview', { kind: 'moved' })];
  return given ? [next('Start the run', 'run', number)] : [];
}

function refuseState(plan: Plan): void {
  if (ASKED_IN.includes(plan.state)) return;
  throw new Refusal(
    'plan-state',
    `Plan ${plan.number} is ${STATE_WORDS[plan.state]}: a go is asked once it is approved.`,
    {
      remedy: [next('Show the plan', 'show', { plan: String(plan.number) })],
    },
  );
}
