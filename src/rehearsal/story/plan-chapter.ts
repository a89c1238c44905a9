import type { StoryDates } from './dates.ts';
import { type StorySize, supplementChapter } from './import-chapter.ts';
import { wordingChapter } from './notice-chapter.ts';
import { answered, type Stage } from './stage.ts';

/** A plan of every directly bookable service: refused for its gaps, then complete and submitted. */
export async function planChapter(stage: Stage, dates: StoryDates, size: StorySize): Promise<PlannedStory> {
  const { doors, transcript } = stage;
  transcript.chapter('Plan');
  const { outage } = dates;
  await doors.slack('planner', `outage from="${outage.from}" to="${outage.to}" oldPasUntil="${outage.oldPasUntil}"`);
  await doors.slack('planner', 'outage checked page="e-RS live service pages"');
  const planId = await savePlan(stage, { site: 'XR101,XR102,XR103' });
  const refused = new Set<string>();
  const gaps = await doors.press('planner', 'submit', { plan: planId });
  if (gaps.kind === 'refusal' && gaps.code === 'gaps') refused.add('gaps');
  transcript.hold(refused.has('gaps'), 'the plan was refused for its gaps');
  await supplementChapter(stage, size);
  await savePlan(stage, { site: 'XR101,XR102,XR103', plan: planId });
  for (const window of [dates.window, dates.reserve])
    answered(await doors.press('planner', 'window', { plan: planId, from: window.from, to: window.to }));
  await tickChecklist(stage);
  await wordingChapter(stage);
  const submitted = answered(await doors.press('planner', 'submit', { plan: planId }));
  transcript.say(`Plan ${planId} was submitted: ${submitted.services} services, code ${submitted.code}.`);
  transcript.hold(submitted.services === size.services, `the plan holds ${size.services} services`);
  return { plan: planId, code: String(submitted.code), refused };
}

export interface PlannedStory {
  readonly plan: string;
  /** The short code of what was submitted. */
  readonly code: string;
  /** Which refusals happened so far, by the words of the contract. */
  readonly refused: Set<string>;
}

/** Looks at the difference, then saves exactly what was shown; gives the plan's number. */
async function savePlan({ doors, transcript }: Stage, input: Readonly<Record<string, string>>): Promise<string> {
  const people = await definers(doors);
  const diff = answered(await doors.press('planner', 'plan', { ...input, ...people }));
  transcript.say(`The difference: ${diff.services} services would move to ${diff.toAsid}.`);
  const save = diff.save as { readonly verb: string; readonly input: Readonly<Record<string, string>> };
  const saved = answered(await doors.press('planner', save.verb, save.input));
  return String(saved.number);
}

/** The service definer and the deputy, as the plan's form offers them. */
async function definers(doors: Stage['doors']): Promise<Readonly<Record<string, string>>> {
  const outcome = await doors.press('planner', 'plan', {});
  const fields = (outcome.form?.fields ?? []) as readonly {
    readonly name: string;
    readonly options?: readonly { readonly value: string; readonly label: string }[];
  }[];
  const options = fields.find((one) => one.name === 'runner')?.options ?? [];
  const of = (words: RegExp): string => options.find((one) => words.test(one.label))?.value ?? '';
  return { runner: of(/^A service definer/), deputy: of(/deputy/) };
}

/** Everything on the checklist that a person ticks before the run; the e-RS lead may tick all. */
async function tickChecklist({ doors, transcript }: Stage): Promise<void> {
  answered(await doors.press('e-rs-lead', 'checklist', { item: CHECKLIST_ITEMS.join(','), evidence: EVIDENCE }));
  transcript.say(`${CHECKLIST_ITEMS.length} items of the checklist were ticked with evidence.`);
}

const EVIDENCE = 'Seen in the rehearsal, reference T-1';
const CHECKLIST_ITEMS = [
  'stakeholders',
  'migration-plan',
  'outages-checked',
  'outage-sign-up',
  'test-service',
  'test-booking',
  'critical-services',
];
