import type { FastifyInstance } from 'fastify';

/** Only this machine's own pages and scripts change the world: no page of another site, and no other name for this address. */
export function thisMachineOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { host = '', origin } = request.headers;
    const named = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
    const elsewhere = origin !== undefined && origin !== `http://${host}`;
    if (named && (request.method === 'GET' || !elsewhere)) return;
    await reply.code(403).send({ error: 'The rehearsal answers only to this machine.' });
  });
}
