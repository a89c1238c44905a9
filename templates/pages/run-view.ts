import type { BoardFacts, FollowedFacts, StepTime } from '../../src/domain/run-answers.ts';
import { clockInWords, counted, inWords } from '../../src/kernel/time-words.ts';
import { cardOf } from '../cards/index.ts';
import { CARRY_ON, chosenWords } from '../cards/run-boards.ts';
import { SAID_WORDS, STEP_WORDS } from '../cards/run-guided.ts';

/** The run's card, the tick list of its group, a field a site to type the count, and the steps so far. */
export function runView({ run, steps }: FollowedFacts) {
  const { guided } = run;
  const card = cardOf({ code: 'run.shown', facts: run, next: [] });
  const going = run.state === 'running' || run.state === 'rolling-back';
  const counting = going && guided?.step === 'count';
  const ticking = going && guided?.step === 'tick';
  return {
    title: `Run of plan ${run.planNumber}`,
    // The page has a field for each count and the whole list, so the card's own are left out.
    card: {
      ...card,
      body: card.body.filter((part) => !(part.kind === 'text' && part.text.includes('.txt and on the page'))),
      actions: card.actions.filter((one) => !(counting && one.kind === 'do' && one.input.what === 'count')),
    },
    counts: counting
      ? guided.sites.filter(({ counted }) => counted === null).map(({ site, name }) => ({ site, name }))
      : [],
    bound: guided === null ? null : { group: String(guided.group), step: guided.step },
    ticks: ticking ? guided.sites : [],
    steps: steps.map((step) => stepRow(step, run.zone)),
  };
}

function stepRow(step: StepTime, zone: string): readonly string[] {
  const late = step.recordedAt === null ? '' : ` (entered ${inWords(step.recordedAt, zone)})`;
  return [
    step.direction === 'undo' ? `${step.group}, back` : String(step.group),
    STEP_WORDS[step.step],
    SAID_WORDS[step.what] ?? step.what,
    step.by,
    `${clockInWords(step.at, zone)}${late}`,
    tookWords(step.seconds),
  ];
}

/** "40 s", "3 min 20 s": what a step really took. */
function tookWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}

/** Every service that is left, what was done by hand, and how it went down over time. */
export function manualView(facts: BoardFacts) {
  const { zone } = facts;
  return {
    title:
      facts.left === 0
        ? `By hand: nothing is left of plan ${facts.planNumber}`
        : `By hand: ${counted(facts.left, 'service')} left of plan ${facts.planNumber}`,
    ...facts,
    target: facts.items[0]?.to ?? null,
    sites: [...Map.groupBy(facts.items, (item) => item.site)].map(([site, items]) => ({ site, items })),
    doneRows: facts.done.map(({ serviceId, name, by, at, enteredAt }) => [
      `${serviceId} ${name}`,
      by,
      `${clockInWords(at, zone)}${enteredAt === null ? '' : ` (entered ${inWords(enteredAt, zone)})`}`,
    ]),
    chosenWords: chosenWords(facts),
    carryOn: CARRY_ON,
    burn: burnDown(facts),
  };
}

const WIDTH = 600;
const HEIGHT = 120;

/** A line that goes down by one with each service done, from the first to now; null before two were done. */
function burnDown({ left, done, at, zone }: BoardFacts) {
  const times = done.map((one) => Date.parse(one.at)).sort((one, other) => one - other);
  const [first] = times;
  if (first === undefined || times.length < 2) return null;
  const total = left + times.length;
  const end = Math.max(Date.parse(at), times.at(-1) ?? first);
  const x = (time: number) => Math.round(((time - first) / Math.max(1, end - first)) * WIDTH);
  const y = (open: number) => Math.round(HEIGHT - (open / total) * HEIGHT);
  const points = times.flatMap((time, index) => [
    `${x(time)},${y(total - index)}`,
    `${x(time)},${y(total - index - 1)}`,
  ]);
  const clock = (time: number) => clockInWords(new Date(time).toISOString(), zone);
  const minutes = (end - first) / 60_000;
  const pace = minutes > 0 ? minutes / times.length : 0;
  return {
    width: WIDTH,
    height: HEIGHT,
    points: [...points, `${WIDTH},${y(left)}`].join(' '),
    total,
    from: clock(first),
    to: clock(end),
    words: `${times.length} of ${counted(total, 'service')} done since ${clock(first)}, ${left} left${
      pace > 0 && left > 0 ? `; at this pace about ${counted(Math.ceil(pace * left), 'minute')} more` : ''
    }`,
  };
}
