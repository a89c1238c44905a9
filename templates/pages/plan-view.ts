import type { PlanAnswers, WholeFacts } from '../../src/domain/plan-answers.ts';
import type { WholeRow } from '../../src/domain/plan-whole.ts';
import { counted } from '../../src/kernel/time-words.ts';
import { cardOf } from '../cards/index.ts';
import { REFUSAL_WORDS, WARNING_WORDS } from '../cards/plan-words.ts';

/** A saved plan with every service: its card as it is now, and the list. */
export function planView(facts: PlanAnswers['plan.whole']) {
  const { plan } = facts;
  return {
    title: `${plan.kind === 'practice' ? 'Practice plan' : 'Plan'} ${plan.number}`,
    card: cardOf({ code: 'plan.shown', facts: plan, next: [] }),
    lead: facts.words,
    snapshot: facts.snapshot,
    changed: false,
    ...list(facts),
  };
}

/** A difference that nobody saved yet; `asked`: the code in the address, which may be of an earlier state. */
export function differenceView(facts: PlanAnswers['plan.difference'], asked: string) {
  const { diff } = facts;
  return {
    title: diff.number === null ? 'A new plan, not saved yet' : `A change of plan ${diff.number}, not saved yet`,
    card: cardOf({ code: 'plan.difference', facts, next: [] }),
    lead: diff.words,
    snapshot: diff.snapshot,
    changed: diff.save.input.shown !== asked,
    ...list(facts),
  };
}

function list({ organisations, names }: WholeFacts) {
  const called = (code: string) => (names[code] === undefined ? code : `${names[code]} (${code})`);
  return {
    organisations: organisations.map(({ organisation, taken, sites }) => ({
      name: called(organisation),
      taken,
      sites: sites.map((site) => ({
        code: site.site,
        name: called(site.site),
        summary: [
          counted(site.taken, 'service'),
          ...(site.refused > 0 ? [`${site.refused} refused`] : []),
          ...(site.leftOut > 0 ? [`${site.leftOut} left on the old system`] : []),
        ].join(', '),
        rows: site.rows.map((row) => ({ ...row, remarks: remarks(row) })),
      })),
    })),
  };
}

const WHAT = { taken: 'Moves', refused: 'Refused', 'left-out': 'Stays' } as const;

function remarks(row: WholeRow) {
  const why = row.why === null ? [] : [row.holder === null ? REFUSAL_WORDS[row.why] : `held by ${row.holder}`];
  return {
    what: WHAT[row.what],
    words: [
      ...why,
      ...(row.what === 'left-out' ? ['stays on the old system'] : []),
      ...(row.verification ? ['verification service'] : []),
      ...(row.critical ? ['business-critical'] : []),
      ...row.warnings.map((warning) => WARNING_WORDS[warning]),
    ],
  };
}
