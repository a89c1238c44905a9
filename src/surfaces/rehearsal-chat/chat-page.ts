import { readdirSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { renderPage } from '../../../templates/pages/render.ts';
import { CAST } from './cast.ts';

/** The page itself and its files; Microsoft's card renderer is served from its package. */
export function chatPage(app: FastifyInstance, world: string | null): void {
  app.get('/', (_, reply) => reply.redirect('/rehearsal'));
  app.get('/rehearsal', (_, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(renderPage('rehearsal-chat', { title: 'Rehearsal', cast: CAST, world })),
  );
  const files = loadFiles();
  app.get<{ Params: { file: string } }>('/rehearsal/assets/:file', (request, reply) => {
    const file = files.get(request.params.file);
    if (!file) return reply.callNotFound();
    const type = request.params.file.endsWith('.css') ? 'text/css' : 'text/javascript';
    return reply.header('cache-control', 'no-cache').type(`${type}; charset=utf-8`).send(file);
  });
}

function loadFiles(): ReadonlyMap<string, Buffer | string> {
  const own = readdirSync(PAGE).map((name): [string, Buffer] => [name, readFileSync(new URL(name, PAGE))]);
  const renderer = readFileSync(RENDERER, 'utf8').replaceAll(/\/\/# sourceMappingURL=.*$/gm, '');
  return new Map<string, Buffer | string>([...own, ['adaptivecards.js', renderer]]);
}

const PAGE = new URL('page/', import.meta.url);
const RENDERER = new URL('../../../node_modules/adaptivecards/dist/adaptivecards.min.js', import.meta.url);
