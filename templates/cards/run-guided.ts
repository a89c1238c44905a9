import type { Action, Part } from '../../src/card/card.ts';
import type { GuidedStep } from '../../src/domain/run.ts';
import type { GuidedFacts, RunFacts } from '../../src/domain/run-answers.ts';
import { counted } from '../../src/kernel/time-words.ts';

/** So many lines of ticks stand on the card; a longer list is on the page and in the file. */
const LINES = 12;

/** What the screen wants now, in one step at a time (rule 15). The expected number is not said before it was counted. */
export function guidedParts(facts: RunFacts, guided: GuidedFacts): Part[] {
  return [
    ...wrongCounts(guided),
    { kind: 'text', text: stepTitle(guided), weight: 'strong' },
    ...(watches(facts, guided) ? [{ kind: 'text' as const, text: `${facts.runner} carries this out:` }] : []),
    { kind: 'text', text: instruction(facts, guided) },
    ...ticks(guided),
    ...soFar(guided),
  ];
}

/** Paused when the ticks were ready for Update, or after it was pressed: only a person knows which. */
export function isHeldAroundUpdate({ state, guided }: RunFacts): boolean {
  return state === 'paused' && (guided?.step === 'update' || guided?.step === 'read-back');
}

function stepTitle(guided: GuidedFacts): string {
  const group = guided.groups > 1 ? ` · group ${guided.group} of ${guided.groups}` : '';
  const step = guided.screenStep === null ? 'After Update' : `Step ${guided.screenStep} of 8 on the screen`;
  return guided.step === 'finished' ? 'All groups are done' : `${step}${group}`;
}

/** Somebody who reads along, and is not asked for this step. */
function watches({ you }: RunFacts, { step, youCounted }: GuidedFacts): boolean {
  if (you === undefined || you === 'runner') return false;
  return step !== 'second-person' || youCounted === true;
}

function instruction(facts: RunFacts, guided: GuidedFacts): string {
  if (guided.wrong.length > 0) return WRONG;
  if (guided.step === 'second-person' && guided.youCounted === true) {
    return 'The count is right. You counted, so now somebody else looks at the screen (beside you, shared, or a screenshot without patient data) and confirms it.';
  }
  if (guided.step === 'update' && isHeldAroundUpdate(facts)) return HELD;
  if (isOver(facts) && guided.step !== 'read-back' && guided.step !== 'finished') return OVER;
  return INSTRUCTIONS[guided.step](guided, facts);
}

function isOver({ at, window }: RunFacts): boolean {
  return Date.parse(at) >= Date.parse(window.to);
}

const OVER =
  'The window is over: do not press Update now. If it was pressed before, say so. If not, press Clear, here and on the screen: nothing is changed then, and what is left goes on at the next opening or by hand.';

const HELD =
  'The run is held: do not press Update now. If it was pressed before, say so. If not, press Clear, here and on the screen: nothing is changed then.';

const WRONG =
  'Put the ticks right by the list, say “Ticked”, and count again. Or press Clear, here and on the screen: nothing is changed then, and this group begins anew.';

const INSTRUCTIONS: Readonly<Record<GuidedStep, (guided: GuidedFacts, facts: RunFacts) => string>> = {
  'log-in': () => 'Log in to e-RS as service definer and open the Bulk Service Updates tab.',
  filter: () => 'Press Clear, then set the directly bookable filter to Yes.',
  tick: ({ from }, { direction }) =>
    direction === 'undo'
      ? `Tick these services, and only those that still show ${from.asid}. Leave one that shows anything else, and say so: “One shows something else”.`
      : 'Tick what is listed, and only that. Do not tick an organisation. Caution: what is ticked is changed at once.',
  count: () => 'Count what is ticked on your screen, site by site, and type each number. We compare it with the plan.',
  'second-person': () =>
    'The count is right. Now a second person looks at the screen (beside you, shared, or a screenshot without patient data) and confirms it.',
  enable: () => 'Tick Enable, so that the fields below can be changed.',
  'provider-system': ({ to }) => `Choose the Provider System ${to.asid} in the list. Read all twelve digits aloud.`,
  organisation: ({ to }) => `Press Modify Organisation and choose ${to.organisation}.`,
  update: ({ to }) =>
    `Look once more: Provider System ${to.asid}. Then press Update. It takes effect at once. When in doubt press Clear instead.`,
  'read-back': ({ to }) =>
    `Open each of these services in e-RS and look which provider system it shows. It should be ${to.asid}.`,
  finished: () => 'Every group has been changed and read back.',
};

function ticks(guided: GuidedFacts): Part[] {
  // Not while it is counted: the person counts the screen, not our list.
  if (guided.step !== 'tick') return [];
  const all = guided.sites.flatMap((site) =>
    site.whole
      ? [`${site.name} (${site.site}): one tick for the whole site, as it was compared with the screen`]
      : site.services.map((one) => `${site.name} · ${one.name} (${one.serviceId})`),
  );
  if (all.length <= LINES) return [{ kind: 'list', items: all }];
  const sites = guided.sites
    .map((site) => (site.whole ? `${site.name} (one tick for the whole site)` : site.name))
    .join(', ');
  return [
    {
      kind: 'text',
      text: `The list for ${sites} is in the file group-${guided.group}.txt and on the page.`,
      weight: 'quiet',
    },
  ];
}

