import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Every answer: nothing from another host, no frame around it, no address passed on (links may be personal). */
export function safeHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_, reply: FastifyReply) => {
    reply.headers({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
  });
}

/** Nothing is changed at the wish of a page of another site. A script, which sends no origin, is let through. */
export function sameSiteOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD' || !fromElsewhere(request)) return;
    await reply.code(403).send({ problem: 'This was sent from a page of another site, so nothing was done.' });
  });
}

/** A page that passes no address on (see `safeHeaders`) sends the origin "null" with its own forms too: the browser's word decides. */
function fromElsewhere(request: FastifyRequest): boolean {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
