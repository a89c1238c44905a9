import { describe, expect, it } from 'vitest';
import type { Notice, NoticeKind } from '../../src/domain/notice.ts';
import { type DueInput, noticeDue } from '../../src/domain/notice-due.ts';
import type { PlanState } from '../../src/domain/plan.ts';
import { factsOf } from '../support/notice-facts.ts';

const TOLD = { from: '2026-12-08T17:00:00Z', to: '2026-12-08T23:00:00Z' };
const BEFORE = Temporal.Instant.from('2026-12-05T09:00:00Z');

function notice(id: number, kind: NoticeKind, more: Partial<Notice> = {}): Notice {
  return {
    id,
    migrationId: 1,
    planId: 1,
    kind,
    test: false,
    token: 't',
    mailKey: 'k',
    contentHash: 'h',
    facts: factsOf(kind, { outage: TOLD }),
    status: 'finished',
    dueAt: '2026-12-01T09:00:00Z',
    mailsPerMinute: null,
    createdBy: 1,
    createdAt: '2026-12-01T09:00:00Z',
    startedAt: '2026-12-01T09:00:00Z',
    finishedAt: null,
    heldAt: null,
    heldWhy: null,
    replacedBy: null,
    ...more,
  };
}

function due(state: PlanState, more: Partial<DueInput> = {}) {
  const plan = { number: 1, state };
  const base = { notices: [notice(1, 'planned')], plan, othersLive: false, outage: TOLD, zone: 'Europe/London' };
  return noticeDue({ ...base, now: BEFORE, ...more });
}

describe('what people who were told have to be told next', () => {
  it('21: nothing while all is as they were told, or nobody was told anything', () => {
    expect(due('approved')).toBeNull();
    expect(due('completed', { notices: [] })).toBeNull();
    expect(due('completed', { notices: [notice(1, 'planned', { startedAt: null, status: 'scheduled' })] })).toBeNull();
  });

  it.each([
    ['completed', 'completed'],
    ['rolled-back', 'rolled-back'],
    ['withdrawn', 'cancelled'],
    ['expired', 'cancelled'],
  ] as const)('21: a plan that is %s: "%s", until it was sent or scheduled', (state, kind) => {
    expect(due(state)?.kind).toBe(kind);
    const sent = [notice(1, 'planned'), notice(2, kind)];
    expect(due(state, { notices: sent })).toBeNull();
    const scheduled = [notice(1, 'planned'), notice(2, kind, { startedAt: null, status: 'scheduled' })];
    expect(due(state, { notices: scheduled })).toBeNull();
  });

  it('21: a plan that was taken back cancels nothing while another is under way', () => {
    expect(due('withdrawn', { othersLive: true })).toBeNull();
  });

  it('21: another start is "moved", a later end "extended", during the outage too; an earlier end is never "longer"', () => {
    const moved = { from: '2026-12-15T17:00:00Z', to: '2026-12-15T23:00:00Z' };
    expect(due('approved', { outage: moved })?.kind).toBe('moved');
    const longer = { from: TOLD.from, to: '2026-12-09T02:00:00Z' };
    expect(due('approved', { outage: longer })?.kind).toBe('extended');
    const during = Temporal.Instant.from('2026-12-08T21:00:00Z');
    expect(due('running', { outage: longer, now: during })?.kind).toBe('extended');
    expect(due('running', { outage: longer, now: during })?.why).toContain('2am');
    const shorter = { from: TOLD.from, to: '2026-12-08T22:00:00Z' };
    expect(due('approved', { outage: shorter })?.kind).toBe('moved');
    expect(due('running', { outage: shorter, now: during })?.kind).toBe('moved');
    const other = { from: TOLD.from, to: '2026-12-09T03:00:00Z' };
    expect(due('running', { outage: other, now: during })?.key).not.toBe(
      due('running', { outage: longer, now: during })?.key,
    );
  });

  it('21: shortly before the promised end an open plan asks whether it holds', () => {
    const almost = Temporal.Instant.from('2026-12-08T22:44:59Z');
    const soon = Temporal.Instant.from('2026-12-08T22:45:00Z');
    expect(due('verifying', { now: almost })).toBeNull();
    expect(due('verifying', { now: soon })?.kind).toBe('extended');
    expect(due('completed', { now: soon, notices: [notice(1, 'planned'), notice(2, 'completed')] })).toBeNull();
  });

  it('21: a free update changes nothing of what is due', () => {
    expect(due('completed', { notices: [notice(1, 'planned'), notice(2, 'update')] })?.kind).toBe('completed');
  });
});
