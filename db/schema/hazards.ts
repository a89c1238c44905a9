import type { Hazard } from '../../src/domain/hazard.ts';
import type { Risk } from '../../src/domain/hazard-risk.ts';
import type { Id, Instant, Json, Nullable } from './installation.ts';

/** A hazard that a migration added to the starter ones. */
export interface HazardOwnTable {
  migration_id: number;
  key: string;
  hazard: Json<Hazard>;
  by_id: number;
  at: Instant;
}

/** What was said about a hazard; never changed, only followed by another. */
export interface HazardNoteTable {
  id: Id;
  migration_id: number;
  key: string;
  initial: Json<Risk | null>;
  residual: Json<Risk | null>;
  owner: Nullable<string>;
  note: Nullable<string>;
  by_id: number;
  at: Instant;
}

export interface HazardSignOffTable {
  id: Id;
  migration_id: number;
  /** Of the log's contents that were signed. */
  hash: string;
  note: Nullable<string>;
  by_id: number;
  at: Instant;
}
