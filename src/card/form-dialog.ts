import { ADAPTIVE_CARD_BUDGET, sizeOf } from './adaptive-card.ts';
import { richLines, richText, run, sendable, titleOf } from './adaptive-text.ts';
import type { AdaptiveAction, AdaptiveCard } from './adaptive-types.ts';
import type { Form } from './form.ts';
import { formToAdaptiveCard, problemLine } from './form-adaptive-card.ts';
import { refreshData } from './refresh.ts';
import { clean, clip, isBlank } from './text.ts';

/**
 * A card with one button that opens the form as a dialog. What is known already goes along, right or wrong; where that is more
 * than a card can hold, the form itself stands here, which says so.
 */
export function formOpener(form: Form, subject: string | null = null): AdaptiveCard {
  const opener = draw(form, subject);
  return sizeOf(opener) <= ADAPTIVE_CARD_BUDGET ? opener : formToAdaptiveCard(form, subject);
}

function draw(form: Form, subject: string | null): AdaptiveCard {
  const typed = form.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
  const asks = form.fields
    .map(({ label }) => clean(label).replaceAll('\n', ' ').trim())
    .filter((label) => label !== '');
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: isBlank(form.title) ? 'Changeover' : clip(clean(form.title), 300),
    body: [
      richText([run(clip(isBlank(form.title) ? 'Changeover' : form.title, 300), { weight: 'Bolder', size: 'Medium' })]),
      ...problemLine(form.problem),
      ...(form.intro === undefined ? [] : richLines(clip(form.intro, 1_000))),
      ...richLines(clip(`It asks for: ${asks.join('; ')}.`, 500), { isSubtle: true, size: 'Small' }),
    ],
    actions: [
      {
        type: 'Action.Submit',
        title: 'Open the form',
        style: 'positive',
        data: {
          verb: form.verb,
          input: sendable({ ...form.given, ...Object.fromEntries(typed) }),
          ...(subject === null ? {} : { subject }),
          msteams: { type: 'task/fetch' },
        },
      },
    ],
  };
}

/** The card as a dialog shows it: a dialog knows no Action.Execute, and nothing refreshes by itself there. */
export function inDialog({ refresh: _, ...card }: AdaptiveCard): AdaptiveCard {
  return { ...card, actions: card.actions.map(submitting) };
}

function submitting(action: AdaptiveAction): AdaptiveAction {
  if (action.type === 'Action.ShowCard') {
    return { ...action, card: { ...action.card, actions: action.card.actions.map(submitting) } };
  }
  if (action.type !== 'Action.Execute') return action;
  const { verb: _, title, data, ...look } = action;
  return { ...look, type: 'Action.Submit', title: titleOf(title), data };
}

/** A way back to the posted card from an answer that took its place. */
export function withWayBack(card: AdaptiveCard, subject: string): AdaptiveCard {
  const data = refreshData(subject);
  const back = { type: 'Action.Execute', title: 'Back', verb: 'bsu', data, associatedInputs: 'none' } as const;
  const { actions } = card;
  // The last one may be the link to a file: it stays.
  const kept = actions.length < 5 ? actions : [...actions.slice(0, 3), ...actions.slice(-1)];
  return { ...card, actions: [...kept, back] };
}
