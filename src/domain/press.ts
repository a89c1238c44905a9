import { counted } from '../kernel/time-words.ts';
import { CONFLICT_WORDS, type Conflicts, conflictOf, votingRoles } from './approval.ts';
import type { Policy } from './approval-matching.ts';
import type { Finding } from './finding.ts';
import { GO_QUESTIONS } from './go.ts';
import type { PlanFacts } from './plan-answers.ts';
import { ROLE_WORDS, type Role } from './role.ts';
import type { Run } from './run.ts';
import { pollLines, type Verification, verificationFacts } from './verification-shown.ts';

/** A button of the board that would do nothing for one person now, and why. */
export interface Barred {
  /** The part of the board: "plan-12", "run". */
  readonly part: string;
  readonly verb: string;
  /** Only where the button's input is like this; a field that is null must not be there. */
  readonly input: Readonly<Record<string, string | null>>;
  readonly why: string;
}

/** A button of the board that is one person's alone, e.g. taking their vote back. */
export interface Offer {
  readonly part: string;
  readonly label: string;
  readonly verb: string;
  readonly input: Readonly<Record<string, string>>;
}

/** Who looks at the board. */
export interface Presser {
  readonly id: number;
  readonly roles: readonly Role[];
}

/** A plan on the board, with its votes. */
export interface VotesNow {
  readonly facts: PlanFacts;
  readonly policy: Policy;
  readonly conflicts: Conflicts;
  /** Whose vote stands. */
  readonly voted: ReadonlySet<number>;
  /** Whose vote would fill a place. */
  readonly couldVote: ReadonlySet<number>;
}

/** What is checked and found after one plan's run. */
export interface AfterNow {
  /** What its parts' keys end with; empty for the run's plan. */
  readonly suffix: string;
  /** Once there is something to check. */
  readonly checks: Verification | null;
  readonly findings: readonly Finding[];
}

export interface BoardNow {
  readonly votes: readonly VotesNow[];
  /** The newest run; null: none. `runner`: who carries it out, by name. */
  readonly run: Run | null;
  readonly runner: string;
  /** Of the run's plan, and of others that are being verified. */
  readonly after: readonly AfterNow[];
  /** "Bulk updates are closed until …", while they are. */
  readonly closed: string | null;
  /** Until when the old PAS answers, ISO. */
  readonly oldPasUntil: string | null;
  readonly now: Temporal.Instant;
}

/** What one person cannot do now of all that the board offers, each with the reason; whether their roles have the verb at all is asked elsewhere. */
export function barred(person: Presser, board: BoardNow): readonly Barred[] {
  return [
    ...board.votes.flatMap((one) => [...votesBarred(person, one), ...submitBarred(one), ...goBarred(person, one)]),
    ...(board.run === null ? [] : runBarred(person, board.run, board)),
    ...board.after.flatMap(({ suffix, checks, findings }) =>
      [...(checks === null ? [] : checksBarred(person, checks)), ...findingsBarred(person, findings)].map((one) => ({
        ...one,
        part: `${one.part}${suffix}`,
      })),
    ),
  ];
}

/** Why this person has no vote to give on a plan: null, they have (rule 9). */
export function noVote(
  person: Presser,
  votes: VotesNow,
): { readonly approve: string | null; readonly reject: string | null } {
  const conflict = conflictOf(person.id, votes.conflicts);
  if (conflict !== null) return { approve: CONFLICT_WORDS[conflict], reject: CONFLICT_WORDS[conflict] };
  if (votingRoles(votes.policy, person.roles).length === 0) {
    const needed = votes.policy.map(({ role, count }) => counted(count, ROLE_WORDS[role])).join(' and ');
    return { approve: `It is approved by ${needed}.`, reject: `It is approved by ${needed}.` };
  }
  if (votes.couldVote.has(person.id)) return { approve: null, reject: null };
  return {
    approve: votes.voted.has(person.id) ? 'You have approved it.' : 'Your vote is not needed any more.',
    reject: null,
  };
}

function votesBarred(person: Presser, votes: VotesNow): Barred[] {
  const part = `plan-${votes.facts.number}`;
  const why = noVote(person, votes);
  return (['approve', 'reject'] as const).flatMap((verb) => {
    const reason = why[verb];
    return reason === null ? [] : [{ part, verb, input: {}, why: reason }];
  });
}

/** The e-RS lead's own part of the go (rule 13). */
function goBarred(person: Presser, { facts }: VotesNow): Barred[] {
  if (GO_QUESTIONS.lead.who.some((role) => person.roles.includes(role))) return [];
  const why = 'The e-RS lead says the last word.';
  return [{ part: `go-${facts.number}`, verb: 'go', input: { part: 'lead' }, why }];
}

function submitBarred({ facts }: VotesNow): Barred[] {
  if (facts.state !== 'draft' || facts.blockers.length === 0) return [];
  const why = 'First what is listed above has to be done.';
  return [{ part: `plan-${facts.number}`, verb: 'submit', input: {}, why }];
}

