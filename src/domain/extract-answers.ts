import type { FileKind, ServiceDifference } from './extract.ts';
import type { FlawCode } from './extract-flaw.ts';

/** What the verbs import, services, compare and gaps answer. */
export interface IntakeAnswers {
  readonly imported: ImportedFacts;
  readonly services: ServicesFacts;
  readonly compared: ComparedFacts;
  readonly gaps: GapsFacts;
}

export interface ImportedFacts {
  readonly kind: FileKind;
  readonly kindWords: string;
  readonly fileName: string;
  /** `known`: the same file as before, nothing changed; `redated`: only its month end was corrected. */
  readonly outcome: 'imported' | 'known' | 'redated';
  /** Of services: the snapshot's number, and the one that a supplement was laid over. */
  readonly number: number | null;
  readonly baseNumber: number | null;
  /** ISO date, and its age in days against the limit; null for lists. */
  readonly taken: string | null;
  readonly ageDays: number | null;
  readonly limitDays: number;
  readonly read: number;
  /** Services of the snapshot, or rows of the list. */
  readonly kept: number;
  readonly elsewhere: number;
  readonly errors: number;
  readonly warnings: number;
  readonly flaws: readonly FlawCount[];
  /** How many of them the file lists. */
  readonly listed: number;
  /** Contact columns that no file has supplied so far. */
  readonly unknownColumns: readonly string[];
}

export interface FlawCount {
  readonly code: FlawCode;
  readonly count: number;
  readonly effect: 'left out' | 'warning';
  readonly wrong: string;
}

export interface SnapshotFacts {
  readonly number: number;
  readonly fileName: string;
  readonly taken: string;
  readonly ageDays: number;
  readonly limitDays: number;
}

export interface SiteFacts {
  readonly organisation: string;
  readonly site: string;
  readonly name: string | null;
  readonly services: number;
  readonly directlyBookable: number;
  readonly unpublished: number;
  readonly twoWeekWait: number;
}

export interface ServicesFacts {
  readonly snapshot: SnapshotFacts;
  /** What was asked for, in words; null: everything. */
  readonly filter: string | null;
  readonly services: number;
  readonly directlyBookable: number;
  readonly sites: readonly SiteFacts[];
  readonly first: readonly { readonly serviceId: string; readonly name: string; readonly site: string }[];
  /** False: too many for a file. */
  readonly listed: boolean;
}

export interface ComparedFacts {
  readonly from: SnapshotFacts;
  readonly to: SnapshotFacts;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Which fields changed, most often first. */
  readonly fields: readonly { readonly field: string; readonly count: number }[];
  readonly first: readonly ServiceDifference[];
}

export interface GapsFacts {
  readonly snapshot: SnapshotFacts;
  readonly services: number;
  readonly missing: number;
  readonly unknown: number;
  readonly blocks: boolean;
  readonly sites: readonly {
    readonly site: string;
    readonly name: string | null;
    readonly services: number;
    readonly missing: readonly { readonly column: string; readonly count: number }[];
    readonly unknown: readonly string[];
    readonly attested: readonly { readonly column: string; readonly by: string; readonly at: string }[];
    /** Who was asked last to complete it, by whom and when. */
    readonly asked: { readonly who: string; readonly by: string; readonly at: string } | null;
  }[];
  /** What was attested just now. */
  readonly attestedNow: { readonly site: string; readonly columns: readonly string[] } | null;
  /** Sites that have their own file in this answer. */
  readonly filed: number;
  readonly zone: string;
}
