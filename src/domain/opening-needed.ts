import type { Settings } from './migration.ts';
import type { Needed } from './run-gate.ts';

/** What a practice took on the screen, from its start to its last change. */
export interface Measured {
  readonly seconds: number;
  readonly services: number;
}

/** A practice that was left lying over an evening says nothing about the screen. */
const LONGEST_PRACTICE = 2 * 3600;

/**
 * How long a run of that many services takes at the longest, with what must still fit afterwards (rule 13), in seconds. One
 * to three practised services measure the way round the screen, not the single tick: where the practice took longer than the
 * settings say, the way round counts as long as it took there. It never makes a run shorter.
 */
export function neededFor(settings: Settings, services: number, measured: Measured | null = null): Needed {
  const tick = settings.guidedSecondsPerTick;
  const practised = measured ? Math.min(measured.seconds, LONGEST_PRACTICE) - measured.services * tick : 0;
  return {
    expectedSeconds: Math.ceil(Math.max(settings.guidedBaseMinutes * 60, practised) + services * tick),
    verificationReserveSeconds: settings.verificationReserveMinutes * 60,
    rollbackReserveSeconds: settings.rollbackReserveMinutes * 60,
  };
}

export function neededSeconds(needed: Needed): number {
  return needed.expectedSeconds + needed.verificationReserveSeconds + needed.rollbackReserveSeconds;
}
