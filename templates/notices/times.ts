import { clockInWords, inWords, spanInWords } from '../../src/kernel/time-words.ts';

/** "Tuesday 8 December 2026, 5pm to 11pm (UK time, GMT)": a stranger reads it, so the time zone is said. */
export function spanWithZone(span: { readonly from: string; readonly to: string }, zone: string): string {
  const [start, end] = [zoneWords(zone, span.from), zoneWords(zone, span.to)];
  const words = start === end ? start : `${start} at the start, ${end.replace(/^.*, /, '')} at the end`;
  return `${shortSpan(span, zone)} (${words})`;
}

/** Without the time zone, for a subject line. */
export function shortSpan(span: { readonly from: string; readonly to: string }, zone: string): string {
  return spanInWords(span.from, endOf(span.to, zone), zone);
}

export function timeWithZone(instant: string, zone: string): string {
  return `${inWords(instant, zone)} (${zoneWords(zone, instant)})`;
}

/** "5pm on Tuesday 8 December 2026". */
export function onDay(instant: string, zone: string): string {
  const [day = '', time = ''] = inWords(instant, zone).split(', ');
  return `${time} on ${day}`;
}

/** "On Tuesday 8 December 2026, from 5pm to 11pm", or "From 5pm on Tuesday 8 December 2026 to 2am on Wednesday …". */
export function fromTo({ from, to }: { readonly from: string; readonly to: string }, zone: string): string {
  const end = endOf(to, zone);
  const [startDay = '', start = ''] = inWords(from, zone).split(', ');
  const [endDay = '', ended = ''] = inWords(end, zone).split(', ');
  return startDay === endDay
    ? `On ${startDay}, from ${start} to ${ended}`
    : `From ${start} on ${startDay} to ${ended} on ${endDay}`;
}

/** Readers take "midnight" for either end of a day: an end there is said as 11:59pm of the day before. */
function endOf(instant: string, zone: string): string {
  if (clockInWords(instant, zone) !== '12am') return instant;
  return Temporal.Instant.from(instant).subtract({ minutes: 1 }).toString();
}

function zoneWords(zone: string, instant: string): string {
  const offset = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).offset;
  if (zone === 'Europe/London') return offset === '+01:00' ? 'UK time, BST' : 'UK time, GMT';
  return `${zone.replaceAll('_', ' ')} time, UTC${offset === '+00:00' ? '' : offset}`;
}
