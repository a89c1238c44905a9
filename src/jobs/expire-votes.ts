import type { Vote } from '../domain/approval.ts';
import type { Migration } from '../domain/migration.ts';
import type { Plan } from '../domain/plan.ts';
import { counted } from '../kernel/time-words.ts';
import type { Store } from '../store/store.ts';
import { everyMinutes, type Job } from './job.ts';
import { callVoters } from './remind-voters.ts';

/** Ends the votes that have had their 14 days (rule 10), and says so; an approval that lacks them now waits again. */
export const expireVotes: Job = {
  name: 'expire-votes',
  lastDue: everyMinutes(10),
  async run(store, now) {
    for (const { id, migrationId } of await store.awaitingPlans.list()) {
      const migration = await store.migrations.byId(migrationId);
      if (migration) await expireOn(store, await store.plans.lock(id), migration, now);
    }
  },
};

async function expireOn(store: Store, plan: Plan, migration: Migration, now: Temporal.Instant): Promise<void> {
  const days = migration.settings.voteValidDays;
  const old = (await store.votes.of(plan.id)).filter((vote) => isOver(vote, days, now));
  if (old.length === 0) return;
  const at = now.toString();
  const words = `${counted(old.length, 'vote')} ended after ${days} days`;
  for (const vote of old) await store.votes.end(plan.id, vote.personId, 'expired', at);
  // The clock did it; a step of the plan's life is written with somebody's id, and only its words are shown.
  const act = { personId: plan.lastEditorId, at, words };
  const { matching } = await store.votes.approval(plan, plan.hash ?? '', now);
  if (plan.state === 'approved' && !matching.complete) await store.plans.moveTo(plan.id, 'submitted', act);
  else await store.plans.note(plan.id, act);
  await store.postings.touch(migration.id, `plan:${plan.id}`, at);
  await callVoters(store, plan, now, `${words}.`);
  await store.audit.append(`migration:${migration.id}`, [
    {
      at,
      act: 'votes.expired',
      about: `plan:${plan.id}`,
      person: null,
      account: 'clock',
      facts: { people: old.map((vote) => vote.personId), days },
      ...(plan.hash === null ? {} : { hash: plan.hash }),
    },
  ]);
}

function isOver(vote: Vote, days: number, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(vote.at).add({ hours: 24 * days }), now) <= 0;
}
