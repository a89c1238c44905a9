import { asiDue } from '../domain/asi.ts';
import { calledFor, FINDING_VERBS, type Finding } from '../domain/finding.ts';
import { namingPlan } from '../domain/plan-named.ts';
import type { Store } from '../store/store.ts';
import { everyMinutes, type Job } from './job.ts';

const HOUR = 9;
const LONGEST_DAYS = 10;

/**
 * From 9am of the migration's zone, once a day, after a go-live: the next morning each site is asked whether slots arrived with the
 * nightly poll (rule 25), every day until all have answered; the counts of appointment slot issues that are due are asked for; and
 * owners are reminded of what is not put right, a person alone, a role in the thread (rule 26). Whoever was stopped at 9am asks
 * later that day.
 */
export const askAfter: Job = {
  name: 'ask-after',
  lastDue: everyMinutes(60),
  async run(store, now) {
    for (const plan of await store.after.goneLive(now.subtract({ hours: 24 * LONGEST_DAYS }).toString())) {
      const migration = await store.migrations.byId(plan.migrationId);
      const local = migration && now.toZonedDateTimeISO(migration.zone);
      if (!migration || !local || local.hour < HOUR) continue;
      const goLive = Temporal.Instant.from(plan.startedAt).toZonedDateTimeISO(migration.zone).toPlainDate();
      const today = local.toPlainDate();
      if (Temporal.PlainDate.compare(today, goLive) <= 0) continue;
      const nine = today.toZonedDateTime({ timeZone: migration.zone, plainTime: { hour: HOUR } }).toInstant();
      const asking = [`ask-after plan ${plan.planId}`, nine.toString()] as const;
      if (!(await store.jobRuns.take(...asking))) continue;
      await askSites(store, plan, now);
      const open = (await store.findings.open(migration)).filter(({ planId }) => planId === plan.planId);
      await remindOwners(store, plan, open, now);
      await askCounts(store, plan, asiDue(goLive, today, await store.after.asi(plan.planId)), now);
      await store.jobRuns.done(...asking, now.toString());
    }
  },
};

type Live = { readonly planId: number; readonly migrationId: number };

async function askSites(store: Store, { planId, migrationId }: Live, now: Temporal.Instant): Promise<void> {
  const sites = new Set((await store.plans.services(planId)).map(({ site }) => site));
  for (const { site, arrived } of await store.after.mornings(planId)) if (arrived) sites.delete(site);
  if (sites.size === 0) return;
  const open = [...sites].sort();
  const message = `The nightly poll is over. Did slots arrive at ${open.join(', ')}? Ask each site, then \`/bsu polls arrived ${open[0]}\` or \`/bsu polls missing ${open[0]} problem="…"\`.`;
  await call(store, { planId, migrationId }, message, ['service-definer', 'e-rs-lead'], now);
}

async function askCounts(store: Store, live: Live, due: readonly string[], now: Temporal.Instant): Promise<void> {
  const days = due.filter((day) => day !== 'baseline');
  if (days.length === 0) return;
  const message = `Appointment slot issues: the count of day ${days.join(' and ')} is due. Type totals by service and priority: \`/bsu asi ${days[0]} SERVICE routine 4\`, or send them as a file.`;
  await call(store, live, message, ['e-rs-lead'], now);
}

async function remindOwners(store: Store, live: Live, open: readonly Finding[], now: Temporal.Instant): Promise<void> {
  const named = Map.groupBy(
    open.filter(({ owner }) => owner !== null),
    ({ owner }) => owner?.id ?? 0,
  );
  for (const [personId, theirs] of named) {
    await store.directMessages.tell(
      personId,
      live.migrationId,
      `plan:${live.planId}`,
      await naming(store, live, `Yours, and ${notPutRight(theirs)}`),
      now.toString(),
    );
  }
  const rest = open.filter(({ owner }) => owner === null);
  if (rest.length === 0) return;
  const people = calledFor(rest, new Map(), await store.people.holders(live.migrationId)).map(({ id }) => id);
  const message = `Nobody has taken these over, and ${notPutRight(rest)}`;
  await store.postings.call(
    live.migrationId,
    `plan:${live.planId}`,
    await naming(store, live, message),
    people,
    now.toString(),
  );
}

function notPutRight(findings: readonly Finding[]): string {
  const some = findings.slice(0, 5).map(({ words }) => words);
  const verbs = [...new Set(findings.map(({ kind }) => FINDING_VERBS[kind]))];
  return `not put right yet: ${some.join('; ')}${findings.length > 5 ? '; and more' : ''}. When it is: ${verbs.map((verb) => `\`/bsu ${verb} settle SERVICE note="what was done"\``).join(' or ')}.`;
}

async function call(
  store: Store,
  live: Live,
  message: string,
  roles: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  const holders = (await store.people.holders(live.migrationId)).filter(({ role }) => roles.includes(role));
  const people = [...new Set(holders.map(({ person }) => person.id))];
  await store.postings.call(
    live.migrationId,
    `plan:${live.planId}`,
    await naming(store, live, message),
    people,
    now.toString(),
  );
}

async function naming(store: Store, { planId, migrationId }: Live, words: string): Promise<string> {
  const plans = await store.plans.list(migrationId);
  return namingPlan(words, plans.find(({ id }) => id === planId)?.number ?? 0, plans);
}
