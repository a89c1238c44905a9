import { describe, expect, it } from 'vitest';
import { CHECKLIST } from '../../src/domain/checklist.ts';
import {
  type ChecklistMark,
  checklistStates,
  gateBlockers,
  runGateBlockers,
} from '../../src/domain/checklist-state.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/migration.ts';
import { NEW_ASID, OLD_ASID } from './plan-service.ts';

const migration = { newAsid: NEW_ASID, settings: DEFAULT_SETTINGS };
const now = Temporal.Instant.from('2026-12-01T12:00:00Z');
const mark = (key: string, more: Partial<ChecklistMark> = {}): ChecklistMark => ({
  key,
  by: 'a tester',
  at: '2026-11-20T10:00:00Z',
  evidence: 'T-1 booked and cancelled',
  target: NEW_ASID,
  practicePlan: null,
  ...more,
});
const allMarks = CHECKLIST.filter((item) => item.byHand).map((item) => mark(item.key));
const allDerived = Object.fromEntries(
  CHECKLIST.filter((item) => !item.byHand).map((item) => [item.key, { done: true, because: 'found' }]),
);
const states = (marks = allMarks, derived = allDerived) => checklistStates(marks, derived, migration, 'plan', now);

describe('7: the checklist', () => {
  it('7: everything done leaves no blocker', () => {
    expect(runGateBlockers(states())).toEqual([]);
  });

  it('7: the test booking blocks the run, not the submit', () => {
    const some = states(allMarks.filter(({ key }) => key !== 'test-booking'));
    expect(gateBlockers('submit', some)).toEqual([]);
    expect(runGateBlockers(some).map(({ key }) => key)).toEqual(['test-booking']);
  });

  it.each([
    ['older than 30 days', { at: '2026-10-01T10:00:00Z' }],
    ['for another target system', { target: OLD_ASID }],
  ])('7: a test booking that is %s does not count', (_why, more) => {
    const some = states(allMarks.map((one) => (one.key === 'test-booking' ? { ...one, ...more } : one)));
    expect(runGateBlockers(some).map(({ key }) => key)).toEqual(['test-booking']);
  });

  it('7: "informed" and "sign-off" are never set by hand', () => {
    const some = states([...allMarks, mark('informed'), mark('sign-off')], {});
    expect(runGateBlockers(some).map(({ key }) => key)).toEqual([
      'contact-details',
      'verification-services',
      'informed',
      'sign-off',
    ]);
  });

  it('7: a practice plan has no notice and no test gate', () => {
    expect(checklistStates([], {}, migration, 'practice', now).map(({ item }) => item.key)).toEqual([
      'contact-details',
    ]);
  });
});
