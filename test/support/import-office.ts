import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../db/connect.ts';
import { calendarFeed } from '../../src/calendars/feed.ts';
import { readIcs } from '../../src/calendars/ics.ts';
import type { CalendarFeed } from '../../src/ports/calendar-feed.ts';
import { type UploadedFiles, uploadFolder } from '../../src/ports/files.ts';
import { readCommissionerMap } from '../../src/readers/commissioner-map.ts';
import { readDeliveryReports } from '../../src/readers/delivery-report.ts';
import { openFile } from '../../src/readers/file.ts';
import { readWelshWords } from '../../src/readers/welsh-words.ts';
import { storeOf } from '../../src/store/store.ts';
import { createIntake } from '../../src/work/load-file.ts';
import { type Desk, type Office, openOffice } from './office.ts';

/** An office that reads files: uploads lie in a folder of their own. */
export interface ImportOffice extends Office {
  readonly files: UploadedFiles;
  /** Puts the content up, as a surface would, and gives its reference. */
  upload(content: string | Uint8Array, name?: string): Promise<string>;
  /** Uploads and imports as this person (default: the planner); the answer's facts. */
  import(content: string | Uint8Array, words?: string, who?: Desk): Promise<Record<string, unknown>>;
}

export async function openImportOffice(
  connection: Connection,
  given: { now?: string; feed?: CalendarFeed } = {},
): Promise<ImportOffice> {
  const files = uploadFolder(await mkdtemp(join(tmpdir(), 'changeover-uploads-')));
  const intake = intakeOf(connection, files, given.feed);
  const office = await openOffice(connection, { ...given, intake });
  const upload = (content: string | Uint8Array, name = 'file.csv') => files.put(name, piecesOf(content));
  return {
    ...office,
    files,
    upload,
    import: async (content, words = '', who = 'planner') =>
      office.as(who).done(`import ${await upload(content)} ${words}`),
  };
}

/** What reads the files of an office that lie in this folder. */
export function intakeOf(connection: Connection, files: UploadedFiles, feed = calendarFeed({ plainHttp: true })) {
  return createIntake({
    store: storeOf(connection.db),
    files,
    openFile,
    readReports: readDeliveryReports,
    readMap: readCommissionerMap,
    readWelsh: readWelshWords,
    feed,
    readIcs,
  });
}

async function* piecesOf(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
