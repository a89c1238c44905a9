import type { FastifyInstance } from 'fastify';

/** What is not ready, each a sentence; empty when all is. */
export type Readiness = () => Promise<readonly string[]>;

/** `/healthz`: this process answers. `/readyz`: it can work (database and the configured surfaces); 503 with what is missing. */
export function healthRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.get('/healthz', (_, reply) => reply.header('cache-control', 'no-store').send({ alive: true }));
  app.get('/readyz', async (_, reply) => {
    const faults = await readiness().catch(() => ['It could not be found out what is ready.']);
    return reply
      .header('cache-control', 'no-store')
      .code(faults.length === 0 ? 200 : 503)
      .send({ ready: faults.length === 0, faults });
  });
}
