import type { Migration } from '../domain/migration.ts';
import type { Run } from '../domain/run.ts';
import { type Call, calledPeople, callWords } from '../domain/run-call.ts';
import { decideRun, RUN_STATE_WORDS, type RunAction, type RunDecision, runEnded } from '../domain/run-decide.ts';
import { planSteps } from '../domain/run-plan.ts';
import { progressOf } from '../domain/run-progress.ts';
import { chainOf } from '../store/audit.ts';
import type { Store } from '../store/store.ts';

/** Decides, and saves all of it in one transaction: state, audit, card, call for help (rules 19, 27). */
export async function actOnRun(
  store: Store,
  run: Run,
  migration: Migration,
  action: RunAction,
  now: Temporal.Instant,
): Promise<void> {
  const decision = decideRun(run, action, now);
  await store.runs.save(run.id, decision);
  await followPlan(store, run, decision, now);
  const words = 'words' in action ? action.words : '';
  await store.audit.append(chainOf(run.migrationId), [
    {
      at: now.toString(),
      act: `run.${action.kind}`,
      about: `run:${run.id}`,
      person: null,
      account: 'changeover',
      facts: { state: decision.state, words, counts: await store.runItems.counts(run.id) },
      hash: run.planHash,
    },
  ]);
  await touchRun(store, run, now);
  await store.postings.touch(run.migrationId, `plan:${run.planId}`, now.toString());
  if (decision.call !== null) await callForHelp(store, run, migration, decision.call, words, now);
  if (runEnded(decision.state)) {
    const milestone = `the run is ${RUN_STATE_WORDS[decision.state]}`;
    await store.audit.postHead(run.migrationId, `plan:${run.planId}`, milestone, now.toString());
  }
}

export async function touchRun(store: Store, run: Run, now: Temporal.Instant): Promise<void> {
  await store.postings.touch(run.migrationId, `run:${run.id}`, now.toString());
}

export async function callForHelp(
  store: Store,
  run: Run,
  migration: Migration,
  call: Call,
  words: string,
  now: Temporal.Instant,
): Promise<void> {
  const direction = call === 'undo-started' || call === 'undo-finished' ? 'undo' : run.direction;
  const progress = progressOf(await store.runItems.counts(run.id, direction), direction);
  const message = callWords(call, {
    planNumber: await planNumber(store, run.planId),
    progress,
    words,
    closesAt: run.window.to,
    zone: migration.zone,
  });
  const people = calledPeople(call, run, await store.people.holders(run.migrationId));
  await store.postings.call(
    run.migrationId,
    `run:${run.id}`,
    message,
    people.map((person) => person.id),
    now.toString(),
  );
}

/** The plan goes where its run goes; a paused undo is still rolling back to its plan. */
async function followPlan(store: Store, run: Run, decision: RunDecision, now: Temporal.Instant): Promise<void> {
  const plan = await store.plans.byId(run.planId);
  if (plan === null) return;
  for (const state of planSteps(plan.state, decision)) {
    await store.plans.moveTo(plan.id, state, {
      personId: run.runnerId,
      at: now.toString(),
      words: `the run is ${RUN_STATE_WORDS[decision.state]}`,
    });
  }
  // The checks' card appears with the first thing to check (rule 25).
  if (decision.state === 'verifying') {
    await store.postings.touch(run.migrationId, `verification:${plan.id}`, now.toString());
  }
}

async function planNumber(store: Store, planId: number): Promise<number | null> {
  return (await store.plans.byId(planId))?.number ?? null;
}
