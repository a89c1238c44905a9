import { describe, expect, it } from 'vitest';
import type { BankHolidays } from '../../src/domain/bank-holidays.ts';
import { type InformedState, informedVerdict } from '../../src/domain/notice-informed.ts';

const KNOWN: BankHolidays = { source: 'a test', coveredFrom: '2026-01-01', coveredTo: '2026-12-31', days: new Map() };
const SETTINGS = { noticeLeadWorkingDays: 5, referrersSentPercent: 98 };
const START = '2026-12-08T17:00:00Z';
const TOLD: InformedState = {
  announced: true,
  commissioners: { total: 2, told: 2, left: [] },
  referrers: { total: 100, told: 100 },
  toldAt: '2026-12-01T09:05:00Z',
  restAccepted: null,
  shortLead: null,
  welsh: null,
};

function faults(more: Partial<InformedState>, start: string | null = START) {
  return informedVerdict({ ...TOLD, ...more }, start, SETTINGS, 'Europe/London', KNOWN).faults.map((one) => one.fault);
}

describe('may the run start, as far as people are informed', () => {
  it('24: everybody told in time opens the gate', () => {
    expect(informedVerdict(TOLD, START, SETTINGS, 'Europe/London', KNOWN)).toMatchObject({
      ok: true,
      headline: 'Told: 2 of 2 commissioners, 100 of 100 referrers.',
    });
  });

  it('24: no outage, or no notice of this outage, is closed', () => {
    expect(faults({}, null)).toEqual(['no-outage']);
    expect(faults({ announced: false })).toEqual(['not-announced']);
  });

  it('24: every commissioner counts; one who was neither reached nor phoned closes it and is named', () => {
    const left = [{ code: 'QA1', name: 'A board' }];
    const verdict = informedVerdict(
      { ...TOLD, commissioners: { total: 2, told: 1, left } },
      START,
      SETTINGS,
      'Europe/London',
      KNOWN,
    );
    expect(verdict.ok).toBe(false);
    expect(verdict.faults[0]).toMatchObject({ fault: 'commissioners', verb: 'calls' });
    expect(verdict.faults[0]?.text).toContain('A board (QA1)');
    expect(faults({ commissioners: { total: 0, told: 0, left: [] } })).toEqual(['commissioners']);
  });

  it('24: 98 % of referrers, and the rest accepted with a reason', () => {
    expect(faults({ referrers: { total: 100, told: 97 } })).toEqual(['referrers']);
    expect(faults({ referrers: { total: 100, told: 98 } })).toEqual(['rest']);
    const restAccepted = { by: 4, reason: 'two closed practices' };
    expect(faults({ referrers: { total: 100, told: 98 }, restAccepted })).toEqual([]);
    expect(faults({ referrers: { total: 100, told: 97 }, restAccepted })).toEqual(['referrers']);
    expect(faults({ referrers: { total: 0, told: 0 } })).toEqual([]);
  });

  it("24: told later than the lead asks needs the e-RS lead's reason, which is shown", () => {
    expect(faults({ toldAt: '2026-12-01T17:00:00Z' })).toEqual([]);
    expect(faults({ toldAt: '2026-12-01T17:00:01Z' })).toEqual(['lead']);
    const shortLead = { by: 4, reason: 'the supplier moved it' };
    const verdict = informedVerdict(
      { ...TOLD, toldAt: '2026-12-04T09:00:00Z', shortLead },
      START,
      SETTINGS,
      'Europe/London',
      KNOWN,
    );
    expect(verdict).toMatchObject({ ok: true, shortLead: 'the supplier moved it' });
  });

  it('24: an outage beyond the bank-holiday calendar is closed', () => {
    expect(faults({}, '2027-12-08T17:00:00Z')).toEqual(['lead']);
  });
});
