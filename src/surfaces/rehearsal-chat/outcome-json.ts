import { cardOf, refusalCard } from '../../../templates/cards/index.ts';
import { toAdaptiveCard } from '../../card/adaptive-card.ts';
import type { AdaptiveCard } from '../../card/adaptive-types.ts';
import type { Card } from '../../card/card.ts';
import type { Form } from '../../card/form.ts';
import type { Outcome } from '../../dispatch.ts';
import type { Next } from '../../kernel/errors.ts';

/** What the page and the scripts get back: an answer, a form to fill in, or an honest "no". */
export type OutcomeJson =
  | {
      readonly kind: 'answer';
      readonly verb: string;
      readonly code: string;
      readonly facts: unknown;
      readonly next: readonly Next[];
      readonly auditSeq: number | null;
      readonly card: AdaptiveCard;
    }
  | { readonly kind: 'form'; readonly form: Form }
  | {
      readonly kind: 'refusal';
      readonly verb: string;
      readonly code: string;
      readonly message: string;
      readonly next: readonly Next[];
      readonly fields: Readonly<Record<string, string>>;
    };

export function outcomeJson(outcome: Outcome): OutcomeJson {
  switch (outcome.kind) {
    case 'answer': {
      const { verb, answer, auditSeq } = outcome;
      const { code, facts, next } = answer;
      return { kind: 'answer', verb, code, facts, next, auditSeq, card: toAdaptiveCard(cardOf(answer)) };
    }
    case 'form':
      return outcome;
    case 'refusal': {
      const { verb, refusal } = outcome;
      const { code, message, remedy, fields } = refusal;
      return { kind: 'refusal', verb, code, message, next: remedy, fields };
    }
  }
}

/** The card of an outcome that is said in the chat; null for a form, which is drawn as a dialog. */
export function outcomeCard(outcome: Outcome): Card | null {
  if (outcome.kind === 'answer') return cardOf(outcome.answer);
  return outcome.kind === 'refusal' ? refusalCard(outcome.refusal) : null;
}
