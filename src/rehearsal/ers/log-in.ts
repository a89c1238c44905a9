import type { FastifyInstance } from 'fastify';
import type { World } from '../rooms.ts';
import { field, formOf } from '../web/forms.ts';
import { facts } from './guard.ts';
import { isErsRole } from './session.ts';

/** Logging in to the e-RS rehearsal: choose a role, no password. */
export function logInPages(app: FastifyInstance, world: World): void {
  app.get('/ers', (request, reply) => {
    const session = world.sessions.of(request);
    if (!session) return reply.redirect('/ers/log-in', 303);
    return reply.redirect(session.role === 'service-definer' ? '/ers/bulk' : '/ers/book', 303);
  });
  app.get('/ers/log-in', (request, reply) => world.pages.show(reply, 'log-in.njk', facts(world.sessions.of(request))));
  app.post('/ers/log-in', (request, reply) => {
    const role = field(formOf(request), 'role');
    if (!isErsRole(role)) return world.pages.show(reply, 'log-in.njk', { area: 'ers', problem: true }, 422);
    world.sessions.logIn(reply, role);
    return reply.redirect('/ers', 303);
  });
  app.post('/ers/log-out', (request, reply) => {
    world.sessions.logOut(request, reply);
    return reply.redirect('/ers/log-in', 303);
  });
}
