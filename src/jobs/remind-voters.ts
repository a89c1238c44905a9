import type { BankHolidays } from '../domain/bank-holidays.ts';
import { isWorkingDay } from '../domain/notice-lead.ts';
import type { Plan } from '../domain/plan.ts';
import type { Store } from '../store/store.ts';
import { everyMinutes, type Job } from './job.ts';

const HOUR = 9;

/** At 9am on working days, in the migration's zone: reminds those whose vote a plan still needs, and nobody else (rule 10). */
export function remindVoters(holidays: BankHolidays): Job {
  return {
    name: 'remind-voters',
    lastDue: everyMinutes(60),
    async run(store, now) {
      for (const plan of await store.awaitingPlans.list()) {
        const migration = await store.migrations.byId(plan.migrationId);
        if (plan.state !== 'submitted' || !migration) continue;
        const local = now.toZonedDateTimeISO(migration.zone);
        if (local.hour !== HOUR || !isWorkingDay(local.toPlainDate(), holidays)) continue;
        await callVoters(store, plan, now, `Plan ${plan.number} still waits for approval.`);
      }
    },
  };
}

/** One new message in the plan's thread that names those whose vote is still needed; none where nobody's is. */
export async function callVoters(store: Store, plan: Plan, now: Temporal.Instant, message: string): Promise<void> {
  const { matching, couldVote } = await store.votes.approval(plan, plan.hash ?? '', now);
  const people = [...new Set(couldVote.map(({ person }) => person.id))];
  if (matching.complete || people.length === 0) return;
  const words = `${message} Please look at ${plan.code ?? 'the plan'} and vote.`;
  await store.postings.call(plan.migrationId, `plan:${plan.id}`, words, people, now.toString());
}
