import { manualView, runView } from '../../../templates/pages/run-view.ts';
import type { PersonalPage } from './personal-page.ts';

/** The run for a second screen beside e-RS: the step that is wanted now, the whole tick list, and each step's time (rule 15). */
const run: PersonalPage = {
  route: '/pages/:migration/run',
  async show(visit) {
    const { facts } = await visit.answer('run.followed', 'step', { what: 'follow' });
    return { template: 'run', facts: runView(facts) };
  },
};

/** The manual board with every service that is left, to be taken and ticked (rule 17). */
const manual: PersonalPage = {
  route: '/pages/:migration/manual',
  async show(visit) {
    const { facts } = await visit.answer('run.board', 'manual', { what: 'page' });
    return { template: 'manual', facts: manualView(facts) };
  },
};

export const runPages: readonly PersonalPage[] = [run, manual];
