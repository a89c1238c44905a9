import type { Settings } from './migration.ts';
import type { Needed } from './run-gate.ts';

/**
 * How long a run of that many services takes at the longest, with what must still fit afterwards (rule 13), in seconds.
 * `secondsPerTick` is the practice plan's measured pace; without one the setting counts.
 */
export function neededFor(settings: Settings, services: number, secondsPerTick?: number): Needed {
  const tick = secondsPerTick ?? settings.guidedSecondsPerTick;
  return {
    expectedSeconds: Math.ceil(settings.guidedBaseMinutes * 60 + services * tick),
    verificationReserveSeconds: settings.verificationReserveMinutes * 60,
    rollbackReserveSeconds: settings.rollbackReserveMinutes * 60,
  };
}

export function neededSeconds(needed: Needed): number {
  return needed.expectedSeconds + needed.verificationReserveSeconds + needed.rollbackReserveSeconds;
}
