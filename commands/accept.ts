import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { SCENARIO_WORDS, SCENARIOS, type TestEvent, testsOf } from '../src/domain/verification.ts';
import { servicesMeant } from '../src/domain/verification-record.ts';
import { next, Refusal } from '../src/kernel/errors.ts';
import { counted } from '../src/kernel/time-words.ts';
import { checksOf, summary } from './verifying/plan-of.ts';
import { failedChoices } from './verifying/service-choices.ts';

export const command = defineCommand({
  verb: 'accept',
  summary: 'Accept a failed test, with the reason why it is safe',
  examples: ['/bsu accept 7012345 cancel the site cancels by telephone until Thursday'],
  who: ['clinical-safety-officer'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    services: z.string().meta({ label: 'Service', hint: 'Its id', field: 'text', word: '\\d{4,11}' }),
    scenario: z
      .enum(SCENARIOS)
      .optional()
      .meta({
        label: 'Scenario',
        hint: 'All that failed there, if left out',
        field: 'choice',
        form: 'ask',
        word: SCENARIOS.join('|'),
        options: SCENARIOS.map((value) => ({ value, label: SCENARIO_WORDS[value] })),
      }),
    reason: z.string().min(5).max(500).meta({ label: 'Why this is safe', field: 'long-text', rest: true }),
    plan: z.coerce.number().int().min(1).optional().meta({ label: 'Plan' }),
  }),
  choices: async (ctx) => ({ services: await failedChoices(ctx) }),
  async run(ctx, given) {
    const known = await checksOf(ctx, given.plan, true);
    const { plan } = known;
    const chosen = known.services.filter((service) => plan.verification.includes(service.serviceId));
    const [typed = '', shown] = given.services.split(':');
    const ids = servicesMeant(typed, chosen);
    const failed = testsOf(ids, known.events).filter(
      (test) =>
        (test.state === 'failed' || test.state === 'could-not') &&
        (given.scenario === undefined || test.scenario === given.scenario),
    );
    // Accepted is what stood in the form: what failed since, nobody has judged.
    const seen = shown?.split(',');
    const since = failed.filter(({ scenario }) => seen?.includes(scenario) === false);
    const acceptable = failed.filter((test) => !since.includes(test));
    const left =
      since.length === 0
        ? ''
        : ` Not accepted, as it failed since: ${since.map(({ serviceId, scenario }) => `${serviceId} ${scenario}`).join(', ')}.`;
    if (acceptable.length === 0) {
      throw new Refusal('nothing-to-accept', `Nothing failed there that could be accepted: ${ids.join(', ')}.${left}`, {
        remedy: [next('Show the tests', 'verify', { plan: String(plan.number) })],
      });
    }
    const events = acceptable.map(
      ({ serviceId, scenario }): TestEvent => ({
        serviceId,
        scenario,
        kind: 'accepted',
        mark: null,
        reason: given.reason,
        reference: null,
        by: ctx.person.id,
        at: ctx.now.toString(),
      }),
    );
    await ctx.store.verification.add(plan.id, events);
    ctx.record({
      act: 'verification.accepted',
      about: `plan:${plan.id}`,
      facts: { tests: acceptable.map(({ serviceId, scenario }) => ({ serviceId, scenario })), reason: given.reason },
    });
    ctx.touch(`verification:${plan.id}`);
    return summary(
      ctx,
      plan.id,
      `${counted(events.length, 'test')} accepted: ${given.reason}${left === '' ? '' : `.${left}`}`,
      [next('Show the tests', 'verify', { plan: String(plan.number) })],
    );
  },
});
