import { GO_QUESTIONS, type GoState } from './go.ts';
import type { PlanWindow } from './plan.ts';
import { ROLE_WORDS } from './role.ts';
import type { GoFacts } from './time-answers.ts';

/** What the `go` verb shows: each part with who may answer, who did, and until when it counts. */
export function goFacts(given: {
  zone: string;
  plan: number;
  validMinutes: number;
  state: GoState;
  names: ReadonlyMap<number, string>;
  reserves: readonly PlanWindow[];
}): GoFacts {
  const { state, names, ...rest } = given;
  return {
    ...rest,
    given: state.given,
    validUntil: state.validUntil,
    next: state.next,
    lastNo: state.parts.find((part) => part.state === 'no')?.part ?? null,
    parts: state.parts.map(({ part, state, answer, validUntil }) => ({
      part,
      name: GO_QUESTIONS[part].name,
      question: GO_QUESTIONS[part].question,
      who: GO_QUESTIONS[part].who.map((role) => ROLE_WORDS[role]).join(' or '),
      state,
      by: answer ? (names.get(answer.by) ?? null) : null,
      at: answer?.at ?? null,
      note: answer?.note ?? null,
      validUntil,
    })),
  };
}
