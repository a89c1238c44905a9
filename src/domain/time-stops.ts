import type { StopsFacts } from './time-answers.ts';
import { type SetStop, standing, standingText, type TimeRules } from './time-rules.ts';

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

/** A sentence for each freeze and incident that stands now or later, as the cards of the migration say it (rule 19). */
export function standingWords(stops: readonly SetStop[], zone: string, now: Temporal.Instant): readonly string[] {
  return standing(stops, now).map((stop) => `${standingText(stop, zone)} (${stop.setBy})`);
}
