import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renderPage } from '../../../templates/pages/render.ts';
import type { Log } from '../../kernel/log.ts';

/** Pages for what goes wrong: the fact, why, and what next. A caller that wants JSON gets the same words as JSON. */
export function problemPages(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler((request, reply) => say(request, reply, 404, NOT_FOUND));
  app.setErrorHandler((error: { statusCode?: number; code?: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 413) return say(request, reply, 413, TOO_LARGE);
    if (status >= 400 && status < 500) return say(request, reply, status, NOT_UNDERSTOOD);
    log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'a page failed');
    return say(request, reply, 500, FAULT);
  });
}

interface Problem {
  readonly title: string;
  readonly why: string;
  readonly next: string;
}

function say(request: FastifyRequest, reply: FastifyReply, status: number, problem: Problem): FastifyReply {
  const page = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  reply.code(status).header('cache-control', 'no-store');
  return page
    ? reply.type('text/html; charset=utf-8').send(renderPage('problem', { ...problem }))
    : reply.send({ problem: `${problem.title}. ${problem.why} ${problem.next}` });
}

const NOT_FOUND: Problem = {
  title: 'Page not found',
  why: 'There is no page at this address. A personal link may also have been used already, or be older than 15 minutes.',
  next: 'Ask for a new link in the channel of the migration.',
};
const TOO_LARGE: Problem = {
  title: 'That is too large',
  why: 'What was sent is larger than this page takes, and nothing of it was kept.',
  next: 'Send a smaller file, or import it from the command line.',
};
const NOT_UNDERSTOOD: Problem = {
  title: 'That was not understood',
  why: 'The request is not what this page expects, and nothing was changed.',
  next: 'Go back, load the page again and try once more.',
};
const FAULT: Problem = {
  title: 'Something failed on our side',
  why: 'Nothing was changed.',
  next: 'Try again in a minute. If it stays, ask an administrator to run bsu doctor.',
};
