import type { FastifyInstance } from 'fastify';
import { renderPage } from '../../../templates/pages/render.ts';

/** What this is, what it keeps of people, and its terms: whoever is asked to let the app into a tenant reads it. No login. */
export function aboutRoutes(app: FastifyInstance): void {
  app.get('/about', async (_, reply) => reply.type('text/html; charset=utf-8').send(renderPage('about', {})));
}