function wrongCounts(guided: GuidedFacts): Part[] {
  if (guided.wrong.length === 0) return [];
  return [
    { kind: 'text', text: 'Stop: do not press Update. What you counted is not what was planned.', weight: 'strong' },
    {
      kind: 'list',
      items: guided.wrong.map(
        (one) => `${one.site}: you counted ${one.counted}, planned are ${one.expected}. ${one.cause}`,
      ),
    },
  ];
}

function soFar(guided: GuidedFacts): Part[] {
  const known = guided.sites.filter((site) => site.counted !== null);
  if (known.length === 0) return [];
  const words = known.map((site) => `${site.name} ${site.counted}`).join(' · ');
  const by = guided.countedBy === null ? '' : ` by ${guided.countedBy}`;
  const second = guided.confirmedBy === null ? '' : `; confirmed by ${guided.confirmedBy}`;
  return [{ kind: 'text', text: `Counted${by}: ${words}${second}`, weight: 'quiet' }];
}

/** The buttons of a step; each carries the step and group that it was drawn for, so that an old card confirms nothing. */
export function guidedActions(facts: RunFacts, guided: GuidedFacts): Action[] {
  const bound = { group: String(guided.group), step: guided.step };
  const step = (label: string, input: Record<string, string>, style?: 'primary' | 'danger'): Action => ({
    kind: 'do',
    label,
    verb: 'step',
    input: { ...input, ...bound },
    ...(style ? { style } : {}),
  });
  if (watches(facts, guided)) return watcherActions(facts, step);
  const clear = step('Clear', { what: 'clear' });
  const handover = facts.deputy === null ? [] : [step('Hand over to the deputy', handoverOf(facts))];
  const first = (label: string) => [step(label, { what: 'done' }, 'primary'), clear, ...handover];
  const table: Record<GuidedStep, Action[]> = {
    'log-in': first('I am logged in'),
    filter: first('Filter is set to Yes'),
    tick: [
      ...first('Ticked'),
      ...(facts.direction === 'undo' ? [step('One shows something else…', { what: 'other' })] : []),
    ],
    count: [...countActions(guided, step), clear],
    'second-person': [
      ...(guided.youCounted === true ? [] : [step('I see the same number', { what: 'confirm' }, 'primary')]),
      step('A screenshot shows it…', { what: 'confirm', how: 'screenshot' }),
      ...(facts.you === undefined || facts.you === 'runner' ? [clear] : []),
    ],
    enable: first('Enable is ticked'),
    'provider-system': first(`${guided.to.asid} is chosen`),
    organisation: first(`${guided.to.organisation} is chosen`),
    update: [pressed(guided, bound), step('It shows an error', { what: 'failed' }, 'danger'), clear],
    'read-back': readBackActions(guided, step),
    finished: [],
  };
  return table[guided.step];
}

function watcherActions(facts: RunFacts, step: StepAction): Action[] {
  if (facts.you === 'deputy') return [step('Take over', handoverOf(facts))];
  return facts.you === 'lead' ? [step('Hand over to the deputy', handoverOf(facts))] : [];
}

function handoverOf({ deputyId }: RunFacts): Record<string, string> {
  return { what: 'handover', ...(deputyId === null ? {} : { to: String(deputyId) }) };
}

type StepAction = (label: string, input: Record<string, string>, style?: 'primary' | 'danger') => Action;

/** The number is missing in the input, so each surface asks for it in its own form. */
function countActions(guided: GuidedFacts, step: StepAction): Action[] {
  return guided.sites
    .filter((site) => site.counted === null)
    .slice(0, 3)
    .map((site) => step(`My count for ${site.name}…`, { what: 'count', site: site.site }, 'primary'));
}

function pressed(guided: GuidedFacts, bound: Record<string, string>): Action {
  return {
    kind: 'do',
    label: 'Update pressed',
    verb: 'step',
    input: { what: 'pressed', ...bound },
    style: 'primary',
    confirm: {
      title: 'Update was pressed?',
      text: `Say yes only after you pressed Update with Provider System ${guided.to.asid} and the screen said that it is done.`,
      yes: 'Yes, pressed',
    },
  };
}

function readBackActions(guided: GuidedFacts, step: StepAction): Action[] {
  const [first] = guided.readBack;
  if (first === undefined) return [];
  const more = guided.readBack.length > 1 ? ` (${counted(guided.readBack.length - 1, 'more', 'more')})` : '';
  return [
    step(`${first.serviceId} shows ${guided.to.asid}${more}`, { what: 'new', service: first.serviceId }, 'primary'),
    step(`${first.serviceId} does not`, { what: 'old', service: first.serviceId }, 'danger'),
  ];
}

/** The steps in a table, in a word or two. */
export const STEP_WORDS = {
  'log-in': 'Log in',
  filter: 'Filter',
  tick: 'Tick',
  count: 'Count',
  'second-person': 'Second person',
  enable: 'Enable',
  'provider-system': 'Provider system',
  organisation: 'Organisation',
  update: 'Update',
  'read-back': 'Look at them',
  finished: 'Finished',
} as const satisfies Record<GuidedStep, string>;

export const SAID_WORDS: Readonly<Record<string, string>> = {
  done: 'done',
  counted: 'counted',
  confirmed: 'confirmed',
  pressed: 'Update pressed',
  'update-failed': 'an error on the screen',
  clear: 'Clear',
  shows: 'looked',
  other: 'shows something else',
};
