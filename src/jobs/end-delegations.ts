import { everyMinutes, type Job } from './job.ts';

/** Roles that were lent until now go back (rule 9). Verbs look for themselves; this is for the loops, which read roles too. */
export const endDelegations: Job = {
  name: 'end-delegations',
  lastDue: everyMinutes(1),
  run: (store, now) => store.delegations.endLapsed(now.toString()),
};
