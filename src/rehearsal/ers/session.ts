import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { UpdateResult } from './bulk-update.ts';

export const ERS_ROLES = {
  'service-definer': 'Service definer',
  referrer: 'Referrer',
} as const;
export type ErsRole = keyof typeof ERS_ROLES;

export interface ErsSession {
  readonly role: ErsRole;
  /** The bulk updates of this log-in, newest last. */
  readonly updates: UpdateResult[];
}

/** Who is logged in to the e-RS rehearsal, by cookie. There is no password: nothing here is real. */
export interface ErsSessions {
  logIn(reply: FastifyReply, role: ErsRole): void;
  logOut(request: FastifyRequest, reply: FastifyReply): void;
  of(request: FastifyRequest): ErsSession | undefined;
}

export function ersSessions(): ErsSessions {
  const sessions = new Map<string, ErsSession>();
  return {
    logIn: (reply, role) => {
      const id = randomBytes(18).toString('base64url');
      sessions.set(id, { role, updates: [] });
      reply.header('set-cookie', `${COOKIE}=${id}; Path=/ers; HttpOnly; SameSite=Strict`);
    },
    logOut: (request, reply) => {
      sessions.delete(idOf(request));
      reply.header('set-cookie', `${COOKIE}=; Path=/ers; HttpOnly; SameSite=Strict; Max-Age=0`);
    },
    of: (request) => sessions.get(idOf(request)),
  };
}

export function isErsRole(word: string): word is ErsRole {
  return Object.hasOwn(ERS_ROLES, word);
}

function idOf(request: FastifyRequest): string {
  const found = /(?:^|;\s*)rehearsal-ers=([^;]*)/.exec(request.headers.cookie ?? '');
  return found?.[1] ?? '';
}

const COOKIE = 'rehearsal-ers';
