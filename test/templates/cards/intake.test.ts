import { expect, it } from 'vitest';
import { toPlainText } from '../../../src/card/plain-text.ts';
import type { GapsFacts, ServicesFacts } from '../../../src/domain/extract-answers.ts';
import { intakeCards } from '../../../templates/cards/intake.ts';

const snapshot = { number: 3, fileName: 'EBSX05.csv', taken: '2026-11-30', ageDays: 1, limitDays: 45 };
const codes = Array.from({ length: 60 }, (_, at) => `XR1${String(at).padStart(2, '0')}`);

it('services: at 60 sites the card is as short as at 12', () => {
  const sites = codes.map((site) => ({
    organisation: 'XR1',
    site,
    name: null,
    services: 25,
    directlyBookable: 20,
    unpublished: 1,
    twoWeekWait: 2,
  }));
  const facts: ServicesFacts = {
    snapshot,
    filter: null,
    services: 1_500,
    directlyBookable: 1_200,
    sites,
    first: [],
    listed: true,
  };
  const text = toPlainText(intakeCards.services(facts));
  expect(text).toContain('1,500 services in snapshot 3');
  expect(text).toContain('and 48 sites more');
  expect(text.split('\n').length).toBeLessThan(25);
});

it('5: gaps at 60 sites stay short, and a word that was given names who and when', () => {
  const sites = codes.map((site) => ({
    site,
    name: null,
    services: 25,
    missing: [],
    unknown: [],
    attested: [{ column: 'HOURS_OF_OPERATION', by: 'A planner', at: '2026-12-01T19:00:00Z' }],
    asked: null,
  }));
  const facts: GapsFacts = {
    snapshot,
    services: 1_500,
    missing: 0,
    unknown: 0,
    blocks: false,
    sites,
    attestedNow: null,
    filed: 0,
    zone: 'Europe/London',
  };
  const text = toPlainText(intakeCards.gaps(facts));
  expect(text).toContain('Contact details are complete for all 1,500 services');
  expect(text).toContain('HOURS_OF_OPERATION at XR100: complete in e-RS, says A planner, Tuesday 1 December 2026, 7pm');
  expect(text.split('\n').length).toBeLessThan(40);
});
