import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Refusal } from '../../kernel/errors.ts';
import type { Conversations } from '../../ports/conversations.ts';
import type { Conversation } from './conversation.ts';
import { outcomeJson } from './outcome-json.ts';
import { ImportSample, Upload, Who } from './requests.ts';
import type { Samples } from './samples.ts';

/** Keeps what was uploaded until it is read; gives the reference that goes into a verb's input. */
export type KeepFile = (name: string, content: Readable) => Promise<string>;

interface UploadDeps {
  readonly conversation: Conversation;
  readonly conversations: Conversations;
  readonly keepFile: KeepFile;
  readonly samples: Samples | null;
}

/** Files in, as raw bodies, and the files of answers out. */
export async function uploadRoutes(app: FastifyInstance, deps: UploadDeps): Promise<void> {
  const { conversation, keepFile, samples } = deps;
  const importFile = async (as: string, name: string, open: () => Promise<Readable>) => {
    const verb = verbFor(name);
    try {
      const file = await keepFile(name, await open());
      return outcomeJson(await conversation.press(as, { verb, input: { file } }));
    } catch (error) {
      if (error instanceof Refusal) return outcomeJson(await conversation.refuse(as, verb, error));
      throw error;
    }
  };

  await app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('*', (_, payload, done) => done(null, payload));
    raw.post('/rehearsal/upload', async (request, reply) => {
      const { as, name } = Upload.parse(request.query);
      return reply.send({ outcome: await importFile(as, name, async () => contentOf(request.body)) });
    });
    raw.post('/rehearsal/files', async (request, reply) => {
      const { name } = Upload.parse(request.query);
      return reply.send({ file: await keepFile(name, contentOf(request.body)) });
    });
  });

  app.get('/rehearsal/samples', async (_, reply) => {
    const list = samples === null ? [] : await samples.list().catch(() => []);
    return reply.header('cache-control', 'no-store').send({ samples: list });
  });
  app.post('/rehearsal/samples', async (request, reply) => {
    const { as, name } = ImportSample.parse(request.body);
    const open = async () => {
      if (samples === null)
        throw new Refusal('no-sample', 'Sample files are there only where the rehearsal world runs.');
      return samples.open(name);
    };
    return reply.send({ outcome: await importFile(as, name, open) });
  });
  app.get<{ Params: { message: string; at: string } }>('/rehearsal/files/:message/:at', async (request, reply) => {
    const { as } = Who.parse(request.query);
    const message = await deps.conversations.byId(idIn(request.params.message));
    const file = message?.files[idIn(request.params.at)];
    if (!message || !file || (message.onlyFor !== null && message.onlyFor !== as)) return reply.callNotFound();
    return download(reply, file.name, file.mediaType, file.text);
  });
}

function contentOf(body: unknown): Readable {
  return body instanceof Readable ? body : Readable.from([]);
}

/** The number of a message or file in an address; -1, which nothing has, for anything else. */
function idIn(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

function download(reply: FastifyReply, name: string, mediaType: string, text: string): FastifyReply {
  const ascii = name.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  return reply
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`)
    .type(mediaType)
    .send(text);
}

/** A calendar is one of planned e-RS outages, a commissioner map has its name; everything else tells by its first line what it is. */
function verbFor(name: string): string {
  if (/\.ics$/i.test(name)) return 'outage';
  return /^commissioner-map.*\.csv$/i.test(name) ? 'mapping' : 'import';
}
