import type { Database } from '../../db/connect.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import { gateBlockers } from '../domain/checklist-state.ts';
import { standingWords } from '../domain/time-stops.ts';
import type { Verification } from '../domain/verification-shown.ts';
import { afterStore } from './after.ts';
import { checklistStore } from './checklist.ts';
import { migrationStore } from './migrations.ts';
import { peopleStore } from './people.ts';
import { planLifeStore } from './plans-life.ts';
import { readStops } from './time-rows.ts';
import { type VerificationStore, verificationStore } from './verification.ts';

export interface KnownVerification {
  /** All that is known about a plan's checks after go-live, for its card and for `complete`. */
  known(planId: number, now: Temporal.Instant, holidays: BankHolidays): Promise<Verification>;
}

export function knownVerification(db: Database): VerificationStore & KnownVerification {
  const store = verificationStore(db);
  return {
    ...store,
    async known(planId, now, holidays) {
      const plan = await planLifeStore(db).byId(planId);
      const migration = plan ? await migrationStore(db).byId(plan.migrationId) : null;
      if (!plan || !migration) throw new Error(`There is no plan ${planId}.`);
      const polls = await store.polls(planId);
      const events = await store.events(planId);
      const testers = await store.testers(planId);
      const states = await checklistStore(db).states(migration, plan, now, holidays);
      const people = [
        ...polls.flatMap((poll) => [poll.ownerId, poll.seenBy]),
        ...events.map((event) => event.by),
        ...testers.map(({ testerId }) => testerId),
      ];
      return {
        plan,
        zone: migration.zone,
        services: await planLifeStore(db).services(planId),
        polls,
        events,
        testers,
        mornings: await afterStore(db).mornings(planId),
        closing: gateBlockers('complete', states).map(({ words, owner }) => `${words} (${owner})`),
        standing: standingWords(await readStops(db, migration.id), migration.zone, now),
        nameOf: await names(db, people),
      };
    },
  };
}

async function names(db: Database, ids: readonly (number | null)[]): Promise<(id: number) => string> {
  const known = new Map<number, string>();
  for (const id of new Set(ids)) {
    const person = id === null ? null : await peopleStore(db).byId(id);
    if (person) known.set(person.id, person.name);
  }
  return (id) => known.get(id) ?? 'somebody';
}
