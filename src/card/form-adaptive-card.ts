import { FIELD_PREFIX, fieldNameOf } from './adaptive-buttons.ts';
import { ADAPTIVE_CARD_BUDGET, sizeOf } from './adaptive-card.ts';
import { richLines, richText, run, sendable, titleOf } from './adaptive-text.ts';
import type { AdaptiveCard, AdaptiveElement, AdaptiveInput, Choice } from './adaptive-types.ts';
import { fitForm } from './fit-form.ts';
import type { Field, Form } from './form.ts';
import { clean, clip, isBlank } from './text.ts';

/**
 * The form as an Adaptive Card with inputs, within the budget of a card. Its button sends `{ verb, input, form, "field.NAME": … }`;
 * `adaptiveFormInput` joins them. A file cannot be asked for in a card: the card says to send it as a message. `subject`: of the
 * posted card that it stands in the place of.
 */
export function formToAdaptiveCard(form: Form, subject: string | null = null): AdaptiveCard {
  const fitting = fitForm(form, (shorter) => sizeOf(draw(shorter, subject)) <= ADAPTIVE_CARD_BUDGET);
  return fitting === null ? tooMuch(form) : draw(fitting, subject);
}

/** Nothing of it can be left out without losing what was given: the words to type again, and no button. */
function tooMuch({ verb }: Form): AdaptiveCard {
  const words = `This is more than a form can hold. Type /bsu ${verb} again, with less at a time; a long list goes as a file.`;
  return { ...draw({ verb, title: words, given: {}, fields: [], submit: '' }, null), actions: [] };
}

function draw(form: Form, subject: string | null): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: isBlank(form.title) ? 'Changeover' : clip(clean(form.title), 300),
    body: [
      richText([run(form.title, { weight: 'Bolder', size: 'Medium' })]),
      ...problemLine(form.problem),
      ...(form.intro === undefined ? [] : richLines(form.intro)),
      ...form.fields.flatMap(fieldElements),
    ],
    actions: [
      {
        type: 'Action.Execute',
        title: titleOf(isBlank(form.submit) ? 'Send' : form.submit),
        verb: 'bsu',
        data: {
          verb: form.verb,
          input: sendable(form.given),
          form: form.fields.map(({ name }) => name).join(','),
          ...(subject === null ? {} : { subject }),
        },
        style: 'positive',
      },
    ],
  };
}

/** What a submitted form asks for: the verb and its whole input. Null when it is not one of our buttons. */
export function adaptiveFormInput(data: unknown): { verb: string; input: Record<string, string> } | null {
  if (typeof data !== 'object' || data === null || !('verb' in data) || typeof data.verb !== 'string') return null;
  const given = 'input' in data && typeof data.input === 'object' && data.input !== null ? data.input : {};
  const typed = Object.entries(data)
    .filter(([name]) => name.startsWith(FIELD_PREFIX))
    .map(([name, value]) => [fieldNameOf(name), value]);
  const entries = [...Object.entries(given), ...typed].filter(([, value]) => value !== null && value !== undefined);
  return { verb: data.verb, input: Object.fromEntries(entries.map(([name, value]) => [name, String(value)])) };
}

function fieldElements(field: Field): AdaptiveElement[] {
  const hint =
    field.hint === undefined ? [] : richLines(field.hint, { isSubtle: true, size: 'Small' }, { spacing: 'None' });
  const problem = problemLine(field.problem);
  if (field.kind === 'file') {
    const how = 'Send the file to Changeover in your own chat with it: it then offers what can be done with it.';
    return [...richLines(field.label, { weight: 'Bolder' }), ...hint, ...problem, ...richLines(how)];
  }
  return [...problem, inputOf(field), ...hint];
}

/** One line, so that its mark stands before all of its colour. */
export function problemLine(problem = ''): AdaptiveElement[] {
  const words = clean(problem).replaceAll('\n', ' ').trim();
  return words === '' ? [] : richLines(`✖ ${words}`, { color: 'Attention', weight: 'Bolder' });
}

function inputOf(field: Field): AdaptiveInput {
  const label = clean(field.label).replaceAll('\n', ' ').trim() || field.name;
  const base = {
    id: `${FIELD_PREFIX}${field.name}`,
    label,
    isRequired: !field.optional,
    ...(field.optional ? {} : { errorMessage: `Enter: ${label}` }),
    ...(field.value ? { value: clean(field.value) } : {}),
  };
  switch (field.kind) {
    case 'number': {
      const number = Number(field.value);
      if (isBlank(field.value ?? '')) return { ...without(base), type: 'Input.Number' };
      return Number.isFinite(number)
        ? { ...base, type: 'Input.Number', value: number }
        : { ...base, type: 'Input.Text', isMultiline: false };
    }
    case 'date':
      return !field.value || /^\d{4}-\d{2}-\d{2}$/.test(field.value)
        ? { ...base, type: 'Input.Date' }
        : { ...base, type: 'Input.Text', isMultiline: false };
    case 'choice':
    case 'choices':
      return choiceSet(base, field) ?? { ...base, type: 'Input.Text', isMultiline: false };
    case 'yes-no':
      return {
        ...base,
        type: 'Input.ChoiceSet',
        choices: [
          { title: 'Yes', value: 'yes' },
          { title: 'No', value: 'no' },
        ],
        isMultiSelect: false,
        style: 'expanded',
        wrap: true,
      };
    case 'long-text':
      return { ...base, type: 'Input.Text', isMultiline: true };
    case 'text':
    case 'file':
      return { ...base, type: 'Input.Text', isMultiline: false };
  }
}

type Base = Omit<Extract<AdaptiveInput, { type: 'Input.Text' }>, 'type' | 'isMultiline'>;

function choiceSet(base: Base, field: Field): AdaptiveInput | null {
  const choices: Choice[] = (field.options ?? [])
    .filter((option) => !isBlank(option.value))
    .map((option) => ({
      title: clip(isBlank(option.label) ? clean(option.value) : clean(option.label), 200),
      value: option.value.toWellFormed(),
    }));
  if (choices.length === 0) return null;
  return {
    ...base,
    type: 'Input.ChoiceSet',
    choices,
    isMultiSelect: field.kind === 'choices',
    style: choices.length <= 6 ? 'expanded' : 'compact',
    wrap: true,
  };
}

function without<T extends { value?: unknown }>({ value: _, ...rest }: T): Omit<T, 'value'> {
  return rest;
}
