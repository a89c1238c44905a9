import type { Answers } from '../src/domain/answers.ts';
import type { NightPackFacts } from '../src/domain/night-pack.ts';
import { clockInWords, inWords, spanInWords } from '../src/kernel/time-words.ts';
import { renderPage } from './pages/render.ts';

export interface DrawnFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/** The files that are drawn from an answer's facts, besides those that the verb itself gave. */
export function drawnFiles(answer: { readonly code: keyof Answers; readonly facts: unknown }): readonly DrawnFile[] {
  return answer.code === 'run.night' ? [nightPackFile(answer.facts as NightPackFacts)] : [];
}

/** Rule 30: one HTML file that needs nothing but itself, on a screen or on paper. */
export function nightPackFile(facts: NightPackFacts): DrawnFile {
  const { zone } = facts;
  return {
    name: `night-pack-plan-${facts.planNumber}.html`,
    mediaType: 'text/html',
    text: renderPage('night-pack', {
      pack: facts,
      made: inWords(facts.madeAt, zone),
      outage: facts.outage === null ? null : spanInWords(facts.outage.from, facts.outage.to, zone),
      oldPas: facts.oldPasUntil === null ? null : inWords(facts.oldPasUntil, zone),
      windows: facts.windows.map(({ from, to, lastStart }) => ({
        when: spanInWords(from, to, zone),
        lastStart: clockInWords(lastStart, zone),
      })),
      ticks: facts.groups.map((group) =>
        group.sites.reduce((sum, site) => sum + (site.whole ? 1 : site.services.length), 0),
      ),
      sameTarget: new Set(facts.all.map(({ to }) => `${to.organisation} ${to.asid}`)).size === 1,
    }),
  };
}
