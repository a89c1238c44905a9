/** A stretch of time in which a zone keeps one offset: [from, to) in epoch milliseconds, the offset in milliseconds. */
export interface OffsetSpan {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

/** Whether this machine knows the zone by its IANA name. A dated text, an offset or a blank is no zone (rule 11). */
export function isKnownZone(zone: string): boolean {
  if (!ZONE_NAME.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * The offset in force at an instant (epoch milliseconds). Inside a span wall time is linear, so a repeated or a missing
 * hour needs no case of its own: it lies at the seam of two spans. Throws RangeError for an unknown zone.
 */
export function zoneOffsets(zone: string): (at: number) => OffsetSpan {
  const known: OffsetSpan[] = [];
  let latest: OffsetSpan | undefined;
  return (at) => {
    if (latest && at >= latest.from && at < latest.to) return latest;
    latest = known.find((span) => at >= span.from && at < span.to);
    if (!latest) {
      latest = readSpan(zone, at);
      known.push(latest);
    }
    return latest;
  };
}

function readSpan(zone: string, at: number): OffsetSpan {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const to = local.getTimeZoneTransition('next');
  // "previous" is strictly before: ask from one millisecond later, so that a transition at this very instant counts.
  const from = local.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: from?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: to?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: local.offsetNanoseconds / 1e6,
  };
}
