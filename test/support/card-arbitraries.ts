import fc from 'fast-check';
import type { Action, Card, Part } from '../../src/card/card.ts';
import type { Field, Form } from '../../src/card/form.ts';

/** Any text a person or a file could bring: markup, mentions, control characters, halves of characters, very long ones. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '\u0000',
    '\uD83D',
    '<!channel>',
    '*bold* _x_ `y` ~z~',
    '[a](https://x.example)',
    '&amp;',
    '> q',
  ),
  fc
    .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 2_500 }))
    .map(([text, times]) => text.repeat(times)),
);

const input = fc.dictionary(fc.stringMatching(/^[a-z]{1,10}$/), anyText, { maxKeys: 3 });

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('link' as const), label: anyText, url: fc.oneof(fc.webUrl(), anyText) }),
  fc.record(
    {
      kind: fc.constant('do' as const),
      label: anyText,
      verb: fc.constantFrom('approve', 'run', 'show'),
      input,
      style: fc.constantFrom('primary' as const, 'danger' as const),
      confirm: fc.record({ title: anyText, text: anyText, yes: anyText }),
      ask: fc.record(
        { name: fc.stringMatching(/^[a-z]{1,10}$/), label: anyText, hint: anyText },
        { requiredKeys: ['name', 'label'] },
      ),
      again: fc.array(fc.stringMatching(/^[a-z]{1,10}$/), { maxLength: 3 }),
    },
    { requiredKeys: ['kind', 'label', 'verb', 'input'] },
  ),
);

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record(
    { kind: fc.constant('text' as const), text: anyText, weight: fc.constantFrom('strong' as const, 'quiet' as const) },
    { requiredKeys: ['kind', 'text'] },
  ),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: anyText, value: anyText }), { maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    items: fc.array(anyText, { maxLength: 120 }),
    ordered: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('progress' as const), done: fc.nat(300), of: fc.nat(300), text: anyText }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(anyText, { maxLength: 8 }),
    rows: fc.array(fc.array(anyText, { maxLength: 8 }), { maxLength: 60 }),
  }),
  fc.record({ kind: fc.constant('rule' as const) }),
);

export const anyCard: fc.Arbitrary<Card> = fc.record(
  {
    headline: anyText,
    code: anyText,
    tone: fc.constantFrom(
      'neutral' as const,
      'good' as const,
      'warning' as const,
      'stop' as const,
      'progress' as const,
    ),
    body: fc.array(part, { maxLength: 70 }),
    actions: fc.array(action, { maxLength: 8 }),
    last: anyText,
  },
  { requiredKeys: ['headline', 'body', 'actions'] },
);

const field: fc.Arbitrary<Field> = fc.record(
  {
    name: fc.stringMatching(/^[a-z][A-Za-z]{0,12}$/),
    label: anyText,
    hint: anyText,
    kind: fc.constantFrom(
      'text' as const,
      'long-text' as const,
      'number' as const,
      'date' as const,
      'choice' as const,
      'choices' as const,
      'yes-no' as const,
      'file' as const,
    ),
    optional: fc.boolean(),
    options: fc.oneof(
      fc.array(fc.record({ value: anyText, label: anyText }), { maxLength: 14 }),
      fc
        .integer({ min: 1, max: 260 })
        .map((many) => Array.from({ length: many }, (_, at) => ({ value: `v${at}`, label: `Site ${at}` }))),
    ),
    value: fc.oneof(anyText, fc.constantFrom('v1', 'v1,v2', 'yes', '12', '2026-12-08', '2026-02-31')),
    problem: anyText,
  },
  { requiredKeys: ['name', 'label', 'kind', 'optional'] },
);

export const anyForm: fc.Arbitrary<Form> = fc.record(
  {
    verb: fc.constantFrom('plan', 'import'),
    title: anyText,
    intro: anyText,
    given: input,
    fields: fc.uniqueArray(field, { maxLength: 12, selector: (one) => one.name }),
    submit: anyText,
    problem: anyText,
  },
  { requiredKeys: ['verb', 'title', 'given', 'fields', 'submit'] },
);
