import { neededSeconds } from './opening-needed.ts';
import type { PlanWindow } from './plan.ts';
import { type Needed, windowVerdict } from './run-gate.ts';
import type { WindowsFacts } from './time-answers.ts';
import type { Hours } from './working-hours.ts';

/** What the `window` verb shows: each reserved window as it would be judged now, and the openings to choose from. */
export function windowsFacts(given: {
  zone: string;
  plan: number;
  services: number;
  needed: Needed;
  windows: readonly PlanWindow[];
  hours: Hours;
  now: Temporal.Instant;
  /** Openings are looked for from here on: once the old PAS is off. */
  after: Temporal.Instant;
}): Omit<WindowsFacts, 'changed' | 'votes'> {
  const { hours, needed, now, after, windows, ...rest } = given;
  const seconds = neededSeconds(needed);
  return {
    ...rest,
    needed,
    neededSeconds: seconds,
    windows: windows.map((window) => {
      const { fits, amber, reasons } = windowVerdict(hours, window, needed);
      const over = Temporal.Instant.compare(window.to, now) <= 0;
      const problem = over ? 'It is over.' : (reasons[0]?.text ?? (fits ? null : 'The run no longer fits in it.'));
      return {
        ...window,
        lastStart: Temporal.Instant.from(window.to).subtract({ seconds }).toString(),
        amber,
        problem,
      };
    }),
    openings: hours
      .openings(after, seconds, 4 + windows.length)
      .filter((opening) => !windows.some((window) => window.from === opening.from))
      .slice(0, 4),
  };
}
