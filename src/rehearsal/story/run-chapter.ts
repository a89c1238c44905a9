import { setTimeout as wait } from 'node:timers/promises';
import { NEW_ASID } from '../sample-organisations.ts';
import { firstLine } from './approve-chapter.ts';
import type { StoryDates } from './dates.ts';
import { runGuided } from './guided-run.ts';
import { killInTheRun } from './kills.ts';
import type { PlannedStory } from './plan-chapter.ts';
import { answered, type Stage } from './stage.ts';
import type { Facts } from './world-door.ts';

/** By day the run is refused; by night, with the go, the automation changes what it can; the rest is done by hand. */
export async function runChapter(stage: Stage, dates: StoryDates, story: PlannedStory): Promise<RunStory> {
  const { doors, transcript } = stage;
  transcript.chapter('Run');
  await doors.moveClock(dates.tenInTheMorning);
  const byDay = await doors.press('service-definer', 'run', { plan: story.plan, executor: 'http' });
  if (byDay.kind === 'refusal' && byDay.code === 'working-hours') story.refused.add('working-hours');
  transcript.hold(story.refused.has('working-hours'), `by day it was refused: ${firstLine(byDay.message)}`);
  await doors.moveClock(dates.fivePastEight);
  await doors.slack('planner', 'outage checked page="e-RS live service pages"');
  await giveGo(stage);
  if (stage.guided) {
    answered(await doors.press('service-definer', 'run', { plan: story.plan, executor: 'guided' }));
    transcript.say('The go was given and the guided run started.');
    await runGuided(stage, story.plan);
  } else await runByAutomation(stage, story.plan);
  const byHand = stage.guided ? 0 : await restByHand(stage);
  const end = await atRest(stage, story.plan);
  const { left } = end.progress as { readonly left: number };
  transcript.hold(left === 0, 'no service is left');
  return { byHand, failed: left };
}

async function runByAutomation(stage: Stage, plan: string): Promise<void> {
  const { doors, transcript } = stage;
  const troubled = await makeTrouble(stage);
  answered(await doors.press('service-definer', 'run', { plan, executor: 'http' }));
  transcript.say('The go was given and the run started through the automation.');
  if (stage.kill) await killInTheRun(stage, 100);
  const first = await atRest(stage, plan);
  transcript.say(`${progressWords(first)} ${troubled.length} services were locked by another user on purpose.`);
  answered(await doors.press('service-definer', 'retry'));
  const second = await atRest(stage, plan);
  transcript.say(`After the retry: ${progressWords(second)}`);
}

export interface RunStory {
  readonly byHand: number;
  readonly failed: number;
}

async function giveGo({ doors, transcript }: Stage): Promise<void> {
  const shown = answered(await doors.press('e-rs-lead', 'go'));
  const parts = (shown.parts ?? []) as readonly { readonly part: string }[];
  for (const { part } of parts) {
    const said = firstLine(await doors.slack('e-rs-lead', `go ${part} yes`));
    transcript.say(`go ${part}: ${said}`);
  }
}

/** A rehearsal's failures: slow, sometimes an error, sometimes an answer that never arrives, and services that are locked. */
async function makeTrouble({ doors, world }: Stage): Promise<readonly string[]> {
  const services = answered(await doors.press('planner', 'services', { site: 'XR102' }));
  const ids = (services.first as readonly { readonly serviceId: string }[]).map((one) => one.serviceId);
  // A small plan has fewer at this site; one of them always stays for the manual board.
  const locked = [1, 4, 7].flatMap((at) => ids[at] ?? []);
  await world.post('/_world/knobs', {
    automation: {
      seed: 3,
      maximumSeconds: 1,
      delayMs: 20,
      errors: [
        { status: 503, rate: 0.04 },
        { status: 429, rate: 0.04 },
      ],
      lostAnswers: 0.08,
    },
    ers: {
      refuse: locked.map((serviceId, at) => ({
        serviceId,
        reason: 'locked by another user',
        times: at === 0 && locked.length > 1 ? 1 : null,
      })),
    },
  });
  return locked;
}

/** The run's card once nothing is being done any more. */
async function atRest({ doors }: Stage, plan: string): Promise<Facts> {
  for (let attempt = 0; attempt < 450; attempt++) {
    const run = answered(await doors.press('service-definer', 'run', { plan }));
    const progress = run.progress as { readonly open: number };
    if (progress.open === 0 || run.state !== 'running') return run;
    await wait(200);
  }
  throw new Error('The run did not come to rest in time.');
}

/** What the automation could not do is changed in e-RS by a person, one by one, and ticked on the manual board. */
async function restByHand({ doors, world, transcript }: Stage): Promise<number> {
  await world.post('/_world/knobs', { ers: { refuse: [] }, automation: { errors: [], lostAnswers: 0 } });
  const board = answered(await doors.press('service-definer', 'manual'));
  const items = board.items as readonly { readonly serviceId: string }[];
  const definer = await world.logIn('service-definer');
  for (const { serviceId } of items) {
    answered(await doors.press('service-definer', 'manual', { what: 'claim', service: serviceId }));
    await definer.submit(`/ers/services/${serviceId}/provider-system`, { asid: NEW_ASID });
    answered(await doors.press('service-definer', 'manual', { what: 'done', service: serviceId }));
    transcript.say(`${serviceId} was changed by hand and ticked.`);
  }
  return items.length;
}

function progressWords(run: Facts): string {
  const { done, total, left } = run.progress as {
    readonly done: number;
    readonly total: number;
    readonly left: number;
  };
  return `${done} of ${total} done, ${left} left (${run.state}).`;
}
