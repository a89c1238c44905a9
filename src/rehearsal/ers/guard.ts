import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../rooms.ts';
import { ERS_ROLES, type ErsRole, type ErsSession } from './session.ts';

type Handler = (visit: {
  readonly session: ErsSession;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}) => FastifyReply;

/** A page of e-RS for people who are logged in, in one of these roles. Also where slowness and an outage are felt. */
export function page(world: World, roles: readonly ErsRole[], handler: Handler) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { delayMs, outage } = world.knobs.read().ers;
    if (delayMs > 0) await wait(delayMs);
    if (outage) return world.pages.show(reply, 'outage.njk', { area: 'ers' }, 503);
    const session = world.sessions.of(request);
    if (!session) return reply.redirect('/ers/log-in', 303);
    if (roles.includes(session.role)) return handler({ session, request, reply });
    const needed = roles.map((role) => ERS_ROLES[role].toLowerCase()).join(' or ');
    return world.pages.show(reply, 'not-your-role.njk', { ...facts(session), needed }, 403);
  };
}

/** What every e-RS page needs to draw its header. */
export function facts(session: ErsSession | undefined): Readonly<Record<string, unknown>> {
  return { area: 'ers', role: session?.role, roleName: session ? ERS_ROLES[session.role] : undefined };
}

export const ANY_ROLE: readonly ErsRole[] = ['service-definer', 'referrer'];
export const DEFINER: readonly ErsRole[] = ['service-definer'];
