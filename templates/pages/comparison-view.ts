import type { ComparedFacts } from '../../src/domain/extract-answers.ts';
import type { PlanAnswers } from '../../src/domain/plan-answers.ts';
import { cardOf } from '../cards/index.ts';
import { DIFFERENCE_WORDS } from '../cards/plan-comparison.ts';

interface Row {
  readonly serviceId: string;
  readonly name: string;
  readonly what: string;
  readonly detail: string;
}

/** Two imports, with every service that differs and the fields that do. */
export function importsView(facts: ComparedFacts) {
  const what = { added: 'new', removed: 'gone', changed: 'changed' };
  const rows = facts.first.map((one) => ({
    ...one,
    what: what[one.what],
    detail: one.changes.map(({ field, from, to }) => `${field}: ${from ?? 'blank'} → ${to ?? 'blank'}`).join('; '),
  }));
  const all = facts.added + facts.removed + facts.changed;
  return view(
    `Import ${facts.from.number} and import ${facts.to.number}`,
    cardOf({ code: 'compared', facts: { ...facts, first: [] }, next: [] }),
    rows,
    all,
  );
}

/** A plan against an import or another plan. */
export function planComparisonView(facts: PlanAnswers['plan.compared']) {
  const rows = facts.first.map((one) => ({ ...one, what: DIFFERENCE_WORDS[one.what] }));
  const title = `Plan ${facts.number} and ${facts.against.kind} ${facts.against.number}`;
  return view(title, cardOf({ code: 'plan.compared', facts: { ...facts, first: [] }, next: [] }), rows, rows.length);
}

function view(
  title: string,
  card: ReturnType<typeof cardOf>,
  rows: readonly (Row & { readonly site: string })[],
  all: number,
) {
  const sites = [...Map.groupBy(rows, ({ site }) => site)].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    title,
    headline: card.headline,
    parts: card.body.filter((part) => part.kind !== 'table' || part.rows.length > 0),
    sites: sites.map(([site, list]) => ({ site, rows: list })),
    left: all - rows.length,
  };
}
