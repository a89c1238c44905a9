import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FastifyInstance, fastify } from 'fastify';
import type { Log } from '../../kernel/log.ts';
import { aboutRoutes } from './about-page.ts';
import { assetRoutes } from './assets.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { problemPages } from './problems.ts';
import { safeHeaders, sameSiteOnly } from './safety.ts';

export interface WebDeps {
  readonly log: Log;
  readonly readiness: Readiness;
  /** Further pages, each in its own scope: the rehearsal's chat, notices, the board. */
  readonly pages: readonly ((app: FastifyInstance) => Promise<void>)[];
}

export interface WebRoutes {
  /** Answers one request of the shared node:http server. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Every address that can be looked at (GET), as fastify knows it: none of them may change anything. */
  readonly looks: readonly string[];
  close(): Promise<void>;
}

/** The pages of the service, to be mounted behind the chat platforms' own paths on the one server. */
export async function webRoutes(deps: WebDeps): Promise<WebRoutes> {
  const app = fastify({ logger: false, bodyLimit: 1024 * 1024, routerOptions: { maxParamLength: 500 } });
  const looks: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if (method === 'GET' || method.includes('GET')) looks.push(url);
  });
  safeHeaders(app);
  sameSiteOnly(app);
  problemPages(app, deps.log);
  assetRoutes(app);
  aboutRoutes(app);
  healthRoutes(app, deps.readiness);
  for (const page of deps.pages) await app.register(page);
  await app.ready();
  return {
    handle: (request, response) => app.routing(request, response),
    looks,
    close: () => app.close(),
  };
}
