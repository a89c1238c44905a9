import type { Service } from './service.ts';

/** What a file can be. Extract and supplement become a numbered snapshot; the others fill lists. */
export const FILE_KINDS = ['extract', 'supplement', 'practices', 'trusts', 'recipients'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export const FILE_KIND_WORDS = {
  extract: 'e-RS services extract',
  supplement: 'supplement to the extract',
  practices: 'ODS list of GP practices',
  trusts: 'ODS list of trusts and sites',
  recipients: 'list of commissioners and other recipients',
} as const satisfies Record<FileKind, string>;

/** One published import of services, numbered within its migration (rule 3). A plan names its own. */
export interface Snapshot {
  readonly id: number;
  readonly number: number;
  readonly kind: 'extract' | 'supplement';
  /** Of a supplement: the number of the snapshot that it was laid over. */
  readonly baseNumber: number | null;
  /** The id of the extract at the bottom: what was attested for it holds for its supplements too. */
  readonly extractId: number;
  readonly fileName: string;
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
  /** The extract's month end as its importer stated it, an ISO date. */
  readonly taken: string;
  /** The columns that the file (or its supplements) had, by their names in `EXTRACT_COLUMNS`. An absent one is unknown (rule 5). */
  readonly columns: readonly string[];
  /** Services held: the migration's provider's (and its new organisation's). Other providers' rows are only counted. */
  readonly services: number;
  readonly elsewhere: number;
  readonly errors: number;
  readonly warnings: number;
  readonly importedBy: number;
  /** ISO instant. */
  readonly publishedAt: string;
  /** Since when its rows are gone, ISO; null: they are there (rule 27). */
  readonly rowsDeletedAt: string | null;
}

/** What `services` is asked for. Absent means any; several values of one field are alternatives; fields are joined by "and". */
export interface ServiceFilter {
  readonly organisations?: readonly string[];
  readonly sites?: readonly string[];
  readonly specialties?: readonly string[];
  /** Part of the name, any case; `*` stands for anything. */
  readonly name?: string;
  readonly ids?: readonly string[];
  readonly directlyBookable?: boolean;
}

export interface SiteCount {
  readonly organisation: string;
  readonly site: string;
  readonly services: number;
  readonly directlyBookable: number;
  readonly unpublished: number;
  readonly twoWeekWait: number;
}

/** What differs between two snapshots, as counts and the first of each. */
export interface SnapshotDifference {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rows: readonly ServiceDifference[];
}
export interface ServiceDifference {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly what: 'added' | 'removed' | 'changed';
  readonly changes: readonly { readonly field: string; readonly from: string | null; readonly to: string | null }[];
}

/**
 * The provider system that a service is linked to, by its ASID: CURRENT_ASID, else an ENDPOINT_ID in an ASID's shape.
 * Null: not known, so the service cannot be planned (rule 4).
 */
export function providerSystemOf(service: Pick<Service, 'currentAsid' | 'endpointId'>): string | null {
  if (service.currentAsid !== null) return service.currentAsid;
  return service.endpointId !== null && /^\d{12}$/.test(service.endpointId) ? service.endpointId : null;
}

/** Whole days from the stated month end to today; over the migration's limit (45) blocks submitting (rule 2). */
export function extractAgeInDays(taken: string, now: Temporal.Instant, zone: string): number {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  return Temporal.PlainDate.from(taken).until(today, { largestUnit: 'day' }).days;
}
