import { differenceView, planView } from '../../../templates/pages/plan-view.ts';
import type { PersonalPage } from './personal-page.ts';

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

export const planPages: readonly PersonalPage[] = [plan, difference];
