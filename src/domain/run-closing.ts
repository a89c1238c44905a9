import { counted } from '../kernel/time-words.ts';
import type { Run } from './run.ts';
import type { RunAction } from './run-decide.ts';
import type { ItemCounts } from './run-progress.ts';

/** What the ledger says is over, by the counts of the run's present direction; null while something is open (rule 16). */
export function closing(run: Pick<Run, 'direction'>, counts: ItemCounts): RunAction | null {
  if (counts.pending + counts.applying + counts.applied > 0) return null;
  const left = counts.failed + counts['needs-a-person'];
  if (left === 0) return { kind: run.direction === 'undo' ? 'all-undone' : 'all-settled' };
  const services = counted(left, 'service');
  return run.direction === 'undo'
    ? { kind: 'pause', reason: 'some-left', words: `${services} could not be turned back by itself.` }
    : { kind: 'stop', reason: 'some-left', words: `${services} could not be changed by itself.` };
}
