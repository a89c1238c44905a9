import type { Gate } from '../../src/domain/checklist.ts';
import type { Instant, Nullable } from './installation.ts';

/** An item that a migration added to the guidance's list (rule 7). */
export interface ChecklistItemTable {
  migration_id: number;
  key: string;
  title: string;
  owner: string;
  gate: Gate;
  added_by: number;
  added_at: Instant;
  removed_at: Nullable<Instant>;
}

export interface ChecklistDueTable {
  migration_id: number;
  key: string;
  /** ISO date. */
  due_on: string;
}
