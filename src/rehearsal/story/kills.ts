import { setTimeout as wait } from 'node:timers/promises';
import type { Stage } from './stage.ts';

/** SIGKILL once so many services have been changed, then the same service again. */
export async function killInTheRun(stage: Stage, applied: number): Promise<void> {
  await until(async () => Number((await stage.world.get('/_world/counters')).appliedTotal) >= applied);
  await killAndStart(stage, `with ${applied} services changed`);
}

/** SIGKILL in the middle of a sending, then the same service again. */
export async function killWhileSending(stage: Stage, accepted: number): Promise<void> {
  await until(async () => {
    const { mail } = await stage.world.get('/_world/counters');
    return (mail as { readonly accepted: number }).accepted >= accepted;
  });
  await killAndStart(stage, `with ${accepted.toLocaleString('en-GB')} mails accepted`);
}

async function killAndStart({ service, transcript }: Stage, when: string): Promise<void> {
  await service.kill();
  transcript.say(`The service was killed ${when}, and started again.`);
  await service.start();
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 6000; attempt++) {
    if (await condition()) return;
    await wait(10);
  }
  throw new Error('What the story waits for did not happen within a minute.');
}
