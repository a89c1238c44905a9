import type { Settings } from './migration.ts';
import type { ExecutorKind } from './run.ts';
import type { Needed } from './run-gate.ts';

/** What a practice took, from its start to its last change. */
export interface Measured {
  readonly seconds: number;
  readonly services: number;
}

/** Starting, reading back and the last batches of an automated run, beside the services themselves. */
const AUTOMATED_BASE_SECONDS = 120;

/** A practice that was left lying over an evening says nothing about the screen. */
const LONGEST_PRACTICE = 2 * 3600;

/**
 * How long a run of that many services takes at the longest, with what must still fit afterwards (rule 13), in seconds. One
 * to three practised services measure the way round the screen, not the single tick: where the practice took longer than the
 * settings say, the way round counts as long as it took there. It never makes a guided run shorter. An automated one takes what its
 * own practice took a service; without a practice the guided length stands.
 */
export function neededFor(
  settings: Settings,
  services: number,
  measured: Measured | null = null,
  executor: ExecutorKind = 'guided',
): Needed {
  const tick = settings.guidedSecondsPerTick;
  if (executor === 'http' && measured !== null)
    return { ...reserves(settings), expectedSeconds: automated(settings, services, measured) };
  const practised = measured ? Math.min(measured.seconds, LONGEST_PRACTICE) - measured.services * tick : 0;
  return {
    expectedSeconds: Math.ceil(Math.max(settings.guidedBaseMinutes * 60, practised) + services * tick),
    ...reserves(settings),
  };
}

/** By the practice's own pace, which is one small batch after another: a run is no slower. Never faster than the rate that is set. */
function automated(settings: Settings, services: number, measured: Measured): number {
  const each = Math.min(measured.seconds, LONGEST_PRACTICE) / Math.max(1, measured.services);
  const rated = settings.servicesPerMinute ? (services * 60) / settings.servicesPerMinute : 0;
  return Math.ceil(AUTOMATED_BASE_SECONDS + Math.max(services * each, rated));
}

function reserves(settings: Settings): Omit<Needed, 'expectedSeconds'> {
  return {
    verificationReserveSeconds: settings.verificationReserveMinutes * 60,
    rollbackReserveSeconds: settings.rollbackReserveMinutes * 60,
  };
}

export function neededSeconds(needed: Needed): number {
  return needed.expectedSeconds + needed.verificationReserveSeconds + needed.rollbackReserveSeconds;
}
