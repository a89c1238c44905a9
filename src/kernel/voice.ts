import { filled, MESSAGES, type MessageKey } from './messages/index.ts';
import { counted, dayInWords, timeInWords } from './time-words.ts';

/** Languages of the notices: English, and Welsh where somebody supplied the words. */
export type Language = 'en' | 'cy';

/** The notices' sentences, numbers and days in one language. */
export interface Voice {
  readonly language: Language;
  say(key: MessageKey, values?: Readonly<Record<string, string>>): string;
  services(count: number): string;
  sites(count: number): string;
  moreSites(count: number): string;
  /** The day and the time of an instant in that zone, each for a place of its own. */
  dayAndTime(instant: string, zone: string): { readonly day: string; readonly time: string };
  /** "Tuesday 8 December 2026, 5pm". */
  instant(instant: string, zone: string): string;
  /** "Tuesday 8 December 2026, 5pm to 11pm", or both days where they differ. */
  span(from: string, to: string, zone: string): string;
}

export const ENGLISH: Voice = voice({
  language: 'en',
  say: (key, values = {}) => filled(MESSAGES[key].en, values),
  services: (count) => counted(count, 'service'),
  sites: (count) => counted(count, 'site'),
  moreSites: (count) => counted(count, 'more site'),
  day: dayInWords,
  time: timeInWords,
});

const NUMBER = new Intl.NumberFormat('cy');

/**
 * Welsh with the words that people supplied, by key. A number is put in bare, since Welsh has six plural forms and changes
 * the letter after some of them: the words stand around it so that none depends on it ("Label: 248"). Days, months and
 * times are Unicode's (CLDR), never ours: "Dydd Mawrth, 8 Rhagfyr 2026", "17:00".
 */
export function welshVoice(words: Readonly<Record<string, string>>): Voice {
  const number = (count: number) => NUMBER.format(count);
  return voice({
    language: 'cy',
    say: (key, values = {}) => filled(words[key] ?? unwritten(key), values),
    services: number,
    sites: number,
    moreSites: number,
    day: (day) => day.toLocaleString('cy', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    time: (time) => time.toLocaleString('cy', { hour: '2-digit', minute: '2-digit' }),
  });
}

interface Sounds extends Omit<Voice, 'dayAndTime' | 'instant' | 'span'> {
  day(day: Temporal.PlainDate): string;
  time(time: Temporal.PlainTime): string;
}

function voice(sounds: Sounds): Voice {
  const dayAndTime = (instant: string, zone: string) => {
    const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
    return { day: sounds.day(local.toPlainDate()), time: sounds.time(local.toPlainTime()) };
  };
  return {
    ...sounds,
    dayAndTime,
    instant: (instant, zone) => sounds.say('time.instant', dayAndTime(instant, zone)),
    span(from, to, zone) {
      const [start, end] = [dayAndTime(from, zone), dayAndTime(to, zone)];
      const values = { day: start.day, start: start.time, endDay: end.day, end: end.time };
      return sounds.say(start.day === end.day ? 'time.span.day' : 'time.span.days', values);
    },
  };
}

function unwritten(key: MessageKey): never {
  throw new TypeError(`The notice has no Welsh words for ${key}.`);
}
