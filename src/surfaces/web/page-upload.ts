import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** Keeps what was sent until a verb has read it; gives the reference that goes into the verb's input. Refuses what is too large. */
export type KeepFile = (name: string, content: AsyncIterable<Uint8Array>) => Promise<string>;

/** What a form with a file field sent: its fields, and the files by the field that each was chosen in. */
export interface SentParts {
  readonly fields: URLSearchParams;
  readonly files: readonly { readonly field: string; readonly name: string; readonly bytes: Uint8Array }[];
}

/** Bytes. It is held in memory until the form's token is checked; larger files go by chat or the command line. */
const LARGEST = 50 * 1024 * 1024;

/** Lets forms with files in, unread: who sends them is looked at first. */
export function readFileForms(app: FastifyInstance): void {
  app.addContentTypeParser('multipart/form-data', (_, payload, done) => done(null, payload));
}

/** The parts of a form; null where it is larger than a page takes. What is no such form has no parts. */
export async function partsOf(body: unknown, contentType: string): Promise<SentParts | null> {
  if (body instanceof URLSearchParams) return { fields: body, files: [] };
  const fields = new URLSearchParams();
  const files: SentParts['files'][number][] = [];
  if (!(body instanceof Readable)) return { fields, files };
  const bytes = await bounded(body);
  if (bytes === null) return null;
  for (const [name, value] of await formIn(bytes, contentType)) {
    if (typeof value === 'string') fields.append(name, value);
    // A file field in which nothing was chosen sends an empty file.
    else if (value.size > 0) files.push({ field: name, name: value.name, bytes: await value.bytes() });
  }
  return { fields, files };
}

async function bounded(body: Readable): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > LARGEST) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function formIn(bytes: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch (error) {
    if (error instanceof TypeError) return new FormData();
    throw error;
  }
}
