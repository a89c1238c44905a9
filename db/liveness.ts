import { Client } from 'pg';

/** First half of the advisory locks by which processes prove that they live. */
export const LIVENESS_CLASS = 29_061;
const AGAIN_MS = 500;

export interface Liveness {
  release(): Promise<void>;
}

/**
 * Holds a session's advisory lock on a connection of its own: a server frees it some milliseconds after the process died,
 * however it died. When the connection is lost the lock is taken again as soon as the server answers; meanwhile others may
 * take over what we drove, and settling is fenced by owner.
 */
export async function holdLiveness(url: string, key: number): Promise<Liveness> {
  let released = false;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function hold(): Promise<void> {
    const mine = new Client({ connectionString: url, connectionTimeoutMillis: 1_500, keepAlive: true });
    mine.on('error', () => {});
    mine.on('end', () => {
      if (!released && client === mine) again();
    });
    await mine.connect();
    await mine.query('select pg_advisory_lock($1, $2)', [LIVENESS_CLASS, key]);
    client = mine;
  }

  function again(): void {
    timer = setTimeout(() => {
      hold().catch(again);
    }, AGAIN_MS);
    timer.unref();
  }

  await hold();
  return {
    async release() {
      released = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
