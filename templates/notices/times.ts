import { endAsSaid } from '../../src/kernel/time-words.ts';
import type { Voice } from '../../src/kernel/voice.ts';

interface Span {
  readonly from: string;
  readonly to: string;
}

/** "Tuesday 8 December 2026, 5pm to 11pm (UK time, GMT)": a stranger reads it, so the time zone is said. */
export function spanWithZone(span: Span, zone: string, voice: Voice): string {
  return voice.say('time.with-zone', {
    time: shortSpan(span, zone, voice),
    zone: zoneWords(zone, span.from, span.to, voice),
  });
}

/** Without the time zone, for a subject line. */
export function shortSpan(span: Span, zone: string, voice: Voice): string {
  return voice.span(span.from, endAsSaid(span.to, zone), zone);
}

export function timeWithZone(instant: string, zone: string, voice: Voice): string {
  return voice.say('time.with-zone', {
    time: voice.instant(instant, zone),
    zone: zoneWords(zone, instant, instant, voice),
  });
}

/** The day and the time of the end, for a sentence. */
export function endParts({ to }: Span, zone: string, voice: Voice): { readonly day: string; readonly end: string } {
  const { day, time } = voice.dayAndTime(endAsSaid(to, zone), zone);
  return { day, end: time };
}

/** The days and times of an outage, for a sentence; `oneDay`: it does not go over midnight. */
export function spanParts(span: Span, zone: string, voice: Voice) {
  const start = voice.dayAndTime(span.from, zone);
  const end = voice.dayAndTime(endAsSaid(span.to, zone), zone);
  return { oneDay: start.day === end.day, day: start.day, start: start.time, endDay: end.day, end: end.time };
}

function zoneWords(zone: string, from: string, to: string, voice: Voice): string {
  const [start, end] = [offsetOf(from, zone), offsetOf(to, zone)];
  if (zone === 'Europe/London') {
    const summer = start === '+01:00';
    if (start === end) return voice.say(summer ? 'zone.bst' : 'zone.gmt');
    return voice.say(summer ? 'zone.bst-gmt' : 'zone.gmt-bst');
  }
  const values = { zone: zone.replaceAll('_', ' '), offset: signed(start), endOffset: signed(end) };
  return voice.say(start === end ? 'zone.other' : 'zone.other-two', values);
}

function offsetOf(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).offset;
}

function signed(offset: string): string {
  return offset === '+00:00' ? '' : offset;
}
