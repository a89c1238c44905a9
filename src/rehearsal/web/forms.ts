import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Lets this server read forms as browsers post them; 1,500 ticks are about 40 KB. */
export function readForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4 * 1024 * 1024 },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
}

/** The posted form; an empty one where the body was something else. */
export function formOf(request: FastifyRequest): URLSearchParams {
  return request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
}

/** One field, trimmed; empty where it is not there. */
export function field(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').trim();
}

/** One word of the address's query; empty where it is not there. */
export function queryOf(request: FastifyRequest, name: string): string {
  const value = (request.query as Record<string, string | string[] | undefined>)[name];
  return (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).trim();
}

/** One named part of the path. */
export function paramOf(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? '';
}
