import { once } from './once.ts';

/** The story's doors to the rehearsal world: its clock, its counters, its inbox, and e-RS as a person sees it. */
export interface WorldDoor {
  now(): Promise<Temporal.Instant>;
  get(path: string): Promise<Facts>;
  post(path: string, body: unknown): Promise<Facts>;
  /** Somebody who is logged in to e-RS in a role; posts forms and gives the page's text. */
  logIn(role: 'service-definer' | 'referrer'): Promise<ErsVisit>;
}
export interface ErsVisit {
  get(path: string): Promise<string>;
  submit(path: string, fields: Readonly<Record<string, string>> | [string, string][]): Promise<string>;
}
export type Facts = Readonly<Record<string, unknown>>;

export function worldDoor(url: string): WorldDoor {
  const get = async (path: string): Promise<Facts> => read(await once(`${url}${path}`), path);
  const post = async (path: string, body: unknown): Promise<Facts> =>
    read(
      await once(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      path,
    );
  return {
    get,
    post,
    now: async () => Temporal.Instant.from(String((await get('/_world/clock')).now)),
    logIn: async (role) => {
      const answer = await once(`${url}/ers/log-in`, {
        method: 'POST',
        body: new URLSearchParams({ role }),
        redirect: 'manual',
      });
      const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
      return {
        get: async (path) => (await once(`${url}${path}`, { headers: { cookie } })).text(),
        submit: async (path, fields) =>
          (
            await once(`${url}${path}`, { method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) })
          ).text(),
      };
    },
  };
}

async function read(answer: Response, path: string): Promise<Facts> {
  const body = (await answer.json()) as Facts;
  if (!answer.ok) throw new Error(`The world answered ${answer.status} at ${path}: ${String(body.error)}`);
  return body;
}
