import type { Store } from '../store/store.ts';
import { callForHelp } from './advance-run-write.ts';

const MINUTES_BEFORE = 30;

/** One call for each running run whose window closes within 30 minutes (rule 19). True where one was made. */
export async function callBeforeClosing(store: Store, now: Temporal.Instant): Promise<boolean> {
  let called = false;
  for (const run of await store.runs.underWay()) {
    const mark = `window-closing:${run.window.to}`;
    const from = Temporal.Instant.from(run.window.to).subtract({ minutes: MINUTES_BEFORE });
    if (run.called.includes(mark) || Temporal.Instant.compare(now, from) < 0) continue;
    const migration = await store.migrations.byId(run.migrationId);
    if (migration === null) continue;
    await callForHelp(store, run, migration, 'window-closing', '', now);
    await store.runs.setCalled(run.id, [...run.called, mark]);
    called = true;
  }
  return called;
}
