import type { Role } from './role.ts';

/** The four parts of a go (rule 13), in the order in which they are asked: the lead decides last, knowing the others. */
export const GO_PARTS = ['new-pas-live', 'two-definers', 'no-incident', 'lead'] as const;
export type GoPart = (typeof GO_PARTS)[number];

export const GO_QUESTIONS = {
  'new-pas-live': {
    name: 'New PAS live',
    question: 'Is the new PAS live, and does it answer?',
    who: ['service-definer', 'e-rs-lead'],
  },
  'two-definers': {
    name: 'Two service definers',
    question: 'Can two service definers log in to e-RS tonight?',
    who: ['service-definer', 'e-rs-lead'],
  },
  'no-incident': {
    name: 'No e-RS incident',
    question: 'Do the live service pages show no e-RS incident?',
    who: ['service-definer', 'e-rs-lead'],
  },
  lead: { name: 'The e-RS lead’s go', question: 'Does the e-RS lead say go?', who: ['e-rs-lead'] },
} as const satisfies Record<GoPart, { name: string; question: string; who: readonly Role[] }>;

/** One answer as it was given; kept for ever, the latest per part counts. `at` is an ISO instant. */
export interface GoAnswer {
  readonly part: GoPart;
  readonly said: 'yes' | 'no';
  readonly by: number;
  readonly at: string;
  readonly note: string | null;
}

export interface GoPartState {
  readonly part: GoPart;
  readonly state: 'yes' | 'no' | 'grown-old' | 'not-asked';
  readonly answer: GoAnswer | null;
  /** Until when a yes counts, ISO. */
  readonly validUntil: string | null;
}

export interface GoState {
  readonly given: boolean;
  readonly parts: readonly GoPartState[];
  /** The part to ask next; null when all are given. */
  readonly next: GoPart | null;
  /** Until when the whole go counts: its oldest part decides. Null unless given. */
  readonly validUntil: string | null;
}

/** The go as it stands now: a yes counts for `validMinutes` (60 by default), a no until it is answered again (rule 13). */
export function goState(answers: readonly GoAnswer[], now: Temporal.Instant, validMinutes: number): GoState {
  const parts = GO_PARTS.map((part) => partState(part, latestOf(answers, part), now, validMinutes));
  const given = parts.every((part) => part.state === 'yes');
  const ends = parts.map((part) => part.validUntil ?? '').sort();
  return {
    given,
    parts,
    next: parts.find((part) => part.state !== 'yes')?.part ?? null,
    validUntil: given ? (ends[0] ?? null) : null,
  };
}

/** Why the go is not given, one sentence a part; empty when it is. */
export function goGaps(state: GoState): readonly string[] {
  const words = {
    yes: '',
    no: 'was answered with no',
    'grown-old': 'was given too long ago',
    'not-asked': 'has not been answered',
  } as const;
  return state.parts
    .filter((part) => part.state !== 'yes')
    .map((part) => `${GO_QUESTIONS[part.part].name} ${words[part.state]}`);
}

function partState(part: GoPart, answer: GoAnswer | null, now: Temporal.Instant, validMinutes: number): GoPartState {
  if (answer === null) return { part, state: 'not-asked', answer, validUntil: null };
  if (answer.said === 'no') return { part, state: 'no', answer, validUntil: null };
  const until = Temporal.Instant.from(answer.at).add({ minutes: validMinutes });
  const fresh = Temporal.Instant.compare(now, until) < 0;
  return { part, state: fresh ? 'yes' : 'grown-old', answer, validUntil: until.toString() };
}

function latestOf(answers: readonly GoAnswer[], part: GoPart): GoAnswer | null {
  return answers
    .filter((answer) => answer.part === part)
    .reduce<GoAnswer | null>(
      (latest, answer) => (latest === null || Temporal.Instant.compare(answer.at, latest.at) >= 0 ? answer : latest),
      null,
    );
}
