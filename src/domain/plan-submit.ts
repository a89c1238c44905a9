import { type Next, next, Refusal } from '../kernel/errors.ts';
import { firstInWords, listInWords } from '../kernel/list-words.ts';
import { counted } from '../kernel/time-words.ts';
import type { Matching } from './approval-matching.ts';
import type { Blocker } from './checklist-state.ts';
import type { Gaps } from './gaps.ts';
import { ROLE_WORDS } from './role.ts';

/** Everything that submitting a plan asks for (rules 2, 5, 7, 8 and 9). */
export interface SubmitFacts {
  readonly number: number;
  readonly kind: 'plan' | 'practice';
  readonly services: number;
  /** Services that a newer import links otherwise, or no longer has. */
  readonly changed: readonly string[];
  readonly gaps: Gaps;
  /** Days since the extract's month end, and how many are allowed. */
  readonly extractAge: number;
  readonly extractValid: number;
  readonly hasOutage: boolean;
  readonly hasWindow: boolean;
  readonly hasRunner: boolean;
  /** Why a notice of the night would be refused for its Welsh, as a sentence; null where it would not. */
  readonly welsh: string | null;
  /** The checklist's items of the gate "submit" that are not done. */
  readonly checklist: readonly Blocker[];
  /** Could the policy be completed, the reserved people set aside? */
  readonly approvable: Matching;
}

/** One thing that stands before the submit, and the verb that mends it. */
export interface SubmitFault {
  readonly code: string;
  readonly words: string;
  readonly mend: Next;
}

/** All faults at once, the ones that take longest to mend first. */
export function submitFaults(facts: SubmitFacts): SubmitFault[] {
  return CHECKS.flatMap((check) => check(facts) ?? []);
}

/** Refuses with every fault; the code is the first one's. */
export function refuseSubmit(number: number, faults: readonly SubmitFault[]): void {
  const [first] = faults;
  if (!first) return;
  const lines = faults.map(({ words }) => words);
  throw new Refusal(
    first.code,
    [`Plan ${number} cannot be submitted yet. ${counted(faults.length, 'thing')} to do first:`, ...lines].join('\n'),
    { remedy: oncePerVerb(faults).slice(0, 4), facts: { faults: faults.map(({ code }) => code) } },
  );
}

type Check = (facts: SubmitFacts) => SubmitFault | null;

/** "Contact details complete" and "verification services identified" are said by their own checks. */
const SAID_ELSEWHERE = ['contact-details'];

const CHECKS: readonly Check[] = [
  ({ services }) =>
    services > 0 ? null : fault('empty-plan', 'The plan holds no service.', next('Choose services', 'plan')),
  ({ gaps }) => (gaps.blocks ? fault('gaps', gapSentence(gaps), next('See the gaps', 'gaps')) : null),
  ({ changed, number }) =>
    changed.length === 0
      ? null
      : fault(
          'newer-import',
          `In the newest import ${counted(changed.length, 'service')} of the plan ${changed.length === 1 ? 'is' : 'are'} different (${firstInWords(changed)}). Look at the difference and save it.`,
          next('See what changed', 'plan', { plan: String(number), refresh: 'yes' }),
        ),
  ({ extractAge, extractValid }) =>
    extractAge <= extractValid
      ? null
      : fault(
          'old-extract',
          `The extract is ${extractAge} days old; ${extractValid} are allowed. Import a newer one.`,
          next('Import', 'import'),
        ),
  ({ kind, hasOutage }) =>
    hasOutage || kind === 'practice'
      ? null
      : fault(
          'no-outage',
          'No outage is set: when is the old PAS off and the new one on?',
          next('Set the outage', 'outage'),
        ),
  ({ hasWindow, number }) =>
    hasWindow
      ? null
      : fault(
          'no-window',
          'No window is reserved for the update.',
          next('Reserve a window', 'window', { plan: String(number) }),
        ),
  ({ hasRunner, number }) =>
    hasRunner
      ? null
      : fault(
          'no-runner',
          'No service definer is named who runs the update.',
          next('Name the service definer', 'plan', { plan: String(number) }),
        ),
  ({ welsh }) => (welsh === null ? null : fault('welsh', welsh, next('The Welsh words', 'wording', { what: 'welsh' }))),
  ({ checklist }) => {
    const left = checklist.filter(({ key }) => !SAID_ELSEWHERE.includes(key));
    return left.length === 0
      ? null
      : fault(
          'checklist',
          `Not done on the checklist: ${listInWords(left.map(({ words, owner }) => `${words} (${owner})`))}.`,
          next('Checklist', 'checklist'),
        );
  },
  ({ approvable }) =>
    approvable.complete
      ? null
      : fault(
          'nobody-could-approve',
          `Nobody could complete the approval: missing ${listInWords(approvable.missing.map(({ role, count }) => counted(count, ROLE_WORDS[role])))}. The author, the last editor, the service definer and the deputy have no vote.`,
          next('Grant a role', 'grant'),
        ),
];

function gapSentence(gaps: Gaps): string {
  const parts = [
    ...(gaps.missing > 0 ? [`${counted(gaps.missing, 'service')} with a detail missing`] : []),
    ...(gaps.unknown > 0 ? [`${counted(gaps.unknown, 'service')} with a detail that the extract does not have`] : []),
  ];
  return `Patient-facing contact details are not complete, and the bulk tool fails on gaps: ${listInWords(parts)}.`;
}

function fault(code: string, words: string, mend: Next): SubmitFault {
  return { code, words, mend };
}

function oncePerVerb(faults: readonly SubmitFault[]): Next[] {
  return [...new Map(faults.map(({ mend }) => [mend.label, mend])).values()];
}
