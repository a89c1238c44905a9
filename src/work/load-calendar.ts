import type { CalendarRequest } from '../command.ts';
import { calendarSpan, type ReadCalendar, type ReadIcs } from '../domain/outage-calendar.ts';
import { Refusal } from '../kernel/errors.ts';
import type { CalendarFeed } from '../ports/calendar-feed.ts';
import type { UploadedFiles } from '../ports/files.ts';

export interface CalendarParts {
  readonly files: UploadedFiles;
  readonly feed: CalendarFeed;
  readonly readIcs: ReadIcs;
}

const BIGGEST = 1_000_000;

/** Reads a calendar of planned outages from a file that was sent, or from its address; before any transaction. */
export async function loadCalendar(parts: CalendarParts, request: CalendarRequest): Promise<ReadCalendar> {
  const { zone, from, to } = { ...calendarSpan(request.now), ...request };
  if ('url' in request.source) {
    const { url } = request.source;
    const name = parts.feed.check(url).hostname;
    const text = await parts.feed.fetch(url);
    return { name, url, outages: parts.readIcs(text, { zone, from, to }) };
  }
  const { name, text } = await loadText(parts.files, request.source.fileRef, BIGGEST);
  return { name, url: null, outages: parts.readIcs(text, { zone, from, to }) };
}

/** A small file that somebody sent, as text; it is not kept. Refuses over `most` bytes ("file-too-big") and what is not UTF-8. */
export async function loadText(
  files: UploadedFiles,
  fileRef: string,
  most: number,
): Promise<{ readonly name: string; readonly text: string }> {
  const { name, bytes } = await loadBytes(files, fileRef, most);
  return { name, text: decoded(bytes, name) };
}

/** A file that somebody sent, whole; it is not kept. Refuses over `most` bytes ("file-too-big"). */
export async function loadBytes(
  files: UploadedFiles,
  fileRef: string,
  most: number,
): Promise<{ readonly name: string; readonly sha256: string; readonly bytes: Uint8Array }> {
  const file = await files.open(fileRef);
  try {
    if (file.size > most) {
      throw new Refusal(
        'file-too-big',
        `${file.name} is larger than ${most / 1_000_000} MB. Send only what is needed.`,
      );
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of file.bytes()) pieces.push(piece);
    return { name: file.name, sha256: file.sha256, bytes: Buffer.concat(pieces) };
  } finally {
    await files.remove(fileRef);
  }
}

function decoded(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Refusal('not-text', `${name} is not text in UTF-8. Save it again as UTF-8 and send it.`);
  }
}
