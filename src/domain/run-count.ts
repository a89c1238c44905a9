import { counted } from '../kernel/time-words.ts';

export interface SiteCount {
  readonly site: string;
  readonly expected: number;
  readonly counted: number;
}

export interface WrongCount extends SiteCount {
  /** The most probable cause and what to do about it, in a sentence. */
  readonly cause: string;
}

/** The sites where a person counted something else than planned, each with the probable cause (rule 15). */
export function wrongCounts(counts: readonly SiteCount[]): WrongCount[] {
  return counts
    .filter((one) => one.counted !== one.expected)
    .map((one) => ({ ...one, cause: probableCause(one, counts) }));
}

function probableCause(one: SiteCount, all: readonly SiteCount[]): string {
  const more = one.counted - one.expected;
  const swapped = all.find(
    (other) => other.site !== one.site && other.expected === one.counted && other.counted === one.expected,
  );
  if (swapped) return `The numbers of ${one.site} and ${swapped.site} look exchanged.`;
  if (one.counted === 0) {
    return 'Nothing is ticked at this site. The filter may hide it: check that the directly bookable filter is set to Yes.';
  }
  if (more > 0) {
    return `${counted(more, 'service')} too many. Most often the whole site was ticked, or a service was created since the extract. Untick what is not on the list.`;
  }
  return `${counted(-more, 'service')} too few. Most often a line was missed, or a service is not directly bookable or was unpublished since the extract. Tick through the list again.`;
}
