import { sampleServices } from '../../src/rehearsal/sample-services.ts';
import { type StoryDates, storyDates } from '../../src/rehearsal/story/dates.ts';
import { type Doors, openDoors } from '../../src/rehearsal/story/doors.ts';
import { importChapter, supplementChapter } from '../../src/rehearsal/story/import-chapter.ts';
import { noticeChapter, wordingChapter } from '../../src/rehearsal/story/notice-chapter.ts';
import { answered, createTranscript, type Stage } from '../../src/rehearsal/story/stage.ts';
import { type WorldDoor, worldDoor } from '../../src/rehearsal/story/world-door.ts';
import { type Rehearsal, startRehearsal } from './rehearsal.ts';

/** A rehearsal at 8:05pm of its night: approved, everybody informed, the go given. Only `run` is left to say. */
export interface ReadyNight {
  readonly rehearsal: Rehearsal;
  readonly doors: Doors;
  readonly world: WorldDoor;
  readonly dates: StoryDates;
  /** What the story's own chapters take, where a part of the night is not what a test is about. */
  readonly stage: Stage;
  /** Asks a verb through the chat's door; gives its facts, and ends the test where it was refused. */
  ask(as: string, verb: string, input?: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>>;
}

/** How many services of each site are planned: up to 100 are one press of Update. */
export type Taken = Readonly<Record<string, number>>;

const SIZE = { rows: 2_000, services: 250, practices: 60 };
const COMMISSIONERS = 42;

/** Everything before the night, quickly, through the chat's door: the story's own journey plays that by hand. */
export async function readyNight(taken: Taken): Promise<ReadyNight> {
  const rehearsal = await startRehearsal(SIZE.services);
  const world = worldDoor(new URL(rehearsal.ers).origin);
  const doors = openDoors({
    service: () => rehearsal.service,
    world: new URL(rehearsal.ers).origin,
    signingSecret: 'none',
  });
  const stage = onlyByChat({ doors, world, url: rehearsal.service });
  const ask: ReadyNight['ask'] = async (as, verb, input = {}) => answered(await doors.press(as, verb, input));
  const dates = await storyDates(doors, await world.now());
  await importChapter(stage, dates, SIZE);
  await supplementChapter(stage, SIZE);
  await planned(stage, ask, dates, taken);
  await noticeChapter(stage, 'planned', COMMISSIONERS + SIZE.practices);
  await doors.moveClock(dates.fivePastEight);
  await tonight(ask);
  if (stage.transcript.broken.length > 0) throw new Error(stage.transcript.broken.join('\n'));
  return { rehearsal, doors, world, dates, stage, ask };
}

async function planned(stage: Stage, ask: ReadyNight['ask'], dates: StoryDates, taken: Taken): Promise<void> {
  const { from, to, oldPasUntil } = dates.outage;
  await ask('planner', 'outage', { what: 'set', from, to, oldPasUntil });
  await ask('planner', 'outage', { what: 'checked', page: 'e-RS live service pages' });
  const ids = Object.entries(taken).flatMap(([site, most]) => bookableAt(site, most));
  const diff = await ask('planner', 'plan', { ids: ids.join(',') });
  const save = diff.save as { readonly verb: string; readonly input: Readonly<Record<string, string>> };
  await ask('planner', save.verb, save.input);
  for (const window of [dates.window, dates.reserve])
    await ask('planner', 'window', { plan: '1', from: window.from, to: window.to });
  await ask('e-rs-lead', 'checklist', { item: CHECKLIST, evidence: 'Seen in the rehearsal, reference T-1' });
  await wordingChapter(stage);
  const { code } = await ask('planner', 'submit', { plan: '1' });
  for (const voter of ['approver', 'second-approver', 'clinical-safety-officer'])
    await ask(voter, 'approve', { code: String(code) });
}

const CHECKLIST =
  'stakeholders,migration-plan,outages-checked,outage-sign-up,test-service,test-booking,critical-services';

/** What has to be looked at on the evening itself. */
async function tonight(ask: ReadyNight['ask']): Promise<void> {
  await ask('planner', 'outage', { what: 'checked', page: 'e-RS live service pages' });
  for (const part of ['new-pas-live', 'two-definers', 'no-incident', 'lead'])
    await ask('e-rs-lead', 'go', { part, said: 'yes' });
}

/** The first so many directly bookable services of a site. */
function bookableAt(site: string, most: number): string[] {
  const there = sampleServices(SIZE.services).filter((one) => one.directlyBookable && one.site === site);
  return there.slice(0, most).map((one) => one.serviceId);
}

/** The story's chapters on a rehearsal that this test neither kills nor starts. */
function onlyByChat(given: { readonly doors: Doors; readonly world: WorldDoor; readonly url: string }): Stage {
  const never = async (): Promise<void> => {
    throw new Error('This rehearsal is neither killed nor started anew.');
  };
  return {
    doors: given.doors,
    world: given.world,
    service: { url: given.url, start: never, kill: never, stop: never },
    transcript: createTranscript(() => undefined),
    kill: false,
    guided: true,
  };
}
