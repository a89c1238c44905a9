import { namingPlan } from '../domain/plan-named.ts';
import type { PlanExtractDue } from '../store/extracts-due.ts';
import type { Store } from '../store/store.ts';
import { everyMinutes, type Job } from './job.ts';

const HOUR = 9;
const DAYS_BETWEEN = 7;

/**
 * From 9am of the migration's zone, once the month of a go-live is over and then once a week: whoever imports is asked for the
 * extract that shows the run, and once it is there for its comparison, until that is made (rule 26).
 */
export const askExtract: Job = {
  name: 'ask-extract',
  lastDue: everyMinutes(60),
  async run(store, now) {
    for (const wanted of await store.extractsDue.open(now)) {
      const migration = await store.migrations.byId(wanted.migrationId);
      const local = migration && now.toZonedDateTimeISO(migration.zone);
      if (!migration || !local || local.hour < HOUR) continue;
      const days = wanted.from.until(local.toPlainDate(), { largestUnit: 'days' }).days;
      if (days < 0) continue;
      const week = wanted.from.add({ days: days - (days % DAYS_BETWEEN) });
      const nine = week.toZonedDateTime({ timeZone: migration.zone, plainTime: { hour: HOUR } }).toInstant();
      const asking = [`ask-extract plan ${wanted.planId}`, nine.toString()] as const;
      if (!(await store.jobRuns.take(...asking))) continue;
      await ask(store, wanted, now);
      await store.jobRuns.done(...asking, now.toString());
    }
  },
};

const MESSAGES = {
  import:
    'The month of the run is over: download the EBSX05 that shows it and send it with `/bsu import`. Then `/bsu reconcile extract` compares every service with the plan; the screen has shown only some of them.',
  compare:
    'An extract of after the run is here and is not compared yet: `/bsu reconcile extract` sets every service against the plan; the screen has shown only some of them.',
} as const satisfies Record<PlanExtractDue['due'], string>;

async function ask(store: Store, { planId, migrationId, due }: PlanExtractDue, now: Temporal.Instant): Promise<void> {
  const planners = (await store.people.holders(migrationId)).filter(({ role }) => role === 'planner');
  const people = [...new Set(planners.map(({ person }) => person.id))];
  const plans = await store.plans.list(migrationId);
  const message = namingPlan(MESSAGES[due], plans.find(({ id }) => id === planId)?.number ?? 0, plans);
  await store.postings.call(migrationId, `plan:${planId}`, message, people, now.toString());
}
