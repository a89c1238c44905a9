import type { FastifyInstance, FastifyReply } from 'fastify';
import { type AddressGiven, noticeAddressView } from '../../../templates/pages/notice-address-view.ts';
import { noticeView } from '../../../templates/pages/notice-view.ts';
import { renderPage } from '../../../templates/pages/render.ts';
import type { NoticePage, NoticePages } from '../../ports/notice-pages.ts';

export interface NoticePageDeps {
  readonly pages: NoticePages;
  /** Where links begin, without a slash at the end. */
  readonly publicUrl: string;
  /** The sender's address: the calendar event's organiser. */
  readonly from: string;
}

/** The public page behind a notice's link: no login, an address that cannot be guessed, not for search engines (rule 22). */
export function noticePageRoutes(deps: NoticePageDeps): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.addHook('onRequest', async (_, reply) => {
      reply.headers({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'private, no-cache' });
    });
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16 * 1024 },
      (_, body, done) => done(null, new URLSearchParams(body as string)),
    );
    app.get<InLanguage>('/notices/:token', async (request, reply) => {
      const page = await found(deps, request.params.token);
      if (page === null) return reply.callNotFound();
      return html(reply, 'notice', noticeView(page, links(deps, request.params.token), languageOf(request.query)));
    });
    app.get<InLanguage>('/notices/:token/outage.ics', async (request, reply) => {
      const page = await found(deps, request.params.token);
      const calendar = page && noticeView(page, links(deps, request.params.token), languageOf(request.query)).calendar;
      if (!calendar) return reply.callNotFound();
      return reply
        .type(`text/calendar; method=${calendar.method}; charset=utf-8`)
        .header('content-disposition', 'attachment; filename="e-rs-outage.ics"')
        .send(calendar.text);
    });
    addressRoutes(app, deps);
  };
}

interface InLanguage {
  Params: { token: string };
  Querystring: { lang?: unknown };
}

/** Welsh by its link; anything else is the page as it is. */
function languageOf({ lang }: InLanguage['Querystring']): 'en' | 'cy' {
  return lang === 'cy' ? 'cy' : 'en';
}

/** "Wrong address, or should someone else get this?" Looking changes nothing: mail scanners follow links (contracts, Chat). */
function addressRoutes(app: FastifyInstance, deps: NoticePageDeps): void {
  type Route = InLanguage & { Querystring: { to?: string }; Body: URLSearchParams | undefined };
  app.get<Route>('/notices/:token/address', async (request, reply) => {
    const { token } = request.params;
    const page = await found(deps, token);
    if (page === null) return reply.callNotFound();
    const given = {
      to: typeof request.query.to === 'string' ? request.query.to : '',
      better: '',
      note: '',
      problem: null,
    };
    return form(reply, deps, page, request, given);
  });
  app.post<Route>('/notices/:token/address', async (request, reply) => {
    const { token } = request.params;
    const page = await found(deps, token);
    if (page === null) return reply.callNotFound();
    const given = fieldsOf(request.body);
    if (given.better === '' && given.note === '') {
      return form(reply, deps, page, request, { ...given, problem: 'form.empty' });
    }
    const outcome = await deps.pages.report(token, given.to === '' ? null : given.to, given);
    if (outcome.kind === 'patient-data') {
      // The rest of the form is kept; the value is not repeated (rule 28).
      const cleared = Object.fromEntries(outcome.fields.map((name) => [name, '']));
      return form(reply, deps, page, request, { ...given, ...cleared, problem: 'form.patient-data' });
    }
    const facts = noticeAddressView(page.facts, `/notices/${token}`, languageOf(request.query), {
      outcome: outcome.kind,
    });
    return html(reply, 'notice-address', facts, outcome.kind === 'kept' ? 200 : 429);
  });
}

function fieldsOf(body: URLSearchParams | undefined): Pick<AddressGiven, 'to' | 'better' | 'note'> {
  const field = (name: string, most: number) =>
    (body?.get(name) ?? '').replaceAll('\0', '').toWellFormed().trim().slice(0, most);
  return { to: field('to', 40), better: field('better', 254), note: field('note', 500) };
}

async function form(
  reply: FastifyReply,
  deps: NoticePageDeps,
  page: NoticePage,
  { params: { token }, query }: { readonly params: { token: string }; readonly query: { lang?: unknown } },
  given: Omit<AddressGiven, 'addressee'>,
): Promise<FastifyReply> {
  const addressee = given.to === '' ? null : await deps.pages.addressee(token, given.to);
  const facts = noticeAddressView(page.facts, `/notices/${token}`, languageOf(query), { ...given, addressee });
  return html(reply, 'notice-address', facts, given.problem === null ? 200 : 422);
}

async function found(deps: NoticePageDeps, token: string): Promise<NoticePage | null> {
  return /^[\w-]{16,64}$/.test(token) ? deps.pages.byToken(token) : null;
}

function links({ publicUrl, from }: NoticePageDeps, token: string) {
  return { page: `${publicUrl}/notices/${token}`, from, path: `/notices/${token}`, publicUrl };
}

function html(reply: FastifyReply, name: string, facts: object, status = 200): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(renderPage(name, { ...facts }));
}
