import type { Selection } from '../../src/domain/selection.ts';
import type { Instant, Json } from './installation.ts';

/** What was typed for a difference that was shown: a button holds the code alone (rule 4). */
export interface ShownSelectionTable {
  migration_id: number;
  code: string;
  input: Json<Readonly<Record<string, string>>>;
  at: Instant;
}

/** A selection kept under a name. */
export interface WaveTable {
  migration_id: number;
  name: string;
  selection: Json<Selection>;
  by_id: number;
  at: Instant;
}