/** The guided steps are the service definer's who carries the run out; whoever counted is not the second person (rule 15). */
function runBarred(person: Presser, run: Run, board: BoardNow): Barred[] {
  const at = (verb: string, input: Barred['input'], why: string) => ({ part: 'run', verb, input, why });
  const { closed } = board;
  return [
    ...(run.guided === null ? [] : stepsBarred(person, run, run.guided, board.runner)),
    ...(closed === null ? [] : [at('resume', {}, closed), at('retry', {}, closed)]),
    ...undoBarred(person, run, board),
  ];
}

function stepsBarred(person: Presser, run: Run, place: NonNullable<Run['guided']>, runner: string): Barred[] {
  const at = (input: Barred['input'], why: string) => ({ part: 'run', verb: 'step', input, why });
  const theirs = `The steps are for ${runner}, who carries the run out.`;
  const own = STEPS.map((what) => at({ what }, theirs));
  const mayHandOver =
    [run.runnerId, run.deputyId].includes(person.id) || person.roles.includes('e-rs-lead') || run.deputyId === null;
  const observer = !person.roles.some((role) => role !== 'observer');
  const counter = place.counts.some(({ by }) => by === person.id);
  return [
    ...(person.id === run.runnerId ? [] : own),
    ...(mayHandOver ? [] : [at({ what: 'handover' }, theirs)]),
    ...(observer ? [at({ what: 'confirm' }, 'An observer cannot be the second person.')] : []),
    ...(counter && !observer
      ? [at({ what: 'confirm', how: null }, 'You counted, so someone else confirms it, or a screenshot.')]
      : []),
  ];
}

const STEPS = ['done', 'count', 'pressed', 'failed', 'clear', 'other', 'new', 'old'] as const;
const AGREEING: readonly Role[] = ['e-rs-lead', 'clinical-safety-officer', 'approver'];

/** Rule 18: only while the old PAS answers; a service definer asks, somebody else agrees. */
function undoBarred(person: Presser, run: Run, { oldPasUntil, now }: BoardNow): Barred[] {
  const at = (input: Barred['input'], why: string) =>
    ['run', 'verification'].map((part) => ({ part, verb: 'undo', input, why }));
  const over = oldPasUntil === null || Temporal.Instant.compare(now, oldPasUntil) >= 0;
  if (over) {
    const why =
      oldPasUntil === null
        ? 'Nobody has said until when the old PAS answers.'
        : 'The old PAS does not answer any more.';
    return [...at({ what: null }, why), ...at({ what: 'agree' }, why)];
  }
  const agrees = person.roles.some((role) => AGREEING.includes(role));
  return [
    ...(person.roles.includes('service-definer')
      ? []
      : at({ what: null }, 'A service definer asks for it, having seen the old PAS answer.')),
    ...(run.undo?.by === person.id ? at({ what: 'agree' }, 'You asked for it, so someone else has to agree.') : []),
    ...(agrees ? [] : at({ what: 'agree' }, 'The e-RS lead, the clinical safety officer or an approver agrees.')),
  ];
}

function checksBarred(person: Presser, known: Verification): Barred[] {
  const { quorum, closing } = verificationFacts(known, null);
  const faults = [...quorum.faults, ...closing.map((item) => `${item} is not ticked`)];
  const open = pollLines(known).filter(({ seenAt }) => seenAt === null);
  const mine = open.length > 0 && open.every(({ ownerId }) => ownerId === person.id);
  return [
    ...(quorum.ok && faults.length === 0
      ? []
      : [{ part: 'verification', verb: 'complete', input: {}, why: firstOf(faults) }]),
    ...(mine ? [{ part: 'polls', verb: 'polls', input: { what: 'claim' }, why: 'They are yours.' }] : []),
  ];
}

/** The card says the others. */
function firstOf(faults: readonly string[]): string {
  return `${faults[0] ?? ''}${faults.length > 1 ? `; and ${faults.length - 1} more` : ''}.`;
}

/** What is one's own already is not taken; an alert is settled by its owner, the e-RS lead or the safety officer (rule 26). */
function findingsBarred(person: Presser, findings: readonly Finding[]): Barred[] {
  const of = (kind: Finding['kind']) => findings.filter((one) => one.kind === kind);
  const allMine = (some: readonly Finding[]) => some.length > 0 && some.every(({ owner }) => owner?.id === person.id);
  const alerts = of('alert');
  const settles = person.roles.some((role) => role === 'e-rs-lead' || role === 'clinical-safety-officer');
  const gives = (some: readonly Finding[]) =>
    person.roles.includes('e-rs-lead') || some.some(({ owner }) => owner?.id === person.id);
  return [
    ...(['difference', 'alert'] as const).flatMap((kind) => {
      const part = kind === 'difference' ? 'reconcile' : 'asi';
      return [
        ...(allMine(of(kind)) ? [{ part, verb: part, input: { what: 'take' }, why: 'It is yours.' }] : []),
        ...(gives(of(kind))
          ? []
          : [
              {
                part,
                verb: part,
                input: { what: 'give' },
                why: 'The e-RS lead gives them, or whoever has taken one over.',
              },
            ]),
      ];
    }),
    ...(settles || alerts.some(({ owner }) => owner?.id === person.id)
      ? []
      : [
          {
            part: 'asi',
            verb: 'asi',
            input: { what: 'settle' },
            why: 'The e-RS lead settles them, or whoever has taken one over.',
          },
        ]),
  ];
}
