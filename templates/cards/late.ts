import type { LateEntry } from '../../src/domain/run-answers.ts';
import { clockInWords, counted, inWords } from '../../src/kernel/time-words.ts';
import { STEP_WORDS } from './run-guided.ts';

/** Both times: when it happened as noted on paper, and when it was entered (rule 30). Nothing where nothing was late. */
export function lateFacts({
  late,
  zone,
}: {
  readonly late: { readonly count: number; readonly newest: readonly LateEntry[] };
  readonly zone: string;
}): { label: string; value: string }[] {
  if (late.count === 0) return [];
  const lines = late.newest.map(
    ({ what, at, enteredAt }) => `${wordsOf(what)} ${clockInWords(at, zone)}, entered ${inWords(enteredAt, zone)}`,
  );
  const more = late.count - late.newest.length;
  const value = [...lines, ...(more > 0 ? [`and ${counted(more, 'other')}`] : [])].join('; ');
  return [{ label: 'Recorded late', value }];
}

/** A step of the screen in words; a service keeps its id, and a scenario its short name. */
function wordsOf(what: string): string {
  const steps: Readonly<Record<string, string>> = STEP_WORDS;
  return steps[what] ?? what.replace('remove-slot', 'Remove Slot');
}
