import { everyMinutes, type Job } from './job.ts';

const UNANSWERED_MINUTES = 10;

/** A paused or stopped run, or a failed test, whose call nobody answered for 10 minutes: its deputy is told directly, once a call (rule 19). */
export const tellDeputies: Job = {
  name: 'tell-deputies',
  lastDue: everyMinutes(1),
  async run(store, now) {
    const before = now.subtract({ minutes: UNANSWERED_MINUTES }).toString();
    for (const call of await store.unansweredCalls.list(before)) {
      const message = `You are the deputy, and nobody has answered this for ${UNANSWERED_MINUTES} minutes: ${call.message}`;
      await store.unansweredCalls.tellDeputy(call, message, now.toString());
    }
  },
};
