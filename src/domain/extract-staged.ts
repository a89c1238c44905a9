import type { FileKind } from './extract.ts';
import type { FlawCode } from './extract-flaw.ts';

/** A file as it comes in. */
export interface NewFile {
  readonly migrationId: number;
  readonly kind: FileKind;
  readonly fileName: string;
  readonly sha256: string;
  readonly encoding: string;
  readonly taken: string | null;
  readonly columns: readonly string[];
  /** Of a supplement: the snapshot that it is laid over, and the extract at the bottom. */
  readonly baseId: number | null;
  readonly extractId: number | null;
  readonly personId: number;
}

export interface StagedTotals {
  readonly rowsRead: number;
  readonly services: number;
  readonly elsewhere: number;
  readonly errors: number;
  readonly warnings: number;
  readonly flawCounts: Readonly<Partial<Record<FlawCode, number>>>;
}

export interface StagedFile extends NewFile, StagedTotals {
  readonly id: number;
  readonly number: number | null;
  readonly status: 'loading' | 'staged' | 'published';
}
