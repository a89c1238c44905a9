import type { Action, Card } from '../../src/card/card.ts';
import type { Answers } from '../../src/domain/answers.ts';
import type { PersonalLink } from '../../src/domain/page-link.ts';
import type { Next, Refusal } from '../../src/kernel/errors.ts';
import { afterCards } from './after.ts';
import { auditCards } from './audit.ts';
import { boardCards } from './board.ts';
import type { CardsFor } from './cards-for.ts';
import { channelCards } from './channels.ts';
import { checklistCards } from './checklist.ts';
import { hazardCards } from './hazards.ts';
import { helpCards, installationCards } from './installation.ts';
import { intakeCards } from './intake.ts';
import { joiningCards } from './joining.ts';
import { noticeCards } from './notices.ts';
import { packCards } from './pack.ts';
import { planCards } from './plan.ts';
import { runCards } from './run.ts';
import { timeCards } from './time.ts';
import { verificationCards } from './verification.ts';
import { workspaceCards } from './workspaces.ts';

/** Every answer's words. The type holds the list complete. */
const cards: CardsFor<Answers> = {
  ...boardCards,
  ...checklistCards,
  ...intakeCards,
  ...planCards,
  ...runCards,
  ...helpCards,
  ...installationCards,
  ...joiningCards,
  ...timeCards,
  ...verificationCards,
  ...auditCards,
  ...hazardCards,
  ...packCards,
  ...afterCards,
  ...noticeCards,
  ...channelCards,
  ...workspaceCards,
};

interface Given {
  readonly code: keyof Answers;
  readonly facts: unknown;
  readonly next: readonly Next[];
  readonly links?: readonly PersonalLink[];
}

const MOST_ACTIONS = 5;

/**
 * The card of an answer, with its pages and what can be done next as buttons; never more than five. `may`: the asker's verbs;
 * left out: all.
 */
export function cardOf(given: Given, may?: readonly string[]): Card {
  const template = cards[given.code] as (facts: unknown) => Card;
  const card = template(given.facts);
  const known = new Set(card.actions.map((action) => action.label));
  const links = (given.links ?? []).map((link) => ({ kind: 'link' as const, ...link }));
  const more = given.next.filter((step) => !known.has(step.label)).map(asAction);
  const isTheirs = (action: Action) => action.kind === 'link' || (may?.includes(action.verb) ?? true);
  const own = card.actions.filter(isTheirs).slice(0, MOST_ACTIONS - links.length);
  return { ...card, actions: [...own, ...links, ...more.filter(isTheirs)].slice(0, MOST_ACTIONS) };
}

/** A refusal: the fact, the reason, and what to do next. */
export function refusalCard(refusal: Refusal): Card {
  // A card's text is plain: the marks around what to type would stand there as they are.
  const [headline = '', ...rest] = refusal.message.replaceAll('`', '').split('\n');
  return {
    headline: `✋ ${headline}`,
    tone: 'stop',
    body: [
      ...rest.map((text) => ({ kind: 'text' as const, text })),
      ...Object.values(refusal.fields).map((text) => ({ kind: 'text' as const, text })),
    ],
    actions: refusal.remedy.slice(0, 5).map(asAction),
  };
}

function asAction(step: Next): Card['actions'][number] {
  return { kind: 'do', label: step.label, verb: step.verb, input: step.input };
}
