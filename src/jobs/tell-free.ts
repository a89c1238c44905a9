import { counted } from '../kernel/time-words.ts';
import type { PlanWait } from '../store/plan-waits.ts';
import { everyMinutes, type Job } from './job.ts';

/** Services that another plan held are free: those who wanted them are told, once and alone (rule 4). */
export const tellFree: Job = {
  name: 'tell-free',
  lastDue: everyMinutes(1),
  async run(store, now) {
    for (const wait of await store.planWaits.takeFree()) {
      const subject = `plan:${wait.holderId}` as const;
      await store.directMessages.tell(wait.personId, wait.migrationId, subject, message(wait), now.toString());
    }
  },
};

function message({ holderNumber, planNumber, serviceIds }: PlanWait): string {
  const what =
    serviceIds.length === 0
      ? `Plan ${holderNumber} has let its services go.`
      : `${counted(serviceIds.length, 'service')} that plan ${holderNumber} held ${serviceIds.length === 1 ? 'is' : 'are'} free (${serviceIds.slice(0, 5).join(', ')}${serviceIds.length > 5 ? ', …' : ''}).`;
  const how = planNumber === null ? '`/bsu plan`' : `\`/bsu plan ${planNumber} --refresh\``;
  return `${what} Look again with ${how}.`;
}
