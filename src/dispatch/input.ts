import type { z } from 'zod';
import type { Field, Form } from '../card/form.ts';
import type { Command, FieldMeta } from '../command.ts';
import { problemWords } from './problem-words.ts';

export type Given = Readonly<Record<string, string>>;
export type Choices = Readonly<Record<string, readonly { value: string; label: string }[]>>;

/** Bare words go to the fields whose pattern they match, first come; what is left goes to the field that takes the rest. */
export function placeWords(
  command: Command,
  named: Given,
  bare: readonly string[],
): { given: Given; left: readonly string[] } {
  const given: Record<string, string> = { ...named };
  const left: string[] = [];
  for (const word of bare) {
    const field = fieldsOf(command).find(
      ({ name, meta }) => given[name] === undefined && meta.word && new RegExp(`^(?:${meta.word})$`, 'i').test(word),
    );
    if (field) given[field.name] = word;
    else left.push(word);
  }
  const rest = fieldsOf(command).find(({ name, meta }) => meta.rest && given[name] === undefined);
  if (!rest || left.length === 0) return { given, left };
  given[rest.name] = left.join(' ');
  return { given, left: [] };
}

export type Parsed =
  | { readonly kind: 'input'; readonly input: Record<string, unknown> }
  | {
      readonly kind: 'faulty';
      readonly missing: readonly string[];
      /** Of the missing: those of which one alone would do (`params: { oneOf: true }`). */
      readonly alternatives?: readonly string[];
      readonly problems: Given;
    };

/** Checks what was given against the verb's declaration. Blank is not given. */
export function parseInput(command: Command, given: Given): Parsed {
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value.trim() !== ''));
  const result = command.input.safeParse(filled);
  if (result.success) return { kind: 'input', input: result.data };
  const missing: string[] = [];
  const alternatives: string[] = [];
  const problems: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? '');
    if (filled[name] === undefined && command.input.shape[name]) {
      missing.push(name);
      if (issue.code === 'custom' && issue.params?.oneOf === true) alternatives.push(name);
    } else problems[name] ??= problemWords(issue);
  }
  return { kind: 'faulty', missing, alternatives, problems };
}

/** The neutral form for what is missing or faulty; what is known and right goes along unseen. */
export function formOf(
  command: Command,
  given: Given,
  fault: { missing: readonly string[]; alternatives?: readonly string[]; problems: Given },
  choices: Choices,
): Form {
  const asked = fieldsOf(command).filter(
    ({ name, meta }) =>
      fault.missing.includes(name) ||
      fault.problems[name] !== undefined ||
      (meta.form === 'ask' && meta.field !== undefined),
  );
  const askedNames = new Set(asked.map(({ name }) => name));
  const general = Object.entries(fault.problems).filter(([name]) => !askedNames.has(name));
  return {
    verb: command.verb,
    title: command.summary,
    given: Object.fromEntries(Object.entries(given).filter(([name]) => !askedNames.has(name))),
    fields: asked.map((field) => ({
      ...toField(field, given, fault.problems, choices),
      ...(isNeeded(field.name, fault) ? { optional: false } : {}),
    })),
    submit: 'Continue',
    ...(general.length > 0 ? { problem: general.map(([, text]) => text).join(' ') } : {}),
  };
}

/** What else was given makes it needed, though the verb does without it elsewhere. */
function isNeeded(name: string, fault: { missing: readonly string[]; alternatives?: readonly string[] }): boolean {
  return fault.missing.includes(name) && !fault.alternatives?.includes(name);
}

interface Declared {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly meta: FieldMeta;
}

/** A verb's fields as it declares them, in order. */
export function fieldsOf(command: Command): readonly Declared[] {
  return Object.entries(command.input.shape).map(([name, schema]) => ({
    name,
    schema: schema as z.ZodType,
    meta: metaOf(schema as z.ZodType),
  }));
}

function metaOf(schema: z.ZodType): FieldMeta {
  const own = schema.meta();
  if (own) return own as FieldMeta;
  const inner = (schema as { unwrap?: () => z.ZodType }).unwrap?.();
  return inner ? metaOf(inner) : {};
}

function toField(declared: Declared, given: Given, problems: Given, choices: Choices): Field {
  const { name, schema, meta } = declared;
  const problem = problems[name];
  const value = given[name];
  const options = choices[name] ?? meta.options;
  const hint = meta.hint;
  return {
    name,
    label: meta.label ?? name,
    kind: options && meta.field !== 'choices' ? 'choice' : (meta.field ?? 'text'),
    optional: schema.safeParse(undefined).success,
    ...(hint === undefined ? {} : { hint }),
    ...(options === undefined ? {} : { options }),
    ...(value === undefined ? {} : { value }),
    ...(problem === undefined ? {} : { problem }),
  };
}
