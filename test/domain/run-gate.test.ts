import { describe, expect, it } from 'vitest';
import { loadBankHolidays } from '../../src/calendars/holidays.ts';
import { GO_PARTS, goState } from '../../src/domain/go.ts';
import { DEFAULT_HOURS } from '../../src/domain/hours-policy.ts';
import {
  batchVerdict,
  type StartQuestion,
  startRefusal,
  startVerdict,
  windowVerdict,
} from '../../src/domain/run-gate.ts';
import type { Stop } from '../../src/domain/verdict.ts';
import { hours } from '../../src/domain/working-hours.ts';

const at = (text: string) => Temporal.Instant.from(text);
const judge = (stops: readonly Stop[] = []) => hours(DEFAULT_HOURS, { bankHolidays: loadBankHolidays(), stops });
const window = { from: '2026-12-08T20:00:00Z', to: '2026-12-08T23:30:00Z' };
const needed = { expectedSeconds: 3600, verificationReserveSeconds: 3600, rollbackReserveSeconds: 1800 };

function question(now: string, more: Partial<StartQuestion> = {}): StartQuestion {
  const answers = GO_PARTS.map((part) => ({
    part,
    said: 'yes' as const,
    by: 1,
    at: at(now).subtract({ minutes: 10 }).toString(),
    note: null,
  }));
  return {
    hours: judge(),
    zone: 'Europe/London',
    now: at(now),
    windows: [window],
    needed,
    go: goState(answers, at(now), 60),
    amberReason: null,
    outageCheckedAt: at(now).subtract({ hours: 2 }).toString(),
    outageCheckValidHours: 24,
    ...more,
  };
}
const codes = (asked: StartQuestion) => {
  const verdict = startVerdict(asked);
  return verdict.may ? [] : verdict.problems.map((problem) => problem.code);
};

describe('12 and 13: the start', () => {
  it('is allowed in the window, with a go and a fresh look at the live service pages', () => {
    expect(startVerdict(question('2026-12-08T20:05:00Z'))).toEqual({
      may: true,
      window,
      closesAt: '2026-12-08T23:30:00Z',
      lastStart: '2026-12-08T21:00:00Z',
    });
  });

  it.each([
    ['working hours', '2026-12-08T10:00:00Z', {}, ['working-hours', 'outside-window']],
    ['before the window', '2026-12-07T21:00:00Z', {}, ['outside-window']],
    ['after the window', '2026-12-09T01:00:00Z', {}, ['outside-window']],
    ['no window', '2026-12-08T20:05:00Z', { windows: [] }, ['no-window']],
    ['a second too late to fit', '2026-12-08T21:00:01Z', {}, ['does-not-fit']],
    ['nobody looked at the live service pages', '2026-12-08T20:05:00Z', { outageCheckedAt: null }, ['outage-check']],
    ['the look is a day old', '2026-12-08T20:05:00Z', { outageCheckedAt: '2026-12-07T20:05:00Z' }, ['outage-check']],
    ['no go', '2026-12-08T20:05:00Z', { go: goState([], at('2026-12-08T20:05:00Z'), 60) }, ['go']],
  ] as const)('is refused: %s', (_why, now, more, expected) => {
    expect(codes(question(now, more))).toEqual(expected);
  });

  it('12: refuses a window reserved in working hours: a reservation overrides nothing', () => {
    const windows = [{ from: '2026-12-08T09:00:00Z', to: '2026-12-08T12:00:00Z' }];
    expect(codes(question('2026-12-08T09:00:00Z', { windows, amberReason: 'I insist' }))).toEqual(['working-hours']);
  });

  it('12: asks for a second confirmation with a reason where the change touches amber time', () => {
    const windows = [{ from: '2026-12-08T18:30:00Z', to: '2026-12-08T23:30:00Z' }];
    expect(codes(question('2026-12-08T19:30:00Z', { windows }))).toEqual(['amber']);
    expect(codes(question('2026-12-08T19:30:00Z', { windows, amberReason: '  ' }))).toEqual(['amber']);
    expect(codes(question('2026-12-08T19:30:00Z', { windows, amberReason: 'the supplier is here until 9pm' }))).toEqual(
      [],
    );
  });

  it('fits against a freeze or planned outage inside the window, not only its end', () => {
    const outage: Stop = {
      rule: 'e-rs-outage',
      from: '2026-12-08T22:00:00Z',
      to: '2026-12-08T23:00:00Z',
      source: 's',
      text: 't',
    };
    expect(codes(question('2026-12-08T20:05:00Z', { hours: judge([outage]) }))).toEqual(['does-not-fit']);
  });

  it('says all that is wrong, the next openings that fit, and what to do', () => {
    const verdict = startVerdict(question('2026-12-08T10:00:00Z'));
    if (verdict.may) throw new Error('must be refused');
    const refusal = startRefusal(verdict, 'Europe/London');
    expect(refusal.code).toBe('working-hours');
    expect(refusal.message).toContain('Monday to Friday 8am to 6:30pm');
    expect(refusal.message).toContain('Next openings that fit: Tuesday 8 December 2026, 8pm; Wednesday');
    expect(refusal.remedy.map((step) => step.verb)).toEqual(['window', 'why']);
  });
});

