import { expect, it } from 'vitest';
import { GO_PARTS, type GoAnswer, goGaps, goState } from '../../src/domain/go.ts';

const now = Temporal.Instant.from('2026-12-08T20:05:00Z');
const yes = (part: GoAnswer['part'], at: string): GoAnswer => ({ part, said: 'yes', by: 1, at, note: null });
const all = (at: string) => GO_PARTS.map((part) => yes(part, at));

it('13: a go is given when all four parts were answered in the last 60 minutes', () => {
  const state = goState(all('2026-12-08T19:30:00Z'), now, 60);
  expect(state).toMatchObject({ given: true, next: null, validUntil: '2026-12-08T20:30:00Z' });
  expect(goGaps(state)).toEqual([]);
});

it('13: a part grows old after 60 minutes, to the minute, and takes the go with it', () => {
  const answers = [...all('2026-12-08T19:30:00Z').slice(1), yes('new-pas-live', '2026-12-08T19:05:00Z')];
  expect(goState(answers, now.subtract({ seconds: 1 }), 60).given).toBe(true);
  const old = goState(answers, now, 60);
  expect(old).toMatchObject({ given: false, next: 'new-pas-live', validUntil: null });
  expect(goGaps(old)).toEqual(['New PAS live was given too long ago']);
});

it('13: the latest answer counts, and a no does not grow old', () => {
  const no: GoAnswer = {
    part: 'no-incident',
    said: 'no',
    by: 2,
    at: '2026-12-08T19:40:00Z',
    note: 'live pages show one',
  };
  expect(goState([...all('2026-12-08T19:30:00Z'), no], now, 60)).toMatchObject({ given: false, next: 'no-incident' });
  expect(goState([no, ...all('2026-12-08T19:50:00Z')], now, 60).given).toBe(true);
  expect(goState([no], now.add({ hours: 48 }), 60).parts.find((part) => part.part === 'no-incident')?.state).toBe('no');
});

it('13: nothing answered is no go, and the first question comes first', () => {
  expect(goState([], now, 60)).toMatchObject({ given: false, next: 'new-pas-live' });
});
