import { importsView, planComparisonView } from '../../../templates/pages/comparison-view.ts';
import { differenceView, planView } from '../../../templates/pages/plan-view.ts';
import { ticksView } from '../../../templates/pages/ticks-view.ts';
import type { PersonalPage, Shown, Visit } from './personal-page.ts';

/** A plan with every service: what its code covers, and the buttons of its card. */
const plan: PersonalPage = {
  route: '/pages/:migration/plans/:plan',
  async show(visit) {
    const { facts } = await visit.answer('plan.whole', 'show', { plan: visit.params.plan ?? '', all: 'yes' });
    return { template: 'plan', facts: planView(facts) };
  },
};

/** A difference that is not saved yet, by the code under which it was shown (rule 4). */
const difference: PersonalPage = {
  route: '/pages/:migration/differences/:code',
  async show(visit) {
    const { code = '' } = visit.params;
    const { facts } = await visit.answer('plan.difference', 'plan', { shown: code, all: 'yes' });
    return { template: 'plan', facts: differenceView(facts, code) };
  },
};

/** The tick sheet, for the screen beside e-RS and for paper (rule 6). */
const ticks: PersonalPage = {
  route: '/pages/:migration/plans/:plan/ticks',
  async show(visit) {
    const { facts } = await visit.answer('plan.ticks', 'ticks', { plan: visit.params.plan ?? '' });
    return { template: 'ticks', facts: ticksView(facts) };
  },
};

const imports: PersonalPage = {
  route: '/pages/:migration/comparisons/imports/:from/:to',
  async show(visit) {
    const { from = '', to = '' } = visit.params;
    const { facts } = await visit.answer('compared', 'compare', { from, to, all: 'yes' });
    return { template: 'comparison', facts: importsView(facts) };
  },
};

const comparison: PersonalPage = {
  route: '/pages/:migration/comparisons/plans/:plan',
  show: (visit) => planCompared(visit, {}),
};

const comparisonOfTwo: PersonalPage = {
  route: '/pages/:migration/comparisons/plans/:plan/:with',
  show: (visit) => planCompared(visit, { with: visit.params.with ?? '' }),
};

async function planCompared(visit: Visit, more: Readonly<Record<string, string>>): Promise<Shown> {
  const { plan = '' } = visit.params;
  const { facts } = await visit.answer('plan.compared', 'compare', { plan, all: 'yes', ...more });
  return { template: 'comparison', facts: planComparisonView(facts) };
}

export const planPages: readonly PersonalPage[] = [plan, difference, ticks, imports, comparison, comparisonOfTwo];
