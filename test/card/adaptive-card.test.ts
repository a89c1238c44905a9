import type { IAdaptiveCard } from '@microsoft/teams.cards';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toAdaptiveCard } from '../../src/card/adaptive-card.ts';
import type { Form } from '../../src/card/form.ts';
import { adaptiveFormInput, formToAdaptiveCard } from '../../src/card/form-adaptive-card.ts';
import { sheets } from '../pictures/sheets.ts';
import { anyCard, anyForm } from '../support/card-arbitraries.ts';
import { planCard } from '../support/sample-card.ts';
import { parserFaults, teamsCardFaults } from '../support/teams-limits.ts';

it('draws the plan card so that the parser of Microsoft finds nothing wrong', () => {
  const card = toAdaptiveCard(planCard);
  expect(parserFaults(card)).toEqual([]);
  expect(card.version).toBe('1.5');
  expect(card.actions[0]).toEqual({
    type: 'Action.Execute',
    title: 'Approve',
    verb: 'bsu',
    data: { verb: 'approve', input: { code: 'K7Q-4F2' } },
    style: 'positive',
  });
  expect(card.actions[1]).toMatchObject({
    type: 'Action.ShowCard',
    title: 'Abort',
    card: { actions: [{ title: 'Abort' }] },
  });
  expect(JSON.stringify(card)).toContain('▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░ 66 %');
});

it('is what the typed schema of the Teams SDK calls a card', () => {
  const typed: IAdaptiveCard[] = [toAdaptiveCard(planCard), formToAdaptiveCard(planForm)];
  expect(typed.map(({ type }) => type)).toEqual(['AdaptiveCard', 'AdaptiveCard']);
});

it('stays under 25 KB in UTF-16 and as JSON with at most five actions, says nothing by colour alone, and parses, for any card', () => {
  fc.assert(
    fc.property(anyCard, fc.option(anyRefresh), (card, refresh) => {
      expect(teamsCardFaults(toAdaptiveCard(card, refresh))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('two buttons that ask for a reason have two ids, and each gives its own under the one name', () => {
  const ask = { name: 'reason', label: 'Why' };
  const [abort, undo] = ['abort', 'undo'].map((verb) => ({ kind: 'do' as const, label: verb, verb, input: {}, ask }));
  if (!abort || !undo) throw new Error('There are two.');
  const card = toAdaptiveCard({ headline: 'Paused', body: [], actions: [abort, undo] });
  expect(teamsCardFaults(card)).toEqual([]);
  const ids = JSON.stringify(card).match(/field\.reason[^"]*/g);
  expect(ids).toEqual(['field.reason', 'field.reason:1']);
  expect(adaptiveFormInput({ verb: 'undo', input: {}, 'field.reason:1': 'too slow' })?.input).toEqual({
    reason: 'too slow',
  });
});

it('says each tone by a mark and words too', () => {
  const marks = { good: '✔', warning: '⚠', stop: '✋', progress: '⟳', neutral: 'P' } as const;
  for (const [tone, mark] of Object.entries(marks)) {
    const card = { headline: 'Plan 12', tone: tone as keyof typeof marks, body: [], actions: [] };
    expect(JSON.stringify(toAdaptiveCard(card).body[0])).toContain(`"text":"${mark}`);
  }
});

it('breaks no word of a table in a card as narrow as a telephone', () => {
  const columns = ['Service', 'Site', 'State', 'Verdict', 'Who'];
  const row = ['7000001 Cardiology', 'XR101', '… open', 'closed', 'The clinical safety officer'];
  const drawn = toAdaptiveCard({ headline: 'x', body: [{ kind: 'table', columns, rows: [row] }], actions: [] });
  const table = drawn.body.find((element) => element.type === 'Table');
  const widths = table?.columns.map(({ width }) => width) ?? [];
  const share = (at: number) => (420 * (widths[at] ?? 0)) / widths.reduce((sum, width) => sum + width, 0);
  for (const [at, name] of columns.entries()) expect(share(at), name).toBeGreaterThan(name.length * 7 + 16);
});

it('puts user text only where no host reads it as Markdown', () => {
  const text = '[Approve here](https://x.example) **now**';
  const drawn = toAdaptiveCard({
    headline: text,
    body: [{ kind: 'facts', facts: [{ label: text, value: text }] }],
    actions: [],
  });
  const types = JSON.stringify(drawn).match(/"type":"[A-Za-z.]+"/g) ?? [];
  expect(types.filter((type) => /TextBlock|FactSet/.test(type) && !/RichTextBlock/.test(type))).toEqual([]);
});

it('draws any form within the same limits, so that the parser finds nothing wrong', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      expect(teamsCardFaults(formToAdaptiveCard(form))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('a form with too many choices lets one be typed; a value too long to be shown again is said to be', () => {
  const options = Array.from({ length: 900 }, (_, at) => ({
    value: `XR${at}`,
    label: `A hospital with a long name, number ${at}`,
  }));
  const site = { name: 'site', label: 'Site', kind: 'choice' as const, optional: false, options };
  const why = { name: 'why', label: 'Why', kind: 'long-text' as const, optional: false, value: 'x'.repeat(30_000) };
  const drawn = JSON.stringify(formToAdaptiveCard({ ...planForm, fields: [site, why] }));
  expect(drawn).toContain('There are 900 to choose from: type one.');
  expect(drawn).toContain('too long to be shown again');
  expect(drawn).toContain('"id":"field.site"');
});

it('a form whose hidden part alone is too much says what to type instead', () => {
  const drawn = formToAdaptiveCard({ ...planForm, given: { ids: '7000001,'.repeat(3_000) } });
  expect(drawn.actions).toEqual([]);
  expect(JSON.stringify(drawn)).toContain('Type /bsu plan again, with less at a time');
});

it('every sample card and form keeps the limits', () => {
  const faults = sheets.flatMap(({ cards }) =>
    cards.flatMap(({ what, teams }) => teamsCardFaults(teams).map((fault) => `${what}: ${fault}`)),
  );
  expect(faults).toEqual([]);
});

const planForm: Form = {
  verb: 'plan',
  title: 'Choose the services to move',
  given: {},
  fields: [{ name: 'count', label: 'How many', kind: 'number', optional: false, value: '12' }],
  submit: 'Continue',
};

const anyRefresh = fc.record({
  subject: fc.constantFrom('plan:1', 'run:12'),
  userIds: fc.array(fc.string({ minLength: 60, maxLength: 120 }), { maxLength: 70 }),
});
