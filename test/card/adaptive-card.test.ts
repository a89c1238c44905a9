import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ADAPTIVE_CARD_BUDGET, sizeOf, toAdaptiveCard } from '../../src/card/adaptive-card.ts';
import { formToAdaptiveCard } from '../../src/card/form-adaptive-card.ts';
import { anyCard, anyForm } from '../support/card-arbitraries.ts';
import { planCard } from '../support/sample-card.ts';

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

it('stays under 25 KB with at most five actions, and parses, for any card', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const drawn = toAdaptiveCard(card);
      expect(sizeOf(drawn)).toBeLessThanOrEqual(ADAPTIVE_CARD_BUDGET);
      expect(drawn.actions.length).toBeLessThanOrEqual(5);
      expect(parserFaults(drawn)).toEqual([]);
    }),
    { numRuns: 200 },
  );
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

it('draws any form so that the parser finds nothing wrong', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      expect(parserFaults(formToAdaptiveCard(form))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

interface Parser {
  AdaptiveCard: new () => { parse(json: unknown, context: unknown): void };
  SerializationContext: new (version: unknown) => { eventCount: number; getEventAt(at: number): { message: string } };
  Versions: Record<string, unknown>;
}

function parserFaults(card: unknown): string[] {
  const { AdaptiveCard, SerializationContext, Versions } = parser();
  const context = new SerializationContext(Versions.v1_5);
  new AdaptiveCard().parse(JSON.parse(JSON.stringify(card)), context);
  return Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
}

/** The package is made for browsers: it asks for a window while it loads. */
function parser(): Parser {
  const had = 'window' in globalThis;
  if (!had) Object.assign(globalThis, { window: globalThis });
  try {
    return createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as Parser;
  } finally {
    if (!had) Reflect.deleteProperty(globalThis, 'window');
  }
}
