import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { outageCalendar } from '../../../templates/pages/outage-calendar.ts';
import type { OutageFeeds } from '../../ports/outage-feed.ts';

export interface OutageFeedDeps {
  readonly feeds: OutageFeeds;
  /** Where links begin, without a slash at the end. */
  readonly publicUrl: string;
  /** The sender's address: the event's organiser. */
  readonly from: string;
}

/**
 * The outage as a calendar that readers of a notice subscribe to (rule 22): the event of their mails, as it was last told. No
 * login, an address that cannot be guessed, not for search engines. Calendar programs ask often: unchanged is a 304.
 */
export function outageFeedRoutes({ feeds, publicUrl, from }: OutageFeedDeps): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.get<{ Params: { file: string }; Querystring: { lang?: unknown } }>('/outages/:file', async (request, reply) => {
      reply.headers({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'private, no-cache' });
      const [, token] = /^([\w-]{16,64})\.ics$/.exec(request.params.file) ?? [];
      const told = token === undefined ? null : await feeds.told(token);
      const language = request.query.lang === 'cy' ? 'cy' : 'en';
      const text = told && outageCalendar(told.facts, `${publicUrl}/notices/${told.noticeToken}`, from, language);
      if (!text) return reply.callNotFound();
      const tag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
      reply.header('etag', tag);
      if (asksFor(request.headers['if-none-match'], tag)) return reply.code(304).send();
      return reply
        .type('text/calendar; method=PUBLISH; charset=utf-8')
        .header('content-disposition', 'inline; filename="e-rs-outage.ics"')
        .send(text);
    });
  };
}

/** RFC 9110, 13.1.2: a list of tags, each perhaps weak, or any. */
function asksFor(header: string | undefined, tag: string): boolean {
  return (header ?? '').split(',').some((one) => [tag, '*'].includes(one.trim().replace(/^W\//, '')));
}
