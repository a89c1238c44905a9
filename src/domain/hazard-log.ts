import { canonicalJson, sha256, shortCode } from '../kernel/canonical.ts';
import { HAZARDS, type Hazard } from './hazard.ts';
import type { Control } from './hazard-controls.ts';
import { type Risk, riskOf, riskWords } from './hazard-risk.ts';
import { ROLE_WORDS, type Role } from './role.ts';

/** What a migration says about a hazard; the newest counts, field by field. */
export interface HazardNote {
  readonly key: string;
  readonly initial: Risk | null;
  readonly residual: Risk | null;
  readonly owner: Role | null;
  readonly note: string | null;
  readonly by: string;
  readonly at: string;
}

/** The clinical safety officer's word on the log as it stood: `hash` is of its contents. */
export interface HazardSignOff {
  readonly by: string;
  readonly at: string;
  readonly hash: string;
  readonly note: string | null;
}

export interface HazardLine {
  readonly key: string;
  readonly title: string;
  readonly harm: string;
  readonly cause: string;
  readonly owner: string;
  readonly initial: Risk;
  readonly residual: Risk;
  /** 1 to 5. */
  readonly risk: number;
  readonly controls: readonly Control[];
  readonly notes: readonly { readonly note: string; readonly by: string; readonly at: string }[];
}

/** The log as it stands: its lines, its hash, and who signed which. */
export interface HazardLog {
  readonly hazards: readonly HazardLine[];
  readonly hash: string;
  readonly code: string;
  readonly signOffs: readonly (HazardSignOff & { readonly current: boolean })[];
}

/** A residual risk from here on is not acceptable: nobody signs it off. */
const UNACCEPTABLE = 4;

/** The starter hazards and the migration's own, with all that was said about them, oldest first (DCB0129, DCB0160). */
export function hazardLog(
  own: readonly Hazard[],
  notes: readonly HazardNote[],
  signOffs: readonly HazardSignOff[],
): HazardLog {
  const hazards = [...HAZARDS, ...own].map((hazard) =>
    lineOf(
      hazard,
      notes.filter(({ key }) => key === hazard.key),
    ),
  );
  const hash = sha256(canonicalJson(hazards.map(signed)));
  return {
    hazards,
    hash,
    code: shortCode(hash),
    signOffs: signOffs.map((signOff) => ({ ...signOff, current: signOff.hash === hash })),
  };
}

/** What a sign-off is about: which test proves a control changes with the program, and ends nobody's word. */
function signed({ controls, ...hazard }: HazardLine) {
  return { ...hazard, controls: controls.map(({ rule, words }) => ({ rule, words })) };
}

/** Why the log cannot be signed off, or null. */
export function whyUnsigned({ hazards }: HazardLog): string | null {
  const high = hazards.filter(({ risk }) => risk >= UNACCEPTABLE);
  if (high.length === 0) return null;
  return `A residual risk of ${UNACCEPTABLE} or 5 is not acceptable: ${high.map(({ key, residual }) => `${key} ${riskWords(residual)}`).join(', ')}. Add a control and rate it again, or do not go ahead.`;
}

function lineOf(hazard: Hazard, notes: readonly HazardNote[]): HazardLine {
  const latest = <F extends 'initial' | 'residual' | 'owner'>(field: F) =>
    notes.findLast((note) => note[field] !== null)?.[field] ?? null;
  const residual = latest('residual') ?? hazard.residual;
  return {
    key: hazard.key,
    title: hazard.title,
    harm: hazard.harm,
    cause: hazard.cause,
    owner: ROLE_WORDS[latest('owner') ?? hazard.owner],
    initial: latest('initial') ?? hazard.initial,
    residual,
    risk: riskOf(residual),
    controls: hazard.controls,
    notes: notes.flatMap(({ note, by, at }) => (note === null ? [] : [{ note, by, at }])),
  };
}

export interface HazardAnswers {
  readonly 'hazards.shown': HazardsFacts;
}

export interface HazardsFacts {
  readonly zone: string;
  readonly log: HazardLog;
  /** The one that was asked for, or null for the list. */
  readonly chosen: HazardLine | null;
  readonly notice: string | null;
  readonly maySign: boolean;
}
