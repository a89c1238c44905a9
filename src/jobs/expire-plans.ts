import type { Plan } from '../domain/plan.ts';
import type { Store } from '../store/store.ts';
import { everyMinutes, type Job } from './job.ts';

/** After a night that was called off the team has a day to reserve another window. */
const GRACE_HOURS = 24;

/** A plan that waited for its run until its last window was over, and a day more, expires; its services are free. */
export const expirePlans: Job = {
  name: 'expire-plans',
  lastDue: everyMinutes(10),
  async run(store, now) {
    for (const { id } of await store.awaitingPlans.list()) {
      const plan = await store.plans.lock(id);
      if (plan.state !== 'approved' && plan.state !== 'submitted') continue;
      const ends = (await store.windows.of(id))
        .map(({ to }) => Temporal.Instant.from(to))
        .sort(Temporal.Instant.compare);
      const last = ends.at(-1);
      if (last && Temporal.Instant.compare(last.add({ hours: GRACE_HOURS }), now) <= 0) await expire(store, plan, now);
    }
  },
};

async function expire(store: Store, plan: Plan, now: Temporal.Instant): Promise<void> {
  const at = now.toString();
  const subject = `plan:${plan.id}` as const;
  const words = 'expired: its last window passed without a run';
  await store.votes.endAll(plan.id, 'the plan expired', at);
  // The clock did it; a step of the plan's life is written with somebody's id, and only its words are shown.
  await store.plans.moveTo(plan.id, 'expired', { personId: plan.lastEditorId, at, words });
  await store.postings.touch(plan.migrationId, subject, at);
  const message = `Plan ${plan.number} expired: its last window passed without a run. Its services are free. To plan them again, keep its selection: \`/bsu wave "Plan ${plan.number} again" plan=${plan.number}\`.`;
  await store.postings.call(plan.migrationId, subject, message, [plan.authorId], at);
  await store.audit.append(`migration:${plan.migrationId}`, [
    {
      at,
      act: 'plan.expired',
      about: subject,
      person: null,
      account: 'clock',
      facts: { number: plan.number },
      ...(plan.hash === null ? {} : { hash: plan.hash }),
    },
  ]);
}
