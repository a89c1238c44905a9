import type { FileKind } from './extract.ts';
import type { Flaw } from './extract-flaw.ts';
import type { Organisation } from './organisation.ts';
import type { RecipientRow } from './recipient.ts';
import type { Service } from './service.ts';

/** A file's bytes, from the start each time it is opened. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

/** Looks a file through and gives what it is; refuses what is empty, not CSV, or has a patient column (rule 2). */
export type OpenFile = (bytes: OpenBytes) => Promise<OpenedFile>;

export interface OpenedFile {
  readonly encoding: 'utf-8' | 'windows-1252';
  /** By the first line; null when that does not tell. */
  readonly guessed: FileKind | null;
  /** Whether any heading of the first line is one that some kind of file has. */
  readonly familiar: boolean;
  /** Checks the header for this kind, or refuses; then the rows come as they are read. `scope`: the providers whose services are kept. */
  table(kind: FileKind, scope: ReadonlySet<string>): Table;
}

export type Table =
  | ({ readonly kind: 'extract' } & Columns & Rows<Service>)
  | ({ readonly kind: 'supplement' } & Columns & Rows<SupplementRow>)
  | ({ readonly kind: 'practices' | 'trusts' } & Columns & Rows<Organisation>)
  | ({ readonly kind: 'recipients' } & Columns & Rows<RecipientLine>);

export interface Columns {
  /** The known columns that the file has, by their names in `EXTRACT_COLUMNS`. */
  readonly columns: readonly string[];
  /** Headings that nobody knows: not read. */
  readonly ignored: readonly string[];
}

interface Rows<T> {
  batches(): AsyncIterable<RowBatch<T>>;
}

/** What one piece of the file gave. */
export interface RowBatch<T> {
  readonly rows: readonly T[];
  readonly flaws: readonly Flaw[];
  /** Rows looked at, good and bad. */
  readonly read: number;
  /** Rows of other providers: only their shape, id and provider were checked. */
  readonly elsewhere: number;
}

/** What a supplement says of one service. A blank cell says nothing: it takes away no value of the extract. */
export interface SupplementRow {
  readonly line: number;
  readonly serviceId: string;
  readonly set: Partial<Service>;
}

export interface RecipientLine {
  readonly line: number;
  readonly row: RecipientRow;
}
