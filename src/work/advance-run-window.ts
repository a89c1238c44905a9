import type { Migration } from '../domain/migration.ts';
import type { Run } from '../domain/run.ts';
import { pollList } from '../domain/slot-poll.ts';
import { testsOf } from '../domain/verification.ts';
import { quorum } from '../domain/verification-quorum.ts';
import { clockInWords } from '../kernel/time-words.ts';
import type { Store } from '../store/store.ts';
import { callForHelp, touchRun } from './advance-run-write.ts';

const MINUTES_BEFORE = 30;

/** What is said before something closes, and when that is. */
interface Closing {
  readonly call: 'window-closing' | 'undo-or-stay';
  readonly at: string;
  /** The old PAS stops answering before the window closes. */
  readonly byOldPas: boolean;
}

/**
 * 30 minutes before a run's window closes there is one call (rule 19). For a run that is held or being verified without a
 * quorum yet and could still go back it is the question "undo now, or stay?" (rule 18), and it is asked 30 minutes before
 * the way back ends: with the window, or with the old PAS where that stops answering earlier. True where a call was made.
 */
export async function callBeforeClosing(store: Store, now: Temporal.Instant): Promise<boolean> {
  let called = false;
  for (const run of await store.runs.underWay(now.toString())) {
    const migration = await store.migrations.byId(run.migrationId);
    const closing = migration && closingOf(run, migration);
    if (!closing || run.called.includes(markOf(closing)) || !isSoon(closing, now)) continue;
    const makes = closing.call === 'window-closing' || (await couldGoBack(store, run));
    if (makes) await callForHelp(store, run, migration, closing.call, wordsOf(closing, migration), now);
    await store.runs.setCalled(run.id, [...run.called, markOf(closing)]);
    called ||= makes;
  }
  return called;
}

/**
 * A guided run is carried out by a person, whom no clock stops: once its window is over they are told to press Update no more
 * (rules 12, 13), with one call, and the card says so. What was done before can still be entered. True where a call was made.
 */
export async function callAfterWindow(store: Store, now: Temporal.Instant): Promise<boolean> {
  let called = false;
  for (const run of await store.runs.pastWindow(now.toString())) {
    const mark = `window-over:${run.window.to}`;
    const migration = await store.migrations.byId(run.migrationId);
    if (migration === null || run.called.includes(mark) || !mayStillChange(run)) continue;
    await callForHelp(store, run, migration, 'window-over', '', now);
    await touchRun(store, run, now);
    await store.runs.setCalled(run.id, [...run.called, mark]);
    called = true;
  }
  return called;
}

function mayStillChange({ guided }: Run): boolean {
  return guided !== null && guided.step !== 'read-back' && guided.step !== 'finished';
}

function closingOf(run: Run, { oldPasUntil }: Migration): Closing | null {
  const { to } = run.window;
  if (run.state === 'running' || run.direction === 'undo') return { call: 'window-closing', at: to, byOldPas: false };
  if (oldPasUntil === null) return null;
  const byOldPas = Temporal.Instant.compare(oldPasUntil, to) < 0;
  return { call: 'undo-or-stay', at: byOldPas ? oldPasUntil : to, byOldPas };
}

function markOf({ call, at }: Closing): string {
  return `${call}:${at}`;
}

function isSoon({ at }: Closing, now: Temporal.Instant): boolean {
  const from = Temporal.Instant.from(at).subtract({ minutes: MINUTES_BEFORE });
  return Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, at) < 0;
}

function wordsOf({ call, byOldPas, at }: Closing, { zone }: Migration): string {
  if (call === 'window-closing') return '';
  const when = clockInWords(at, zone);
  return byOldPas
    ? `The old PAS answers until ${when}, and after it nothing goes back.`
    : `The window closes at ${when}, and after it nothing goes back in bulk.`;
}

async function couldGoBack(store: Store, run: Run): Promise<boolean> {
  if (run.state === 'verifying' && (await isVerified(store, run.planId))) return false;
  const { applied, confirmed, 'done-by-hand': byHand } = await store.runItems.counts(run.id);
  return applied + confirmed + byHand > 0;
}

async function isVerified(store: Store, planId: number): Promise<boolean> {
  const plan = await store.plans.byId(planId);
  if (plan === null) return false;
  const services = await store.plans.services(planId);
  const tests = testsOf(plan.verification, await store.verification.events(planId));
  return quorum(services, tests, pollList(services, plan.verification, await store.verification.polls(planId))).ok;
}
