import type { FastifyReply, FastifyRequest } from 'fastify';

/** Closes the connection without an answer: what was asked for may well have been done. */
export function hangUp(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}
