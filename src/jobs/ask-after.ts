import { asiDue } from '../domain/asi.ts';
import type { Store } from '../store/store.ts';
import { everyMinutes, type Job } from './job.ts';

const HOUR = 9;
const LONGEST_DAYS = 10;

/**
 * At 9am of the migration's zone, after a go-live: the next morning each site is asked whether slots arrived with the nightly
 * poll (rule 25), every day until all have answered; and the counts of appointment slot issues that are due are asked for (rule 26).
 */
export const askAfter: Job = {
  name: 'ask-after',
  lastDue: everyMinutes(60),
  async run(store, now) {
    for (const plan of await store.after.goneLive(now.subtract({ hours: 24 * LONGEST_DAYS }).toString())) {
      const migration = await store.migrations.byId(plan.migrationId);
      const local = migration && now.toZonedDateTimeISO(migration.zone);
      if (!migration || local?.hour !== HOUR) continue;
      const goLive = Temporal.Instant.from(plan.startedAt).toZonedDateTimeISO(migration.zone).toPlainDate();
      const today = local.toPlainDate();
      if (Temporal.PlainDate.compare(today, goLive) <= 0) continue;
      await askSites(store, plan, now);
      await askCounts(store, plan, asiDue(goLive, today, await store.after.asi(plan.planId)), now);
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

async function call(
  store: Store,
  live: Live,
  message: string,
  roles: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  const holders = (await store.people.holders(live.migrationId)).filter(({ role }) => roles.includes(role));
  const people = [...new Set(holders.map(({ person }) => person.id))];
  await store.postings.call(live.migrationId, `plan:${live.planId}`, message, people, now.toString());
}
