import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLocalTime } from '../../src/domain/local-time.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { inWords } from '../../src/kernel/time-words.ts';

// A Tuesday, 10am in London.
const now = Temporal.Instant.from('2026-12-08T10:00:00Z');
const read = (text: string, zone = 'Europe/London', at = now) => readLocalTime(text, zone, at).toString();
const refusalOf = (text: string, zone?: string) => {
  try {
    return read(text, zone);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

describe('11: what people type is read as local time', () => {
  it.each([
    ['2026-12-08 20:15', '2026-12-08T20:15:00Z'],
    ['2026-12-08T20:15', '2026-12-08T20:15:00Z'],
    ['2026-07-07 20:15', '2026-07-07T19:15:00Z'],
    ['2026-12-08 8:15pm', '2026-12-08T20:15:00Z'],
    ['tonight 8pm', '2026-12-08T20:00:00Z'],
    ['tonight at 8 pm', '2026-12-08T20:00:00Z'],
    ['Today 18:30', '2026-12-08T18:30:00Z'],
    ['8pm', '2026-12-08T20:00:00Z'],
    ['tomorrow 8:30pm', '2026-12-09T20:30:00Z'],
    ['Tuesday 8pm', '2026-12-08T20:00:00Z'],
    ['Tuesday 9am', '2026-12-15T09:00:00Z'],
    ['tue 8pm', '2026-12-08T20:00:00Z'],
    ['Wednesday midday', '2026-12-09T12:00:00Z'],
    ['Saturday 12pm', '2026-12-12T12:00:00Z'],
    ['8 December 2026 8pm', '2026-12-08T20:00:00Z'],
    ['Tuesday 8 December 2026, 5pm', '2026-12-08T17:00:00Z'],
    ['2026-10-25T01:30+01:00', '2026-10-25T00:30:00Z'],
    ['2026-12-08T20:15:00Z', '2026-12-08T20:15:00Z'],
    ['now', '2026-12-08T10:00:00Z'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('reads back every time as the cards write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 * 24 * 60 }), (minutes) => {
        const at = Temporal.Instant.from('2026-01-01T00:00:00Z').add({ minutes });
        const words = inWords(at, 'Europe/London');
        fc.pre(!/12(:\d\d)?am/.test(words) && !/(25 October 2026|31 October 2027), 1/.test(words));
        expect(read(words)).toBe(at.toString());
      }),
    );
  });
});

describe('11: what could mean two things, or nothing, is refused', () => {
  it.each(['2026-10-25 01:30', '2027-10-31 1:00am', '2026-10-25 01:59'])(
    '%s happens twice, and both are offered',
    (text) => {
      const refusal = refusalOf(text) as Refusal;
      expect(refusal.code).toBe('repeated-time');
      const readings = refusal.facts.readings as string[];
      const [first, second] = readings.map((reading) => Temporal.Instant.from(read(reading)));
      expect(second?.epochMilliseconds).toBe((first?.epochMilliseconds ?? 0) + 3_600_000);
      expect(refusal.message).toContain(String(readings[0]));
    },
  );

  it.each(['2026-03-29 01:30', '2027-03-28 01:00'])(
    '%s does not exist, and the times on either side are offered',
    (text) => {
      const refusal = refusalOf(text) as Refusal;
      expect(refusal.code).toBe('missing-time');
      expect((refusal.facts.readings as string[]).map((reading) => read(reading))).toHaveLength(2);
    },
  );

  it.each(['2026-10-25 02:00', '2026-10-25 00:59', '2026-03-29 02:00', '2026-03-29 00:59'])(
    '%s happens once',
    (text) => {
      expect(typeof read(text)).toBe('string');
    },
  );

  it.each([
    'soon',
    '8',
    '25:00',
    '2026-02-30 20:00',
    '2026-13-01 20:00',
    '13pm',
    'Tuesday',
    'Tuesday 12am',
    'tonight 2am',
    'Monday 8 December 2026 5pm',
    'next week 8pm',
    '08/12/2026 20:00',
    '2026-12-08T20:15:00+99:00',
    '',
  ])('"%s" is refused with how to type it', (text) => {
    const refusal = refusalOf(text) as Refusal;
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal.code).toBe('unreadable-time');
    expect(refusal.message).toMatch(/Type|Check/);
  });

  it('an unknown zone reads nothing', () => {
    expect((refusalOf('2026-12-08 20:15', 'Europe/Lundon') as Refusal).code).toBe('unknown-zone');
  });
});
