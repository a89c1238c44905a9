import { type RunningWorld, startWorld } from '../../src/rehearsal/world.ts';

export const SECRET = 'the-rehearsals-secret';

/** A world on free ports, with 12 sample services unless said otherwise. */
export function openWorld(size = 12): Promise<RunningWorld> {
  return startWorld({ host: '127.0.0.1', port: 0, smtpPort: 0, executorSecret: SECRET, size });
}

export interface Page {
  readonly status: number;
  readonly text: string;
  readonly url: string;
}

/** Somebody with a browser that has no JavaScript: keeps cookies, follows redirects, posts forms. */
export interface Visitor {
  get(path: string): Promise<Page>;
  post(path: string, fields: readonly (readonly [string, string])[]): Promise<Page>;
}

export async function visitor(world: RunningWorld, role?: 'service-definer' | 'referrer'): Promise<Visitor> {
  let cookie = '';
  const go = async (path: string, init: RequestInit): Promise<Page> => {
    const answer = await fetch(new URL(path, world.url), {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers ?? {}), cookie },
    });
    const set = answer.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? '';
    const next = answer.headers.get('location');
    if (next !== null) return go(next, {});
    return { status: answer.status, text: await answer.text(), url: new URL(answer.url).pathname };
  };
  const one: Visitor = {
    get: (path) => go(path, {}),
    post: (path, fields) =>
      go(path, {
        method: 'POST',
        body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])),
      }),
  };
  if (role) await one.post('/ers/log-in', [['role', role]]);
  return one;
}

/** JSON from one of the world's doors. */
export async function ask(world: RunningWorld, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const answer = await fetch(
    new URL(path, world.url),
    body === undefined
      ? {}
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  );
  return { status: answer.status, body: (await answer.json()) as Json };
}

export type Json = Readonly<Record<string, unknown>>;
