import type { Log } from '../../kernel/log.ts';

/** The rehearsal's domain clock lives in the world; this follows it, and asks it to go forwards. */
export interface WorldClock {
  /** By how many milliseconds the domain clock is ahead of the machine's; for `offsetClock`. */
  offset(): number;
  /** Moves to an instant (ISO). False when that has already gone by: the clock goes forwards only. */
  moveTo(instant: string): Promise<boolean>;
  /** Calls back after each move, so that what has become due is done at once. Gives the function that stops it. */
  onMove(wake: () => void): () => void;
  stop(): void;
}

const POLL_MS = 60_000;
const RETRY_MS = 500;
const START_ATTEMPTS = 40;

/** Connects to the world at `url` (its origin); throws when it does not answer within about 20 seconds. */
export async function followWorldClock(url: string, log: Log): Promise<WorldClock> {
  const stopping = new AbortController();
  const wakes = new Set<() => void>();
  const address = new URL('/_world/clock', url);
  let known = await firstOffset(address);

  const learn = (offset: number) => {
    if (offset === known) return;
    known = offset;
    for (const wake of wakes) wake();
  };
  const follow = async () => {
    while (!stopping.signal.aborted) {
      try {
        const next = new URL(address);
        next.searchParams.set('after', String(known));
        learn((await ask(next, { signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(POLL_MS)]) })).offset);
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.debug({ err: error }, 'the rehearsal clock did not answer; asking again');
        await pause(RETRY_MS);
      }
    }
  };
  void follow();

  return {
    offset: () => known,
    async moveTo(instant) {
      const body = JSON.stringify({ to: instant });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(address, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) });
      if (response.status >= 500) throw new Error('The rehearsal world could not move its clock.');
      if (!response.ok) return false;
      learn(offsetIn(await response.json()));
      return true;
    },
    onMove(wake) {
      wakes.add(wake);
      return () => wakes.delete(wake);
    },
    stop: () => stopping.abort(),
  };
}

async function firstOffset(address: URL): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await ask(address, { signal: AbortSignal.timeout(2_000) })).offset;
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw new Error('The rehearsal world does not answer.', { cause: error });
      await pause(RETRY_MS);
    }
  }
}

async function ask(address: URL, init: RequestInit): Promise<{ offset: number }> {
  const response = await fetch(address, init);
  if (!response.ok) throw new Error(`The rehearsal clock answered ${response.status}.`);
  return { offset: offsetIn(await response.json()) };
}

function offsetIn(answer: unknown): number {
  const offset = Object(answer).offset;
  if (typeof offset !== 'number') throw new Error('The rehearsal clock answered without an offset.');
  return offset;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
