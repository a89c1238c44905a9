/** One measured figure (contracts, What the commands print). */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** The median over the runs. */
  readonly value: number;
  /** The median of what it is compared with, measured in the same run, turn by turn; null for an absolute figure. */
  readonly baseline: number | null;
  readonly ratio: number | null;
  /** Of the ratio (or of the value): largest minus smallest, over the median. */
  readonly spread: number;
  readonly runs: number;
  /** What the ratio must keep, or the value where there is no baseline; null: only told. */
  readonly goal: number | null;
  readonly ok: boolean;
}

export interface BenchContext {
  readonly db: 'embedded' | 'server';
  /** Only with `--db server`. */
  readonly url: string;
  /** A folder of its own, removed afterwards. */
  readonly folder: string;
  /** For people, while it runs. */
  say(line: string): void;
}

/** What a file `test/bench/NAME.ts` exports as `bench`. The figure that an issue names comes first. */
export type Bench = (context: BenchContext) => Promise<readonly Figure[]>;

/** Compares two series that were measured turn by turn: the ratio is the median of the turns' ratios. */
export function compared(
  what: { name: string; unit: string; better: Figure['better']; goal: number | null },
  ours: readonly number[],
  theirs: readonly number[],
): Figure {
  const ratios = ours.map((value, at) => value / (theirs[at] ?? Number.NaN));
  const ratio = median(ratios);
  return {
    ...what,
    value: median(ours),
    baseline: median(theirs),
    ratio,
    spread: spreadOf(ratios),
    runs: ours.length,
    ok: what.goal === null || (what.better === 'lower' ? ratio <= what.goal : ratio >= what.goal),
  };
}

/** A figure without a baseline: its goal is absolute. */
export function absolute(
  what: { name: string; unit: string; better: Figure['better']; goal: number | null },
  values: readonly number[],
): Figure {
  const value = median(values);
  const ok = what.goal === null || (what.better === 'lower' ? value <= what.goal : value >= what.goal);
  return { ...what, value, baseline: null, ratio: null, spread: spreadOf(values), runs: values.length, ok };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}

function spreadOf(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}
