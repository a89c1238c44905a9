import type { Intake, IntakeRequest, SeenPicture, Staged } from '../command.ts';
import type { ReadCommissionerMap } from '../domain/commissioner-map.ts';
import type { ReadDeliveryReports } from '../domain/delivery-report.ts';
import { FILE_KINDS, type FileKind } from '../domain/extract.ts';
import type { OpenedFile, OpenFile, Table } from '../domain/extract-file.ts';
import type { WelshRow } from '../domain/notice-welsh-check.ts';
import { next, Refusal } from '../kernel/errors.ts';
import type { UploadedFile } from '../ports/files.ts';
import type { Store } from '../store/store.ts';
import { type CalendarParts, loadBytes, loadCalendar, loadText } from './load-calendar.ts';
import { loadRows } from './load-rows.ts';

const BIGGEST_MAP = 2_000_000;

export interface IntakeParts extends CalendarParts {
  /** Of the database itself, not of a transaction: a load is many small statements, so that others are served meanwhile. */
  readonly store: Store;
  readonly openFile: OpenFile;
  readonly readReports: ReadDeliveryReports;
  readonly readMap: (bytes: Uint8Array) => Promise<ReadCommissionerMap>;
  readonly readWelsh: (bytes: Uint8Array) => Promise<readonly WelshRow[]>;
}

/**
 * Reads an uploaded file into a snapshot that nobody sees, before the verb's transaction publishes it. What fails half-way
 * is removed, and so is the upload once it was read or refused for what it holds. The same file again changes nothing (rule 3).
 */
export function createIntake(parts: IntakeParts): Intake {
  return {
    text: (fileRef, mostBytes) => loadText(parts.files, fileRef, mostBytes),
    look: async (fileRef, mostBytes) => {
      const { name, bytes, sha256 } = await loadBytes(parts.files, fileRef, mostBytes);
      return { name, size: bytes.length, sha256, text: textOf(bytes) };
    },
    deliveryReports: async (fileRef, mostBytes) =>
      parts.readReports((await loadBytes(parts.files, fileRef, mostBytes)).bytes),
    commissionerMap: async (fileRef) => parts.readMap((await loadBytes(parts.files, fileRef, BIGGEST_MAP)).bytes),
    welshWords: async (fileRef) => parts.readWelsh((await loadBytes(parts.files, fileRef, BIGGEST_MAP)).bytes),
    picture: (fileRef) => seenPicture(parts, fileRef),
    calendar: (request) => loadCalendar(parts, request),
    async load(request) {
      await parts.store.staging.sweep();
      await parts.files.sweep();
      const file = await parts.files.open(request.fileRef);
      try {
        const staged = await load(parts, request, file);
        await parts.files.remove(request.fileRef);
        return staged;
      } catch (error) {
        // A question is answered about the same upload; anything else needs another file.
        if (error instanceof Refusal && error.code !== 'ask') await parts.files.remove(request.fileRef);
        throw error;
      }
    },
  };
}

const BIGGEST_PICTURE = 10_000_000;
/** How a picture begins. */
const PICTURES = [
  { type: 'png', start: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'jpeg', start: [0xff, 0xd8, 0xff] },
] as const;

async function seenPicture({ files }: IntakeParts, fileRef: string): Promise<SeenPicture> {
  const { bytes, sha256 } = await loadBytes(files, fileRef, BIGGEST_PICTURE);
  const picture = PICTURES.find(({ start }) => start.every((byte, at) => bytes[at] === byte));
  if (picture === undefined) {
    throw new Refusal('not-a-picture', 'That file is not a screenshot: send it as PNG or JPEG. Nothing was stored.');
  }
  return { sha256, type: picture.type };
}

/** UTF-8, else Windows-1252 as spreadsheets save it; null where bytes stand that no text has. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.some((byte) => byte < 0x09)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

async function load(parts: IntakeParts, request: IntakeRequest, file: UploadedFile): Promise<Staged> {
  const { store } = parts;
  const opened = await parts.openFile(() => file.bytes());
  const kind = kindOf(request.kind, opened);
  const migration = await store.migrations.byId(request.migrationId);
  const scope = new Set([migration?.providerOrg ?? '', migration?.newOrg ?? ''].filter((code) => code !== ''));
  const table = opened.table(kind, scope);
  const base = kind === 'supplement' ? await baseOf(store, request.migrationId) : null;
  const known = await store.staging.known(request.migrationId, kind, file.sha256, base?.extractId ?? null);
  refuseFuture(request);
  if (known) return { snapshotId: known.id };
  const taken = kind === 'extract' ? takenOf(request) : null;
  const id = await store.staging.begin({
    migrationId: request.migrationId,
    kind,
    fileName: file.name,
    sha256: file.sha256,
    encoding: opened.encoding,
    taken: base?.taken ?? taken,
    columns: base ? union(base.columns, columnsOf(table)) : columnsOf(table),
    baseId: base?.id ?? null,
    extractId: base?.extractId ?? null,
    personId: request.personId,
  });
  try {
    await store.staging.finish(id, await loadRows(store.staging, id, table, { base, encoding: opened.encoding }));
    return { snapshotId: id };
  } catch (error) {
    await store.staging.discard(id);
    throw error;
  }
}

function kindOf(said: string, { guessed, familiar }: OpenedFile): FileKind {
  const kind = FILE_KINDS.find((one) => one === said);
  if (kind) return kind;
  if (guessed) return guessed;
  if (!familiar) {
    throw new Refusal(
      'wrong-header',
      'The first line has none of the headings that I know. An extract has SERVICE_ID, SERVICE_NAME, PROVIDER_ORG_ID, LOCATION_ORG_ID and DIRECTLY_BOOKABLE_IND, with commas between them; a list of recipients has code, name, kind and email; ODS files have 27 columns. Send the right file, or add its header line. Nothing was stored.',
    );
  }
  const what = 'The first line does not tell what this file is. Say which it is.';
  throw new Refusal('ask', what, { fields: { kind: what } });
}

/** The file has no date: its importer states the month end (rule 2). */
function takenOf(request: IntakeRequest): string {
  if (request.taken !== null) return request.taken;
  const what = 'The extract has no date in it. Say the last day of the month that it shows, for example 2026-10-31.';
  throw new Refusal('ask', what, { fields: { taken: what } });
}

function refuseFuture(request: IntakeRequest): void {
  const tomorrow = request.now.add({ hours: 24 }).toString().slice(0, 10);
  if (request.taken === null || request.taken <= tomorrow) return;
  const what = 'That day is still to come. Say the last day of the month that the extract shows.';
  throw new Refusal('ask', what, { fields: { taken: what } });
}

async function baseOf(store: Store, migrationId: number) {
  const base = await store.snapshots.current(migrationId);
  if (base) return base;
  throw new Refusal(
    'no-extract',
    'A supplement adds to an extract, and none has been imported yet. Import the extract first, then this file.',
    { remedy: [next('Import the extract', 'import', { kind: 'extract' })] },
  );
}

function columnsOf(table: Table): readonly string[] {
  return table.columns;
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}
