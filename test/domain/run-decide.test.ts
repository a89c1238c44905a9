import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUN_STATES } from '../../src/domain/run.ts';
import { decideRun, mayRun, type RunAction, type RunSituation } from '../../src/domain/run-decide.ts';

const NOW = Temporal.Instant.from('2026-12-08T20:30:00Z');
const ACTIONS: RunAction[] = [
  { kind: 'pause', reason: 'asked', words: 'asked' },
  { kind: 'continue' },
  { kind: 'stop', reason: 'aborted', words: 'aborted' },
  { kind: 'all-settled' },
  { kind: 'undo' },
  { kind: 'all-undone' },
  { kind: 'complete' },
  { kind: 'stay' },
];
const action = (kind: RunAction['kind']) => ACTIONS.find((one) => one.kind === kind) as RunAction;

describe('the life of a run', () => {
  it.each([
    ['running', 'pause', 'paused'],
    ['running', 'stop', 'stopped'],
    ['running', 'all-settled', 'verifying'],
    ['paused', 'continue', 'running'],
    ['paused', 'stop', 'stopped'],
    ['paused', 'undo', 'rolling-back'],
    ['stopped', 'continue', 'running'],
    ['stopped', 'all-settled', 'verifying'],
    ['stopped', 'undo', 'rolling-back'],
    ['verifying', 'undo', 'rolling-back'],
    ['verifying', 'complete', 'completed'],
  ] as const)('16: %s, %s: %s', (state, kind, next) => {
    expect(decideRun({ state, direction: 'forward' }, action(kind), NOW).state).toBe(next);
  });

  it.each([
    ['rolling-back', 'pause', 'paused'],
    ['rolling-back', 'stop', 'paused'],
    ['rolling-back', 'all-undone', 'rolled-back'],
    ['paused', 'continue', 'rolling-back'],
  ] as const)('18: while going back, %s, %s: %s', (state, kind, next) => {
    expect(decideRun({ state, direction: 'undo' }, action(kind), NOW)).toMatchObject({
      state: next,
      direction: 'undo',
    });
  });

  it('16: what the table does not allow is refused with the present state', () => {
    expect(() => decideRun({ state: 'completed', direction: 'forward' }, { kind: 'continue' }, NOW)).toThrow(
      'The run is completed, so it cannot be continued.',
    );
  });

  it('18: a run that goes back goes forward again only where it stays, and that stops it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTIONS), { maxLength: 30 }), (actions) => {
        let at: RunSituation = { state: 'running', direction: 'forward' };
        for (const one of actions) {
          if (!mayRun(at, one.kind)) continue;
          const next = decideRun(at, one, NOW);
          expect(RUN_STATES).toContain(next.state);
          if (at.direction === 'undo' && one.kind !== 'stay') expect(next.direction).toBe('undo');
          if (one.kind === 'stay') expect(next).toMatchObject({ state: 'stopped', direction: 'forward' });
          if (next.direction === 'undo') expect(['rolling-back', 'paused', 'rolled-back']).toContain(next.state);
          at = next;
        }
      }),
    );
  });
});
