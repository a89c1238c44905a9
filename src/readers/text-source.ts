import type { OpenBytes } from '../domain/extract-file.ts';
import { Refusal } from '../kernel/errors.ts';

export interface TextSource {
  readonly encoding: 'utf-8' | 'windows-1252';
  /** The file's text, piece by piece, without its byte order mark. */
  pieces(): AsyncGenerator<string>;
}

/**
 * Looks through the bytes once (they are on our disk) and decides how to read them. Not UTF-8 is read as Windows-1252 with a
 * warning, because that is what spreadsheets on Windows save: identifiers are ASCII in both, only accents could be wrong.
 * Refuses an empty file, and what is not text, before anything is read.
 */
export async function openText(open: OpenBytes): Promise<TextSource> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let encoding: TextSource['encoding'] = 'utf-8';
  let first = true;
  let written = false;
  for await (const bytes of open()) {
    if (first && bytes.length > 0) refuseOtherFormats(bytes);
    first &&= bytes.length === 0;
    if (bytes.includes(0)) throw notCsv('It holds bytes that no text has.');
    written ||= bytes.some((byte) => byte > 0x20 && byte < 0x80);
    if (encoding === 'utf-8' && !decodes(utf8, bytes)) encoding = 'windows-1252';
  }
  if (first || !written) throw new Refusal('file-empty', 'The file is empty. Export it again, then send it once more.');
  if (encoding === 'utf-8' && !decodes(utf8, null)) encoding = 'windows-1252';
  return { encoding, pieces: () => decode(open(), encoding) };
}

async function* decode(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of chunks) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

/** With null: whether the file ends in the middle of a character. */
function decodes(decoder: TextDecoder, bytes: Uint8Array | null): boolean {
  try {
    if (bytes === null) decoder.decode();
    else decoder.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function refuseOtherFormats(bytes: Uint8Array): void {
  const [a, b] = bytes;
  if (a === 0x50 && b === 0x4b) throw notCsv('It is a spreadsheet or a zip file.');
  if (a === 0x25 && b === 0x50) throw notCsv('It is a PDF.');
  if (a === 0xd0 && b === 0xcf) throw notCsv('It is an old spreadsheet or document.');
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) throw notCsv('It is saved as UTF-16.');
}

export function notCsv(why: string): Refusal {
  return new Refusal(
    'file-not-csv',
    `This is not a CSV file. ${why} In a spreadsheet choose "Save as", then "CSV UTF-8 (comma delimited)", and send that file. Nothing was stored.`,
  );
}
