import type { FastifyInstance } from 'fastify';
import type { World } from './rooms.ts';
import { sampleFiles } from './sample-files.ts';
import { paramOf } from './web/forms.ts';

/** The world's first page, and the files to import. `size`: directly bookable services of the sample. */
export function startPage(app: FastifyInstance, world: World, size: number): void {
  const files = sampleFiles(size, world.estate);
  app.get('/', (_request, reply) => world.pages.show(reply, 'start.njk', { area: 'start', files }));
  app.get('/samples/', () => files.map(({ name, about }) => ({ name, url: `/samples/${name}`, what: about })));
  app.get('/samples/:name', (request, reply) => {
    const file = files.find((one) => one.name === paramOf(request, 'name'));
    if (!file) return reply.code(404).send({ error: 'There is no such sample.', names: files.map((one) => one.name) });
    return reply.type('text/csv; charset=utf-8').send(file.text());
  });
}
