import { z } from 'zod';
import { type CommandContext, defineCommand } from '../src/command.ts';
import { readLocalTime } from '../src/domain/local-time.ts';
import { ERS_REASONS, MARKS, SCENARIO_WORDS, SCENARIOS, testsOf } from '../src/domain/verification.ts';
import { recordTests, type Said, scenariosMeant, servicesMeant } from '../src/domain/verification-record.ts';
import type { Verification } from '../src/domain/verification-shown.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { inWords } from '../src/kernel/time-words.ts';
import { beganAt, checksOf, migrationOf, naming, summary } from './verifying/plan-of.ts';
import { serviceChoices } from './verifying/service-choices.ts';
import { nameTester } from './verifying/testers.ts';

const RESULTS = ['passed', 'failed', 'could-not', ...MARKS] as const;

const RESULT_OPTIONS = [
  { value: 'passed', label: 'Passed: both marks seen' },
  { value: 'e-rs', label: 'Seen in e-RS' },
  { value: 'pas', label: 'Seen in the PAS' },
  { value: 'removed', label: 'Slot removed in the PAS' },
  { value: 'not-offered', label: 'A referrer’s search no longer offers it' },
  { value: 'failed', label: 'Failed' },
  { value: 'could-not', label: 'Could not be tested' },
];

const SCENARIO_OPTIONS = [
  { value: 'all', label: 'All three' },
  ...SCENARIOS.map((value) => ({ value, label: SCENARIO_WORDS[value] })),
];

const input = z
  .object({
    services: z.string().optional().meta({
      label: 'Service',
      hint: 'Its id; several with commas; a site’s code; or "all"',
      field: 'text',
      word: '\\d{4,11}(?:,\\d{4,11})*|all',
    }),
    scenario: z
      .enum([...SCENARIOS, 'all'])
      .optional()
      .meta({
        label: 'Scenario',
        field: 'choice',
        form: 'ask',
        word: SCENARIOS.join('|'),
        options: SCENARIO_OPTIONS,
      }),
    result: z
      .enum(RESULTS)
      .optional()
      .meta({ label: 'Result', field: 'choice', word: RESULTS.join('|'), options: RESULT_OPTIONS }),
    reference: z
      .string()
      .regex(/^T-\d{1,6}$/i, 'Use a reference of ours, like T-7, never a booking reference.')
      .transform((text) => text.toUpperCase())
      .optional()
      .meta({
        label: 'Our reference',
        hint: 'Like T-7; given by itself, if left out',
        field: 'text',
        form: 'ask',
        word: 'T-\\d{1,6}',
      }),
    reason: z
      .string()
      .max(300)
      .optional()
      .meta({
        label: 'Why it failed, in e-RS’s own words',
        hint: ERS_REASONS.join(', '),
        field: 'text',
        form: 'ask',
        rest: true,
      }),
    tester: z
      .string()
      .max(200)
      .optional()
      .meta({ label: 'Who tests', hint: '“me”, or a colleague’s name or e-mail address', form: 'never' }),
    at: z.string().optional().meta({ label: 'When', hint: 'Now, if left out', field: 'text', form: 'ask' }),
    plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
  })
  .superRefine((given, check) => {
    const begun = given.services !== undefined || given.result !== undefined || given.scenario !== undefined;
    const asked = begun && given.tester === undefined;
    for (const name of asked ? (['services', 'result'] as const) : []) {
      if (given[name] === undefined) check.addIssue({ code: 'custom', path: [name], message: 'This is needed.' });
    }
    if ((given.result === 'failed' || given.result === 'could-not') && given.reason === undefined) {
      check.addIssue({ code: 'custom', path: ['reason'], message: 'Say why.' });
    }
    if (given.tester !== undefined && given.result !== undefined) {
      check.addIssue({
        code: 'custom',
        path: ['tester'],
        message: 'Name the tester, or give a result: one at a time.',
      });
    }
    const alone = given.result !== undefined && ['failed', 'e-rs', 'pas'].includes(given.result);
    if (alone && given.scenario === undefined) {
      check.addIssue({ code: 'custom', path: ['scenario'], message: 'Say in which scenario.' });
    }
  });
type Input = z.infer<typeof input>;

