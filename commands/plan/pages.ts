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

function seeAll(services: number): string {
  return services === 1 ? 'See it as a page' : `See all ${services.toLocaleString('en-GB')} as a page`;
}
