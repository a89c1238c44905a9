import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renderPage } from '../../../templates/pages/render.ts';
import type { PageOwner } from '../../domain/page-link.ts';
import { hashOfToken } from '../../kernel/token.ts';
import { PAGE_SESSION_HOURS, type PageSessions } from '../../ports/page-sessions.ts';
import { readFormBodies } from './page-form.ts';

export interface SessionDeps {
  readonly sessions: PageSessions;
  /** Where links begin: with https the cookie is sent over nothing else. */
  readonly publicUrl: string;
}

/** Somebody who is at the personal pages. */
export interface Visitor {
  readonly owner: PageOwner;
  /** Stands in each of this session's forms; another site, and a page of an earlier person, cannot have it. */
  readonly formToken: string;
}

/**
 * Where a personal link is opened. Looking shows one button and changes nothing, for scanners and previews look too; its press
 * uses the link up and starts the session (contracts, Capability links).
 */
export function sessionRoutes(deps: SessionDeps): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    privatePages(app);
    readFormBodies(app);
    app.get<{ Params: { token: string } }>('/open/:token', async (request, reply) => {
      const { token } = request.params;
      const link = isToken(token) ? await deps.sessions.look(token) : null;
      if (link === null) return problem(reply, 404, USED);
      const visitor = await visitorOf(deps, request);
      if (visitor !== null && sameOwner(visitor.owner, link.owner)) return reply.redirect(link.path, 303);
      if (!link.good) return problem(reply, 410, USED);
      return html(reply, 200, 'open-link', { name: link.owner.name, path: `/open/${token}` });
    });
    app.post<{ Params: { token: string } }>('/open/:token', async (request, reply) => {
      const { token } = request.params;
      const opened = isToken(token) ? await deps.sessions.open(token) : null;
      if (opened === null) return problem(reply, 410, USED);
      const before = cookieOf(deps, request);
      if (before !== null) await deps.sessions.end(before);
      return reply.header('set-cookie', cookie(deps, opened.sessionToken)).redirect(opened.path, 303);
    });
    app.post('/pages/leave', async (request, reply) => {
      const token = cookieOf(deps, request);
      if (token !== null) await deps.sessions.end(token);
      reply.header('set-cookie', cookie(deps, ''));
      return html(reply, 200, 'problem', { ...LEFT });
    });
  };
}

/** Who sent this request; null where no session stands behind it. */
export async function visitorOf(deps: SessionDeps, request: FastifyRequest): Promise<Visitor | null> {
  const token = cookieOf(deps, request);
  const owner = token === null ? null : await deps.sessions.ownerOf(token);
  return token === null || owner === null ? null : { owner, formToken: hashOfToken('page-form', token) };
}

/** Every answer of these routes: kept by nobody, found by no search engine. */
export function privatePages(app: FastifyInstance): void {
  app.addHook('onRequest', async (_, reply) => {
    reply.headers({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'no-store' });
  });
}

export function html(reply: FastifyReply, status: number, name: string, facts: Record<string, unknown>): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(renderPage(name, facts));
}

export function problem(reply: FastifyReply, status: number, facts: Readonly<Record<string, string>>): FastifyReply {
  return html(reply, status, 'problem', { ...facts });
}

/** For a page that is asked for without a session. */
export const NO_SESSION = {
  title: 'Open this page from chat',
  why: `This page shows a person what is theirs, and we do not know who you are. A session ends after ${PAGE_SESSION_HOURS} hours, and when a role is taken away.`,
  next: 'Ask in the channel of the migration again, and open the link that you get there.',
};

const USED = {
  title: 'This link cannot be opened',
  why: 'A personal link opens once, within 15 minutes. This one was used, is older, or was not copied whole.',
  next: 'Ask in the channel of the migration again: you get a new link.',
};

const LEFT = {
  title: 'You have left',
  why: 'Your session on this device has ended.',
  next: 'To come back, ask in the channel of the migration for a new link.',
};

function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

function sameOwner(one: PageOwner, other: PageOwner): boolean {
  const { platform, tenant, userId } = one.account;
  const same =
    platform === other.account.platform && tenant === other.account.tenant && userId === other.account.userId;
  return one.personId === other.personId && same;
}

/** The prefix binds the cookie to exactly this host (RFC 6265bis); it needs https. */
function cookieName({ publicUrl }: SessionDeps): string {
  return isSecure(publicUrl) ? '__Host-changeover' : 'changeover';
}

function cookie(deps: SessionDeps, token: string): string {
  const age = token === '' ? 0 : PAGE_SESSION_HOURS * 3600;
  const secure = isSecure(deps.publicUrl) ? '; Secure' : '';
  return `${cookieName(deps)}=${token}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure}`;
}

function cookieOf(deps: SessionDeps, request: FastifyRequest): string | null {
  const wanted = `${cookieName(deps)}=`;
  const found = (request.headers.cookie ?? '').split(/;\s*/).find((pair) => pair.startsWith(wanted));
  const token = found?.slice(wanted.length) ?? '';
  return isToken(token) ? token : null;
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}
