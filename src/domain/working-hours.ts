import type { BankHolidays } from './bank-holidays.ts';
import { dayPlans, MINUTE } from './hours-day.ts';
import type { HoursPolicy } from './hours-policy.ts';
import { stopsAt } from './hours-stops.ts';
import { type Reason, type Stop, type Verdict, verdictOf } from './verdict.ts';
import { isKnownZone, zoneOffsets } from './zone-offsets.ts';

export interface TimeFacts {
  readonly bankHolidays: BankHolidays;
  readonly stops: readonly Stop[];
}

export interface Judgement {
  readonly verdict: Verdict;
  /** Every rule that spoke; none when open. */
  readonly reasons: readonly Reason[];
  /** When the verdict changes next, ISO; null when nothing known ends it. */
  readonly until: string | null;
}

/** Half-open [from, to), ISO instants. */
export interface Interval {
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
}

/** A stretch that is open for its whole length and long enough: start no later than `lastStart`. */
export interface Opening {
  readonly from: string;
  readonly to: string;
  readonly lastStart: string;
}

export interface Hours {
  verdict(at: Temporal.Instant): Judgement;
  /** Covers [from, to) without gap or overlap; neighbours with the same verdict and reasons are one. */
  intervals(from: Temporal.Instant, to: Temporal.Instant): Interval[];
  /** The next `count` openings of at least `neededSeconds` from `after` on; fewer where a year ahead holds fewer. */
  openings(after: Temporal.Instant, neededSeconds: number, count: number): Opening[];
}

/** How far ahead an end or an opening is looked for. */
const HORIZON = 400 * 24 * 60 * MINUTE;

/**
 * The one evaluator of time (rule 11): every path asks it. Pure: the same policy, facts and instant give the same verdict
 * on every machine. Deny wins; an unknown zone or a day without a bank-holiday table is closed. An instant is judged by its
 * local wall time, so both passes of the repeated autumn hour are alike, and a boundary in the missing spring hour counts
 * from the first instant after it.
 */
export function hours(policy: HoursPolicy, facts: TimeFacts): Hours {
  const { reasonsAt, nextCut, endless } = isKnownZone(policy.zone)
    ? wallTimeRules(policy, facts)
    : unknownZone(policy, facts);
  const verdictAt = (at: number) => verdictOf(reasonsAt(at));

  return {
    verdict(instant) {
      const at = instant.epochMilliseconds;
      const reasons = reasonsAt(at);
      const verdict = verdictOf(reasons);
      return { verdict, reasons, until: endless(at) ? null : until(at, verdict) };
    },
    intervals(from, to) {
      const found: { from: number; to: number; reasons: readonly Reason[] }[] = [];
      const end = to.epochMilliseconds;
      for (let at = from.epochMilliseconds; at < end; ) {
        const next = Math.min(nextCut(at), end);
        const reasons = reasonsAt(at);
        const last = found.at(-1);
        if (last && sameReasons(last.reasons, reasons)) last.to = next;
        else found.push({ from: at, to: next, reasons });
        at = next;
      }
      return found.map(({ from, to, reasons }) => ({
        from: iso(from),
        to: iso(to),
        verdict: verdictOf(reasons),
        reasons,
      }));
    },
    openings(after, neededSeconds, count) {
      const found: Opening[] = [];
      const start = after.epochMilliseconds;
      for (let at = start; at < start + HORIZON && found.length < count && !endless(at); ) {
        const verdict = verdictAt(at);
        const end = endOf(at, verdict, start + HORIZON);
        if (verdict === 'open' && end - at >= neededSeconds * 1000) {
          found.push({ from: iso(at), to: iso(end), lastStart: iso(end - neededSeconds * 1000) });
        }
        at = end;
      }
      return found;
    },
  };

  function until(at: number, verdict: Verdict): string | null {
    const end = endOf(at, verdict, at + HORIZON);
    return end >= at + HORIZON ? null : iso(end);
  }

  function endOf(start: number, verdict: Verdict, limit: number): number {
    let at = start;
    while (at < limit && verdictAt(at) === verdict && !(at > start && endless(at))) at = nextCut(at);
    return verdictAt(at) === verdict ? Math.max(at, limit) : Math.min(at, limit);
  }
}

/** One instant, judged once. Whoever asks often keeps `hours(...)`. */
export function verdict(policy: HoursPolicy, facts: TimeFacts, at: Temporal.Instant): Judgement {
  return hours(policy, facts).verdict(at);
}

interface Rules {
  reasonsAt(at: number): readonly Reason[];
  /** The first instant after `at` at which a reason may begin or end. */
  nextCut(at: number): number;
  /** Closed from `at` on for as long as is known. */
  endless(at: number): boolean;
}

function wallTimeRules(policy: HoursPolicy, facts: TimeFacts): Rules {
  const offsetAt = zoneOffsets(policy.zone);
  const plans = dayPlans(policy, facts.bankHolidays);
  const stops = stopsAt(facts.stops);
  return {
    reasonsAt(at) {
      const wall = at + offsetAt(at).offset;
      const reasons = plans.reasonsAt(wall);
      const stopping = stops.at(at);
      return stopping.length === 0 ? reasons : [...stopping, ...reasons];
    },
    nextCut(at) {
      const span = offsetAt(at);
      return Math.min(plans.nextCut(at + span.offset) - span.offset, span.to, stops.nextEdge(at));
    },
    endless: (at) => stops.endless(at) || plans.isAfterCoverage(at + offsetAt(at).offset),
  };
}

function unknownZone(policy: HoursPolicy, facts: TimeFacts): Rules {
  const reason: Reason = {
    rule: 'zone',
    source: policy.source,
    text: `The time zone "${policy.zone}" is not known, so no local time can be told and everything is closed.`,
  };
  const stops = stopsAt(facts.stops);
  return {
    reasonsAt: (at) => [...stops.at(at), reason],
    nextCut: stops.nextEdge,
    endless: () => true,
  };
}

function sameReasons(one: readonly Reason[], other: readonly Reason[]): boolean {
  return one.length === other.length && one.every((reason, index) => reason === other[index]);
}

function iso(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString();
}
