export interface ChaosContext {
  readonly db: 'embedded' | 'server';
  readonly replicas: number;
  readonly kills: number;
  readonly seed: number;
  /** Only with a server. */
  readonly url: string;
  /** A folder of its own, removed afterwards. */
  readonly folder: string;
  /** For people, while it runs. */
  say(line: string): void;
}

/** What was counted, by a witness that was not killed. */
export interface ChaosCounts {
  /** Kills between a run's first intent and its last settlement. */
  readonly hits: number;
  readonly units: number;
  readonly doubled: number;
  readonly lost: number;
  readonly unknown: number;
  readonly unknownAllowed: number;
}

/** Malformed requests instead of kills: `count` of them, and whether all was well. */
export type Fuzz = (
  context: Pick<ChaosContext, 'db' | 'seed' | 'url' | 'folder' | 'say'> & { readonly count: number },
) => Promise<{ readonly count: number; readonly ok: boolean }>;

export type Chaos = (context: ChaosContext) => Promise<ChaosCounts>;

/** A repeatable chance: the same seed gives the same moments. */
export function chance(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
