import type { Gate } from './checklist.ts';

export interface ChecklistAnswers {
  readonly 'checklist.shown': ChecklistFacts;
}

/** The guidance's operational considerations as they stand (rule 7). Instants are ISO texts. */
export interface ChecklistFacts {
  readonly zone: string;
  /** The plan that the found items are about, or null. */
  readonly plan: number | null;
  readonly items: readonly ChecklistLine[];
  /** Keys of the items that the asker may tick now. */
  readonly yours: readonly string[];
}

export interface ChecklistLine {
  readonly key: string;
  readonly title: string;
  readonly owner: string;
  readonly gate: Gate;
  readonly byHand: boolean;
  readonly done: boolean;
  readonly because: string;
  readonly by: string | null;
  readonly at: string | null;
  /** An ISO date, or null. */
  readonly due: string | null;
  readonly late: boolean;
}
