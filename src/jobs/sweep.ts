import { everyMinutes, type Job } from './job.ts';

const JOB_RUNS_KEPT_DAYS = 30;
/** A difference that was shown can be saved so long. */
const SHOWN_KEPT_DAYS = 7;

/** Removes what has had its time: replay keys, files behind links that have ended, what broken imports left behind, the notes of jobs done long ago. */
export const sweep: Job = {
  name: 'sweep',
  lastDue: everyMinutes(10),
  async run(store, now) {
    await store.replayKeys.sweep();
    await store.staging.sweep();
    await store.downloads.sweep();
    await store.pageLinks.sweep();
    await store.selections.sweepShown(now.subtract({ hours: 24 * SHOWN_KEPT_DAYS }).toString());
    await store.jobRuns.sweep(now.subtract({ hours: 24 * JOB_RUNS_KEPT_DAYS }).toString());
  },
};
