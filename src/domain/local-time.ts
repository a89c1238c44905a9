import { Refusal } from '../kernel/errors.ts';
import { clockInWords, inWords } from '../kernel/time-words.ts';
import { clockOf, dateOf } from './local-time-words.ts';
import { isKnownZone } from './zone-offsets.ts';

/**
 * The instant that a person typed, as local time in their zone: "2026-12-08 20:15", "tonight 8pm", "tomorrow 8:30pm",
 * "Tuesday 8pm" (the next one from now), "8 December 2026 8pm", "now", or an ISO instant with its offset. Strict: a
 * sentence that could mean two things is refused with its readings, never guessed. Refusals: "unknown-zone",
 * "unreadable-time", "repeated-time" (the autumn hour), "missing-time" (the spring hour).
 */
export function readLocalTime(text: string, zone: string, now: Temporal.Instant): Temporal.Instant {
  const words = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/,/g, '')
    .replace(/(\d) (am|pm)$/i, '$1$2');
  if (/^now$/i.test(words)) return now;
  const exact = readInstant(words);
  if (exact) return exact;
  if (isKnownZone(zone)) return readWall(words, text, zone, now);
  throw new Refusal('unknown-zone', `The time zone "${zone}" is not known, so "${text}" cannot be read.`);
}

/** With an offset there is nothing to doubt: "2026-10-25T01:30+01:00". */
function readInstant(words: string): Temporal.Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/i.test(words)) return null;
  try {
    return Temporal.Instant.from(words.replace(' ', 'T'));
  } catch (error) {
    if (error instanceof RangeError) throw unreadable(words);
    throw error;
  }
}

function readWall(words: string, typed: string, zone: string, now: Temporal.Instant): Temporal.Instant {
  const match = /^(?:(.+?)[ T])?(?:at )?(\S+)$/i.exec(words);
  const clock = clockOf(match?.[2] ?? '');
  if (!match || clock === null) throw unreadable(typed);
  const date = dateOf(match[1] ?? 'today', clock, now.toZonedDateTimeISO(zone));
  if (date === null) throw unreadable(typed);
  return once(date.toPlainDateTime(clock), zone);
}

/** A wall time that happens exactly once; the repeated and the missing hour are refused with what it could mean (rule 11). */
function once(wall: Temporal.PlainDateTime, zone: string): Temporal.Instant {
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.equals(later)) return earlier.toInstant();
  const readings = [earlier, later].map((reading) =>
    reading.toString({ timeZoneName: 'never', smallestUnit: 'minute' }),
  );
  if (earlier.toPlainDateTime().equals(wall)) {
    throw new Refusal(
      'repeated-time',
      `The clocks go back that night, so ${clockInWords(earlier.toInstant(), zone)} happens twice. Type ${readings[0]} for the first or ${readings[1]} for the second.`,
      { facts: { readings } },
    );
  }
  throw new Refusal(
    'missing-time',
    `The clocks go forward that night, so ${wall.toPlainTime().toString({ smallestUnit: 'minute' })} does not exist. Type ${readings[0]} (${inWords(earlier.toInstant(), zone)}) or ${readings[1]} (${inWords(later.toInstant(), zone)}).`,
    { facts: { readings } },
  );
}

function unreadable(text: string): Refusal {
  return new Refusal(
    'unreadable-time',
    `"${text}" cannot be read as a time. Type it like 2026-12-08 20:15, tonight 8pm, tomorrow 8:30pm or Tuesday 8pm.`,
  );
}
