import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '../kernel/clock.ts';
import { Refusal } from '../kernel/errors.ts';

/** A file that somebody sent. */
export interface UploadedFile {
  /** Its name where it came from; only shown. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Of its bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  /** From the start, each time. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** Where surfaces put the files that people send; verbs get the reference. */
export interface UploadedFiles {
  /** Keeps the bytes for a day (what is older goes with the next upload, import or start) and gives the reference. Refuses over 500 MB (`file-too-big`). */
  put(name: string, bytes: AsyncIterable<Uint8Array>): Promise<string>;
  /** Refuses a reference that is not there (any more): `file-gone`. */
  open(fileRef: string): Promise<UploadedFile>;
  remove(fileRef: string): Promise<void>;
  /** Removes what is older than a day by the machine's clock; gives how many. */
  sweep(): Promise<number>;
}

const BIGGEST = 500_000_000;
const DAY = 86_400_000;

/** Uploads as files with random names in a folder of the data folder, beside each a note of its name and hash. */
export function uploadFolder(folder: string): UploadedFiles {
  const pathOf = (fileRef: string) => join(folder, fileRef);
  const files: UploadedFiles = {
    async put(name, bytes) {
      await files.sweep();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const fileRef = newReference();
      const hash = createHash('sha256');
      try {
        await pipeline(Readable.from(measured(bytes, hash)), createWriteStream(pathOf(fileRef), { mode: 0o600 }));
      } catch (error) {
        await rm(pathOf(fileRef), { force: true });
        throw error;
      }
      const note = { name: plainName(name), sha256: hash.digest('hex') };
      await writeFile(`${pathOf(fileRef)}.json`, JSON.stringify(note), { mode: 0o600 });
      return fileRef;
    },
    async open(fileRef) {
      const note = REFERENCE.test(fileRef) ? await noteOf(`${pathOf(fileRef)}.json`) : null;
      if (!note) {
        throw new Refusal('file-gone', 'That file is not here any more: it is kept for a day. Send it again.');
      }
      const { size } = await stat(pathOf(fileRef));
      return { ...note, size, bytes: () => createReadStream(pathOf(fileRef), { highWaterMark: 256 * 1024 }) };
    },
    async remove(fileRef) {
      if (!REFERENCE.test(fileRef)) return;
      await rm(pathOf(fileRef), { force: true });
      await rm(`${pathOf(fileRef)}.json`, { force: true });
    },
    async sweep() {
      const now = systemClock.now().epochMilliseconds;
      const names = (await readdir(folder).catch(() => [])).filter((name) => REFERENCE.test(name));
      const old = await Promise.all(names.map(async (name) => now - (await stat(pathOf(name))).mtimeMs > DAY));
      const gone = names.filter((_, at) => old[at]);
      for (const name of gone) await files.remove(name);
      return gone.length;
    },
  };
  return files;
}

/** Letters only, so that no reference ever looks like somebody's number. */
const REFERENCE = /^file-[a-p]{32}$/;

function newReference(): string {
  const letters = [...randomBytes(16).toString('hex')].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]);
  return `file-${letters.join('')}`;
}

async function* measured(
  bytes: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > BIGGEST) {
      throw new Refusal(
        'file-too-big',
        'The file is larger than 500 MB. A national extract has about 30 MB: send only your own provider’s rows. Nothing was stored.',
      );
    }
    hash.update(piece);
    yield piece;
  }
}

function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/[^\p{L}\p{N} ._()-]/gu, '_').slice(0, 120) || 'file';
}

async function noteOf(path: string): Promise<{ name: string; sha256: string } | null> {
  try {
    const note: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof note !== 'object' || note === null || !('name' in note) || !('sha256' in note)) return null;
    return { name: String(note.name), sha256: String(note.sha256) };
  } catch {
    return null;
  }
}
