export type Verdict = 'open' | 'amber' | 'closed';

/** A rule that spoke at an instant. `rule` is stable; `source` says where it comes from; `text` is a sentence for the screen. */
export interface Reason {
  readonly rule: 'zone' | 'bank-holidays' | 'working-hours' | 'amber-hours' | 'e-rs-outage' | 'freeze' | 'incident';
  readonly source: string;
  readonly text: string;
}

/** Something that closes time whatever the hours say: [from, to), ISO instants; `to` null while nobody has ended it. */
export interface Stop {
  readonly rule: 'e-rs-outage' | 'freeze' | 'incident';
  readonly from: string;
  readonly to: string | null;
  readonly source: string;
  readonly text: string;
}

/** Deny wins: open only where no rule spoke, amber only where nothing else did. */
export function verdictOf(reasons: readonly Reason[]): Verdict {
  if (reasons.length === 0) return 'open';
  return reasons.every((reason) => reason.rule === 'amber-hours') ? 'amber' : 'closed';
}
