import { richLines, sendable, titleOf } from './adaptive-text.ts';
import type { AdaptiveAction, AdaptiveElement, AdaptiveExecute, AdaptiveInput } from './adaptive-types.ts';
import type { Action } from './card.ts';
import { clean, clip } from './text.ts';

/** Field ids are prefixed, so that none meets the data that travels with the button. */
export const FIELD_PREFIX = 'field.';
type Do = Extract<Action, { kind: 'do' }>;

/**
 * Actions as buttons, without those whose link cannot be opened. `subject`: of the posted card that they stand on. Two that ask
 * for a field of the same name get two ids: Teams refuses a card in which an id occurs twice.
 */
export function buttonsOf(actions: readonly Action[], subject: string | null): AdaptiveAction[] {
  return actions.flatMap((action, at) => {
    const name = action.kind === 'do' ? action.ask?.name : undefined;
    const before = actions.slice(0, at).filter((one) => one.kind === 'do' && one.ask?.name === name).length;
    return buttonOf(action, subject, before);
  });
}

/** The field's name in an input's id. */
export function fieldNameOf(id: string): string {
  return id.slice(FIELD_PREFIX.length).replace(/:\d+$/, '');
}

function buttonOf(action: Action, subject: string | null, before: number): AdaptiveAction[] {
  if (action.kind === 'link') {
    const usable = /^https?:\/\//.test(action.url) && URL.canParse(action.url);
    return usable ? [{ type: 'Action.OpenUrl', title: titleOf(action.label), url: new URL(action.url).href }] : [];
  }
  if (action.confirm === undefined && action.ask === undefined) return [execute(action, action.label, subject)];
  return [
    {
      type: 'Action.ShowCard',
      title: titleOf(action.label),
      ...styleOf(action),
      card: {
        type: 'AdaptiveCard',
        body: [...confirmed(action.confirm), ...asked(action.ask, before)],
        actions: [execute(action, action.confirm?.yes ?? action.label.replace(/…$/, ''), subject)],
      },
    },
  ];
}

function execute(action: Do, label: string, subject: string | null): AdaptiveExecute {
  return {
    type: 'Action.Execute',
    title: titleOf(label),
    verb: 'bsu',
    data: {
      verb: action.verb,
      input: sendable(action.input),
      ...(subject === null ? {} : { subject }),
      ...(action.ask === undefined ? {} : { form: action.ask.name }),
      ...(action.again === undefined ? {} : { again: action.again.join(',') }),
    },
    ...styleOf(action),
  };
}

function confirmed(confirm: Do['confirm']): AdaptiveElement[] {
  if (confirm === undefined) return [];
  return [...richLines(confirm.title, { weight: 'Bolder' }), ...richLines(confirm.text)];
}

function asked(ask: Do['ask'], before: number): AdaptiveElement[] {
  if (ask === undefined) return [];
  const label = clip(clean(ask.label).replaceAll('\n', ' ').trim() || ask.name, 200);
  const input: AdaptiveInput = {
    type: 'Input.Text',
    id: `${FIELD_PREFIX}${ask.name}${before === 0 ? '' : `:${before}`}`,
    label,
    isRequired: true,
    errorMessage: `Enter: ${label}`,
    isMultiline: true,
  };
  const hint =
    ask.hint === undefined ? [] : richLines(ask.hint, { isSubtle: true, size: 'Small' }, { spacing: 'None' });
  return [input, ...hint];
}

function styleOf({ style }: Do): { style?: 'positive' | 'destructive' } {
  return style === undefined ? {} : { style: style === 'danger' ? 'destructive' : 'positive' };
}
