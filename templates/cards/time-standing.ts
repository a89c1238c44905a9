import type { Part } from '../../src/card/card.ts';

/** Freezes and the incident that stand, first on every card of the migration (rule 19). */
export function standingParts(standing: readonly string[]): readonly Part[] {
  return standing.map((words) => ({ kind: 'text', text: `✋ ${words}`, weight: 'strong' }));
}
