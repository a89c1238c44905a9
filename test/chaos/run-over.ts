import { setTimeout as wait } from 'node:timers/promises';
import type { Driver, Said } from './driver.ts';

/** Asks until the run is over: whichever process brought it there. */
export async function overAt(driver: Driver, run: number | undefined): Promise<Said> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    driver.order({ tell: true });
    const said = await driver.heard((one) => one.settled === true);
    if (isOver(said, run)) return said;
    await wait(50);
  }
  throw new Error('The run did not come to its end.');
}

export function isOver(said: Said, run: number | undefined): boolean {
  return said.run === run && said.state !== undefined && said.state !== 'running';
}
