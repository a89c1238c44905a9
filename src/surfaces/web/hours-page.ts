import type { FastifyInstance } from 'fastify';
import { hoursCalendar } from '../../../templates/pages/hours-calendar.ts';
import { renderPage } from '../../../templates/pages/render.ts';
import type { HoursPages } from '../../ports/hours-pages.ts';

export interface HoursPageDeps {
  readonly pages: HoursPages;
  /** Where links begin; its host stands in the events' UIDs. */
  readonly publicUrl: string;
}

/** The working hours drawn as a week, and as a calendar: no login, an address that cannot be guessed, not for search engines. */
export function hoursPageRoutes({ pages, publicUrl }: HoursPageDeps): (app: FastifyInstance) => Promise<void> {
  const host = URL.canParse(publicUrl) ? new URL(publicUrl).hostname : 'changeover';
  type Route = { Params: { address: string }; Querystring: { week?: string | string[] } };
  return async (app) => {
    app.addHook('onRequest', async (_, reply) => {
      reply.headers({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'private, no-cache' });
    });
    app.get<Route>('/hours/:address', async (request, reply) => {
      const [, token, isCalendar] = /^([\w-]{16,64})(\.ics)?$/.exec(request.params.address) ?? [];
      if (token === undefined) return reply.callNotFound();
      if (isCalendar !== undefined) {
        const feed = await pages.feed(token);
        if (feed === null) return reply.callNotFound();
        return reply.type('text/calendar; method=PUBLISH; charset=utf-8').send(hoursCalendar(feed, host));
      }
      const week = await pages.week(token, String(request.query.week ?? '') || null);
      if (week === null) return reply.callNotFound();
      return reply
        .type('text/html; charset=utf-8')
        .send(renderPage('hours', { week, path: `/hours/${token}`, verdicts: VERDICTS }));
    });
  };
}

/** Never by colour alone. */
const VERDICTS = { open: 'Open', amber: 'Amber', closed: 'Closed' };
