import type { Flaw } from './extract-flaw.ts';

/**
 * One line of the table from the codes of the practice file to today's commissioners (rule 20). ODS's practice file names
 * bodies that are long gone; which board took their place is nowhere in it, so people keep this table and say where from.
 */
export interface CommissionerLine {
  /** As the practice file or an earlier line has it. */
  readonly code: string;
  readonly commissioner: string;
  /** ISO days, both included; null is open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly source: string;
}

export interface ReadCommissionerMap {
  readonly lines: readonly CommissionerLine[];
  readonly flaws: readonly Flaw[];
}

/** After several mergers a code is followed from board to board, but not for ever. */
const MOST_STEPS = 8;

/** The commissioner that a code stands for on that day, through any mergers in effect; null where no line says. */
export function commissionerOn(code: string, day: string, lines: readonly CommissionerLine[]): string | null {
  const next = new Map(
    lines
      .filter((line) => (line.from ?? '') <= day && day <= (line.to ?? '9999-12-31'))
      .map((line) => [line.code, line.commissioner]),
  );
  const seen = new Set<string>();
  let at = code;
  for (let step = 0; step < MOST_STEPS && !seen.has(at); step++) {
    seen.add(at);
    const to = next.get(at);
    if (to === undefined || to === at) return at === code && to === undefined ? null : at;
    at = to;
  }
  return null;
}

export interface CodeOfPractices {
  readonly code: string;
  readonly practices: number;
}

/** How far the table reaches on that day, by the practices behind each code. */
export interface MapCoverage {
  /** Their practices are told: the commissioner is on the list. */
  readonly listed: readonly (CodeOfPractices & { readonly commissioner: string })[];
  /** Mapped to a commissioner that is not on the list, or not in effect. */
  readonly notListed: readonly (CodeOfPractices & { readonly commissioner: string })[];
  readonly unmapped: readonly CodeOfPractices[];
}

/** `listed`: the commissioners on the list that are in effect on that day. */
export function mapCoverage(
  codes: readonly CodeOfPractices[],
  lines: readonly CommissionerLine[],
  listed: ReadonlySet<string>,
  day: string,
): MapCoverage {
  const mapped = codes.map((one) => ({ ...one, commissioner: commissionerOn(one.code, day, lines) }));
  const known = mapped.flatMap(({ commissioner, ...one }) => (commissioner === null ? [] : [{ ...one, commissioner }]));
  return {
    listed: known.filter((one) => listed.has(one.commissioner)),
    notListed: known.filter((one) => !listed.has(one.commissioner)),
    unmapped: mapped
      .filter((one) => one.commissioner === null)
      .map(({ code, practices }) => ({ code, practices }))
      .sort((a, b) => b.practices - a.practices),
  };
}
