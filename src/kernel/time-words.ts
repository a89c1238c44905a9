const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** "Tuesday 8 December 2026": NHS style, the weekday always computed. */
export function dayInWords(date: Temporal.PlainDate): string {
  return `${DAYS[date.dayOfWeek - 1]} ${date.day} ${MONTHS[date.month - 1]} ${date.year}`;
}

/** "5pm", "5:30pm", "midday"; a day's edge is never "midnight": use 11:59pm for an end. */
export function timeInWords(time: Temporal.PlainTime): string {
  if (time.hour === 12 && time.minute === 0) return 'midday';
  const hour = time.hour % 12 === 0 ? 12 : time.hour % 12;
  const half = time.hour < 12 ? 'am' : 'pm';
  const minute = time.minute === 0 ? '' : `:${String(time.minute).padStart(2, '0')}`;
  return `${hour}${minute}${half}`;
}

/** "Tuesday 8 December 2026, 5pm" in that zone. `instant` is an ISO text or an instant. */
export function inWords(instant: string | Temporal.Instant, zone: string): string {
  const local = toZoned(instant, zone);
  return `${dayInWords(local.toPlainDate())}, ${timeInWords(local.toPlainTime())}`;
}

/** "7:10pm" in that zone. */
export function clockInWords(instant: string | Temporal.Instant, zone: string): string {
  return timeInWords(toZoned(instant, zone).toPlainTime());
}

/** Readers take "midnight" for either end of a day: an end there is said as 11:59pm of the day before (domain, Style). */
export function endAsSaid(instant: string, zone: string): string {
  if (clockInWords(instant, zone) !== '12am') return instant;
  return Temporal.Instant.from(instant).subtract({ minutes: 1 }).toString();
}

/** "Tuesday 8 December 2026, 5pm to 11pm", or both days where they differ. */
export function spanInWords(from: string | Temporal.Instant, to: string | Temporal.Instant, zone: string): string {
  const start = toZoned(from, zone);
  const end = toZoned(to, zone);
  return start.toPlainDate().equals(end.toPlainDate())
    ? `${inWords(from, zone)} to ${clockInWords(to, zone)}`
    : `${inWords(from, zone)} to ${inWords(to, zone)}`;
}

/** "1 h 10 min", "45 min"; rounded up to whole minutes, so that a length is never promised too short. */
export function lengthInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** Made once: each toLocaleString makes one of its own. */
const NUMBER = new Intl.NumberFormat('en-GB');

/** "1 service", "248 services". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(count)} ${count === 1 ? one : many}`;
}

function toZoned(instant: string | Temporal.Instant, zone: string): Temporal.ZonedDateTime {
  return (typeof instant === 'string' ? Temporal.Instant.from(instant) : instant).toZonedDateTimeISO(zone);
}
