import type { AnswerPage } from '../../src/domain/page-link.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Draft } from './draft-of.ts';

/** The page of a difference that was shown under a code. */
export function differencePage({ migration, shown, diff }: Draft): AnswerPage {
  return { label: seeAll(diff.services.length), path: `/pages/${migration.id}/differences/${shown}` };
}

/** The page of a saved plan. */
export function planPage({ migrationId, number }: Plan, services: number): AnswerPage {
  return { label: seeAll(services), path: `/pages/${migrationId}/plans/${number}` };
}

/** The plan's tick sheet, to be printed. */
export function ticksPage({ migrationId, number }: Plan): AnswerPage {
  return { label: 'The tick sheet, to print', path: `/pages/${migrationId}/plans/${number}/ticks` };
}

/** A comparison with every row: two imports, a plan and an import, or two plans. */
export function comparisonPage(
  migrationId: number,
  what: { imports: readonly [number, number] } | { plan: number; with: number | undefined },
): AnswerPage {
  const path =
    'imports' in what
      ? `imports/${what.imports.join('/')}`
      : `plans/${what.plan}${what.with === undefined ? '' : `/${what.with}`}`;
  return { label: 'See all of it as a page', path: `/pages/${migrationId}/comparisons/${path}` };
}

function seeAll(services: number): string {
  return services === 1 ? 'See it as a page' : `See all ${services.toLocaleString('en-GB')} as a page`;
}
