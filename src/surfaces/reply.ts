import { cardOf, refusalCard } from '../../templates/cards/index.ts';
import { drawnFiles } from '../../templates/files.ts';
import type { Card } from '../card/card.ts';
import type { Form } from '../card/form.ts';
import type { Answer, AnswerFile } from '../command.ts';
import type { Outcome } from '../dispatch.ts';
import { Refusal } from '../kernel/errors.ts';

/** What is shown to the person who asked. */
export type Reply =
  | { readonly kind: 'card'; readonly card: Card; readonly files: readonly AnswerFile[] }
  | Refused
  | { readonly kind: 'form'; readonly form: Form }
  /** The request came before and was answered then. */
  | { readonly kind: 'nothing' };

export interface Refused {
  readonly kind: 'refusal';
  readonly card: Card;
  readonly fields: Readonly<Record<string, string>>;
}

export function replyOf(outcome: Outcome): Reply {
  if (outcome.kind === 'form') return outcome;
  if (outcome.kind === 'refusal') return refused(outcome.refusal);
  return { kind: 'card', card: cardOf(outcome.answer, outcome.may), files: filesOf(outcome.answer) };
}

/** What the verb gave, and what is drawn from its facts. */
export function filesOf(answer: Answer): readonly AnswerFile[] {
  return [...(answer.files ?? []), ...drawnFiles(answer)];
}

export function refused(refusal: Refusal): Refused {
  return { kind: 'refusal', card: refusalCard(refusal), fields: refusal.fields };
}

/** For whatever is thrown on the way: a refusal as it is; anything else is our fault, and says so. */
export function replyToError(error: unknown): Reply {
  return refused(error instanceof Refusal ? error : FAULT);
}

const FAULT = new Refusal(
  'fault',
  'Changeover could not do that just now, and nothing was changed. Try again in a minute; if it stays, ask an administrator to run `bsu doctor`.',
);

export const GAVE_UP = refused(
  new Refusal(
    'no-answer',
    'Changeover has had no answer for a minute. It may still be done: look at the card, or type /bsu, before you try again.',
  ),
);

export const WORKING = 'Working on it. The answer comes here in a moment.';
