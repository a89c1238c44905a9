import type { Migration } from '../domain/migration.ts';
import type { Run } from '../domain/run.ts';
import { pollList } from '../domain/slot-poll.ts';
import { testsOf } from '../domain/verification.ts';
import { quorum } from '../domain/verification-quorum.ts';
import type { Store } from '../store/store.ts';
import { callForHelp } from './advance-run-write.ts';

const MINUTES_BEFORE = 30;

/**
 * 30 minutes before a run's window closes there is one call (rule 19): that it closes, or, for a run that is held or being
 * verified without a quorum yet and could still go back, the question "undo now, or stay?" (rule 18). True where one was made.
 */
export async function callBeforeClosing(store: Store, now: Temporal.Instant): Promise<boolean> {
  let called = false;
  for (const run of await store.runs.underWay(now.toString())) {
    const mark = `window-closing:${run.window.to}`;
    if (run.called.includes(mark) || !isClosing(run, now)) continue;
    const migration = await store.migrations.byId(run.migrationId);
    const call = migration && (await callFor(store, run, migration, now));
    if (migration && call) await callForHelp(store, run, migration, call, '', now);
    await store.runs.setCalled(run.id, [...run.called, mark]);
    called ||= call !== null;
  }
  return called;
}

function isClosing({ window }: Run, now: Temporal.Instant): boolean {
  const from = Temporal.Instant.from(window.to).subtract({ minutes: MINUTES_BEFORE });
  return Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, window.to) < 0;
}

async function callFor(
  store: Store,
  run: Run,
  migration: Migration,
  now: Temporal.Instant,
): Promise<'window-closing' | 'undo-or-stay' | null> {
  if (run.state === 'running' || run.state === 'rolling-back' || run.direction === 'undo') return 'window-closing';
  if (run.state === 'verifying' && (await isVerified(store, run.planId))) return null;
  const { applied, confirmed, 'done-by-hand': byHand } = await store.runItems.counts(run.id);
  const answers = migration.oldPasUntil !== null && Temporal.Instant.compare(now, migration.oldPasUntil) < 0;
  return answers && applied + confirmed + byHand > 0 ? 'undo-or-stay' : null;
}

async function isVerified(store: Store, planId: number): Promise<boolean> {
  const plan = await store.plans.byId(planId);
  if (plan === null) return false;
  const services = await store.plans.services(planId);
  const tests = testsOf(plan.verification, await store.verification.events(planId));
  return quorum(services, tests, pollList(services, plan.verification, await store.verification.polls(planId))).ok;
}