export const command = defineCommand({
  verb: 'verify',
  summary: 'The tests after go-live: three scenarios at each verification service',
  examples: [
    '/bsu verify',
    '/bsu verify 7012345 book passed T-7',
    '/bsu verify 7012345 cancel failed PAS_NOT_RESPONDING',
    '/bsu verify 7012345 removed at="9:15pm"',
    '/bsu verify all passed',
    '/bsu verify tester=me',
    '/bsu verify 7012345 tester=me',
    '/bsu verify services=XR101 tester=colleague@trust.example',
  ],
  who: ['tester', 'service-definer'],
  anyoneLooks: true,
  menu: 'personal',
  needsMigration: true,
  input,
  choices: async (ctx) => ({ services: await serviceChoices(ctx, 'verification') }),
  async run(ctx, given) {
    const known = await checksOf(ctx, given.plan, given.result !== undefined);
    const notice =
      given.tester !== undefined
        ? await nameTester(ctx, known, given.services ?? '', given.tester)
        : given.result !== undefined
          ? await record(ctx, known, given, given.result)
          : null;
    const plan = { plan: String(known.plan.number) };
    const rest = known.plan.state === 'verifying' ? [next('Complete', 'complete', plan)] : [];
    return summary(ctx, known.plan.id, notice, [next('Slot polls', 'polls', plan), ...rest]);
  },
});

async function record(ctx: CommandContext, known: Verification, given: Input, result: Said['result']): Promise<string> {
  const { plan, services, events } = known;
  const chosen = services.filter((service) => plan.verification.includes(service.serviceId));
  const typed = given.services ?? '';
  const at = await timeOf(ctx, plan.id, given.at);
  const said: Said = {
    services: servicesMeant(typed, chosen),
    sweeping: /^all$/i.test(typed.trim()),
    scenarios: scenariosMeant(given.scenario, result),
    result,
    reason: given.reason ?? null,
    reference: given.reference ?? null,
    by: ctx.person.id,
    at: at.toString(),
    recordedAt: given.at === undefined ? null : ctx.now.toString(),
  };
  const recorded = recordTests(said, testsOf(plan.verification, events), events);
  await ctx.store.verification.add(plan.id, recorded.events);
  ctx.record({
    act: `verification.${result}`,
    about: `plan:${plan.id}`,
    facts: {
      services: said.services,
      scenarios: said.scenarios,
      reason: said.reason,
      tests: recorded.events.length,
      at: said.at,
      ...(said.recordedAt === null ? {} : { late: { happenedAt: said.at, enteredAt: said.recordedAt } }),
    },
  });
  ctx.touch(`verification:${plan.id}`);
  if (result === 'failed') await callForFailure(ctx, known, said);
  const { zone } = migrationOf(ctx);
  const late = `Recorded late: ${inWords(at, zone)}, entered ${inWords(ctx.now, zone)}.`;
  return said.recordedAt === null ? recorded.notice : `${recorded.notice} ${late}`;
}

/** A failed test is also one new message that names whom it needs (rule 19). */
async function callForFailure(ctx: CommandContext, { plan }: Verification, said: Said): Promise<void> {
  const holders = await ctx.store.people.holders(plan.migrationId);
  const needed = holders.filter(({ role }) => role === 'e-rs-lead' || role === 'clinical-safety-officer');
  const people = [...new Map(needed.map(({ person }) => [person.id, person])).values()];
  const what = said.scenarios.map((scenario) => SCENARIO_WORDS[scenario]).join('; ');
  ctx.call(
    `verification:${plan.id}`,
    await naming(ctx, plan, `A test failed at ${said.services.join(', ')}: ${what}: ${said.reason}. ${waysOn(ctx)}`),
    people,
  );
}

/** What can be done about a failure: undo only while the old PAS answers (rules 18, 25). */
function waysOn(ctx: CommandContext): string {
  const { oldPasUntil, zone } = migrationOf(ctx);
  const safe = oldPasUntil !== null && Temporal.Instant.compare(ctx.now, oldPasUntil) < 0;
  const undo = safe
    ? ` go back with \`/bsu undo\` while the old PAS answers, until ${inWords(oldPasUntil, zone)};`
    : '';
  return `Test it again;${undo} put single services right by hand with \`/bsu manual\`; or the clinical safety officer accepts it with \`/bsu accept\`.`;
}

async function timeOf(ctx: CommandContext, planId: number, text: string | undefined): Promise<Temporal.Instant> {
  if (text === undefined) return ctx.now;
  const { zone } = migrationOf(ctx);
  const at = readLocalTime(text, zone, ctx.now);
  if (Temporal.Instant.compare(at, ctx.now) > 0) {
    throw new Refusal('test-ahead', 'That time has not come yet: record a test after it was made.', {
      fields: { at: 'Give a time that has passed.' },
    });
  }
  const began = await beganAt(ctx, planId);
  if (began === undefined || Temporal.Instant.compare(at, began) >= 0) return at;
  throw new Refusal(
    'test-before-run',
    `${inWords(at, zone)} was before the run, which began at ${inWords(began, zone)}: a test from then says nothing of the new system. Look at the time again, with its day.`,
    { fields: { at: 'Give a time after the run began.' } },
  );
}
