import { namingPlan } from '../domain/plan-named.ts';
import { everyMinutes, type Job } from './job.ts';

const HOUR = 9;
const DAYS_AHEAD = 3;

/**
 * From 9am of the migration's zone, once a day in the last three days before an approved plan's window: whoever owns the alerts is
 * asked for the baseline, until it is counted. After go-live it cannot be had any more, and nothing would say what is much (rule 26).
 */
export const askBaseline: Job = {
  name: 'ask-baseline',
  lastDue: everyMinutes(60),
  async run(store, now) {
    const ahead = now.add({ hours: 24 * DAYS_AHEAD }).toString();
    for (const plan of await store.after.withoutBaseline()) {
      if (plan.opens === null || plan.opens > ahead) continue;
      const migration = await store.migrations.byId(plan.migrationId);
      const local = migration && now.toZonedDateTimeISO(migration.zone);
      if (!migration || !local || local.hour < HOUR) continue;
      const nine = local.toPlainDate().toZonedDateTime({ timeZone: migration.zone, plainTime: { hour: HOUR } });
      const asking = [`ask-baseline plan ${plan.planId}`, nine.toInstant().toString()] as const;
      if (!(await store.jobRuns.take(...asking))) continue;
      const leads = (await store.people.holders(migration.id)).filter(({ role }) => role === 'e-rs-lead');
      const people = [...new Set(leads.map(({ person }) => person.id))];
      const words = `Appointment slot issues: count them before go-live, so that later counts can be judged. All services together: \`/bsu asi baseline routine=12 urgent=3 two-week-wait=0\`; or each service by its id, or a file of totals.`;
      const message = namingPlan(words, plan.number, await store.plans.list(migration.id));
      await store.postings.call(migration.id, `plan:${plan.planId}`, message, people, now.toString());
      await store.jobRuns.done(...asking, now.toString());
    }
  },
};
