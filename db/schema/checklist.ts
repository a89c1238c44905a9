import type { Gate } from '../../src/domain/checklist.ts';
import type { Id, Instant, Nullable } from './installation.ts';

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

/** Who was asked to complete a site's contact details (rule 5). */
export interface GapRequestTable {
  id: Id;
  migration_id: number;
  site: string;
  asked: string;
  by_id: number;
  at: Instant;
}
