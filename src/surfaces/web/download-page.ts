import type { FastifyInstance, FastifyReply } from 'fastify';
import { renderPage } from '../../../templates/pages/render.ts';
import { DOWNLOAD_MINUTES, type Downloads } from '../../ports/downloads.ts';

type Route = { Params: { token: string; nth: string } };

/**
 * The files of an answer, for whoever holds the link (contracts, Capability links): a page that lists them, and each file. No
 * login; nothing is used up by looking, since mail scanners and previews look too.
 */
export function downloadRoutes(downloads: Downloads): (app: FastifyInstance) => Promise<void> {
  const filesOf = (token: string) => (/^[\w-]{32}$/.test(token) ? downloads.open(token) : null);
  return async (app) => {
    app.addHook('onRequest', async (_, reply) => {
      reply.headers({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'private, no-store' });
    });
    app.get<Route>('/files/:token', async (request, reply) => {
      const { token } = request.params;
      const files = await filesOf(token);
      if (files === null) return ended(reply);
      const rows = files.map(({ name, text }, at) => ({
        name,
        address: `/files/${token}/${at + 1}`,
        kb: kilobytes(text),
      }));
      return reply.type(HTML).send(renderPage('downloads', { files: rows, minutes: DOWNLOAD_MINUTES }));
    });
    app.get<Route>('/files/:token/:nth', async (request, reply) => {
      const files = await filesOf(request.params.token);
      if (files === null) return ended(reply);
      const file = /^[1-9]\d?$/.test(request.params.nth) ? files[Number(request.params.nth) - 1] : undefined;
      if (file === undefined) return reply.callNotFound();
      return reply
        .type(`${file.mediaType}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .send(file.text);
    });
  };
}

const HTML = 'text/html; charset=utf-8';

function ended(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .type(HTML)
    .send(
      renderPage('problem', {
        title: 'This link has ended',
        why: `A link to files works for ${DOWNLOAD_MINUTES} minutes, so that it is of no use to anybody who finds it later. Nothing was lost.`,
        next: 'Ask again in the chat: the same words give the files of that moment, with a new link.',
      }),
    );
}

function kilobytes(text: string): number {
  return Math.max(1, Math.round(Buffer.byteLength(text) / 1_000));
}
