import { manualView, runView } from '../../../templates/pages/run-view.ts';
import type { PersonalPage, Visit } from './personal-page.ts';

/** The run for a second screen beside e-RS: the step that is wanted now, the whole tick list, and each step's time (rule 15). */
const run: PersonalPage = {
  route: '/pages/:migration/run',
  covers: ['run.shown'],
  async show(visit) {
    const { facts } = await visit.answer('run.followed', 'step', { what: 'follow' });
    return { template: 'run', facts: { ...runView(facts), live: liveOf(visit) } };
  },
};

/** The manual board with every service that is left, to be taken and ticked (rule 17). */
const manual: PersonalPage = {
  route: '/pages/:migration/manual',
  covers: ['run.manual'],
  async show(visit) {
    const { facts } = await visit.answer('run.board', 'manual', { what: 'page' });
    return {
      template: 'manual',
      facts: { ...manualView(facts), live: liveOf(visit), runPath: `/pages/${visit.params.migration}/run` },
    };
  },
};

/** The board's stream: where its part of the run changes, these pages load again. */
function liveOf({ params }: Visit): string {
  return `/pages/${params.migration}/board/live`;
}

export const runPages: readonly PersonalPage[] = [run, manual];
