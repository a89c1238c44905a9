import { describe, expect, it } from 'vitest';
import type { BankHolidays } from '../../src/domain/bank-holidays.ts';
import { leadDeadline, nextSendingTime, sendingForecast, sendingSeconds } from '../../src/domain/notice-lead.ts';

const ZONE = 'Europe/London';
const KNOWN: BankHolidays = {
  source: 'a test table',
  coveredFrom: '2026-01-01',
  coveredTo: '2027-12-31',
  days: new Map([
    ['2026-12-25', 'Christmas Day'],
    ['2026-12-28', 'Boxing Day (substitute)'],
    ['2027-01-01', "New Year's Day"],
  ]),
};
const at = (iso: string) => Temporal.Instant.from(iso);

describe('the lead of a notice', () => {
  it.each([
    ['2026-12-08T17:00:00Z', 5, '2026-12-01T17:00:00Z'],
    ['2027-01-05T17:00:00Z', 5, '2026-12-24T17:00:00Z'],
    ['2026-12-29T17:00:00Z', 1, '2026-12-24T17:00:00Z'],
    ['2026-12-08T17:00:00Z', 0, '2026-12-08T17:00:00Z'],
  ])('24: before an outage at %s, %i working days are counted back to %s', (start, days, deadline) => {
    expect(leadDeadline(start, days, ZONE, KNOWN)?.toString()).toBe(deadline);
  });

  it('24: the time of day stays over a clock change', () => {
    expect(leadDeadline('2026-10-27T17:00:00Z', 5, ZONE, KNOWN)?.toString()).toBe('2026-10-20T16:00:00Z');
  });

  it('24: beyond the calendar no lead counts as met', () => {
    expect(leadDeadline('2029-06-01T16:00:00Z', 5, ZONE, KNOWN)).toBeNull();
    expect(sendingForecast(at('2026-12-01T09:00:00Z'), 1, null, null).leadMet).toBe(false);
  });

  it.each([
    ['2026-12-01T08:59:00Z', '2026-12-01T09:00:00Z'],
    ['2026-12-01T09:00:00Z', '2026-12-01T09:00:00Z'],
    ['2026-12-01T09:01:00Z', '2026-12-02T09:00:00Z'],
    ['2026-12-24T12:00:00Z', '2026-12-29T09:00:00Z'],
    ['2026-08-07T12:00:00Z', '2026-08-10T08:00:00Z'],
  ])('21: what is scheduled at %s goes at 9am on a working day: %s', (now, due) => {
    expect(nextSendingTime(at(now), ZONE, KNOWN)?.toString()).toBe(due);
  });

  it('21: beyond the calendar no morning is offered', () => {
    expect(nextSendingTime(at('2028-01-03T08:00:00Z'), ZONE, KNOWN)).toBeNull();
  });

  it('21: the last mail goes when the rate allows, and that decides the lead', () => {
    expect(sendingSeconds(6914, 25)).toBe(16_592);
    expect(sendingSeconds(6914, null)).toBe(0);
    expect(sendingSeconds(0, 25)).toBe(0);
    const forecast = sendingForecast(at('2026-12-01T15:00:00Z'), 6914, 25, at('2026-12-01T17:00:00Z'));
    expect(forecast).toMatchObject({ lastAt: '2026-12-01T19:36:32Z', leadMet: false });
  });
});
