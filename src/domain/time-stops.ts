import type { StopsFacts } from './time-answers.ts';
import { standing, type TimeRules } from './time-rules.ts';

/** What stands now or later, for the answer of freeze, unfreeze and incident. */
export function stopsFacts(
  rules: TimeRules,
  zone: string,
  now: Temporal.Instant,
  changed: StopsFacts['changed'],
  count: number,
): StopsFacts {
  const stops = standing(rules.stops, now);
  return {
    zone,
    freezes: stops.filter((stop) => stop.rule === 'freeze'),
    incident: stops.find((stop) => stop.rule === 'incident') ?? null,
    changed,
    count,
  };
}
