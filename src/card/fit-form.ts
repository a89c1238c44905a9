import type { Field, Form } from './form.ts';
import { clean, clip } from './text.ts';

/**
 * The form, shortened as little as is needed for `fits`: first words, then long lists of choices (one is typed instead), then
 * values that were typed before and are too long to be shown again, which is said. Null where what goes along unseen is too much.
 */
export function fitForm(form: Form, fits: (form: Form) => boolean): Form | null {
  if (fits(form)) return form;
  for (const step of STEPS) {
    const shorter = shortened(form, step);
    if (fits(shorter)) return shorter;
  }
  return null;
}

interface Limit {
  readonly words: number;
  readonly options: number;
  readonly value: number;
}

const STEPS: readonly Limit[] = [
  { words: 300, options: Number.POSITIVE_INFINITY, value: Number.POSITIVE_INFINITY },
  { words: 100, options: 50, value: Number.POSITIVE_INFINITY },
  { words: 60, options: 10, value: Number.POSITIVE_INFINITY },
  { words: 60, options: 0, value: 1_000 },
  { words: 40, options: 0, value: 200 },
];

function shortened(form: Form, limit: Limit): Form {
  const { intro, problem, ...rest } = form;
  return {
    ...rest,
    title: short(form.title, limit),
    submit: short(form.submit, limit),
    fields: form.fields.map((field) => shortField(field, limit)),
    ...(intro === undefined ? {} : { intro: short(intro, limit) }),
    ...(problem === undefined ? {} : { problem: short(problem, limit) }),
  };
}

function shortField(field: Field, limit: Limit): Field {
  const { hint, options, value, problem, ...rest } = field;
  const tooMany = options !== undefined && options.length > limit.options;
  const tooLong = value !== undefined && value.length > limit.value;
  const told = tooLong ? TOO_LONG : problem;
  const said = tooMany ? `There are ${options.length} to choose from: type one.` : hint;
  return {
    ...rest,
    label: short(field.label, limit),
    ...(said === undefined ? {} : { hint: short(said, limit) }),
    ...(options === undefined || tooMany
      ? {}
      : { options: options.map((option) => ({ value: option.value, label: short(option.label, limit) })) }),
    ...(value === undefined || tooLong ? {} : { value }),
    ...(told === undefined ? {} : { problem: tooLong ? told : short(told, limit) }),
  };
}

const TOO_LONG = 'What you typed here is too long to be shown again. Type it shorter.';

function short(words: string, { words: max }: Limit): string {
  return clip(clean(words), max);
}