describe('12 and 13: before each batch', () => {
  const batch = (now: string, stops: readonly Stop[] = [], more = {}) =>
    batchVerdict({
      hours: judge(stops),
      now: at(now),
      window,
      batchSeconds: 60,
      reserveSeconds: 5400,
      amberReason: null,
      ...more,
    });

  it('goes on while the batch and the reserves fit', () => {
    expect(batch('2026-12-08T21:59:00Z')).toEqual({ may: true, closesAt: '2026-12-08T23:30:00Z', secondsLeft: 5460 });
  });

  it('stops between two when they do not', () => {
    expect(batch('2026-12-08T21:59:01Z')).toMatchObject({ may: false, code: 'window-closing' });
    expect(batch('2026-12-08T23:30:00Z')).toMatchObject({ may: false, code: 'window-closing' });
  });

  it.each(['freeze', 'incident', 'e-rs-outage'] as const)('stops for a %s that was set meanwhile', (rule) => {
    const stop: Stop = { rule, from: '2026-12-08T20:30:00Z', to: null, source: 's', text: 'Stop.' };
    expect(batch('2026-12-08T20:29:59Z', [{ ...stop, to: '2026-12-08T20:40:00Z' }])).toMatchObject({
      may: false,
      code: 'window-closing',
    });
    expect(batch('2026-12-08T20:30:00Z', [stop])).toMatchObject({ may: false, code: rule, text: 'Stop.' });
  });

  it('needs the second confirmation in amber time too', () => {
    const early = { window: { from: '2026-12-08T18:30:00Z', to: '2026-12-08T23:30:00Z' } };
    expect(batch('2026-12-08T19:00:00Z', [], early)).toMatchObject({ may: false, code: 'amber' });
    expect(batch('2026-12-08T19:00:00Z', [], { ...early, amberReason: 'agreed with the site' })).toMatchObject({
      may: true,
    });
  });
});

describe('13: the planned time', () => {
  it('fits only when nothing in it is closed and the whole length is in it', () => {
    expect(windowVerdict(judge(), window, needed)).toEqual({ fits: true, amber: false, reasons: [] });
    expect(windowVerdict(judge(), { ...window, to: '2026-12-08T21:00:00Z' }, needed).fits).toBe(false);
    const morning = windowVerdict(judge(), { from: '2026-12-09T06:00:00Z', to: '2026-12-09T09:00:00Z' }, needed);
    expect(morning.fits).toBe(false);
    expect(morning.reasons.map((reason) => reason.rule)).toEqual(['working-hours']);
    expect(windowVerdict(judge(), { from: '2026-12-08T19:00:00Z', to: '2026-12-08T23:30:00Z' }, needed).amber).toBe(
      true,
    );
  });
});
