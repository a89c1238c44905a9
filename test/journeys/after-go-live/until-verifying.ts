import { approveChapter } from '../../../src/rehearsal/story/approve-chapter.ts';
import { type StoryDates, storyDates } from '../../../src/rehearsal/story/dates.ts';
import { type Doors, openDoors } from '../../../src/rehearsal/story/doors.ts';
import { importChapter } from '../../../src/rehearsal/story/import-chapter.ts';
import { noticeChapter } from '../../../src/rehearsal/story/notice-chapter.ts';
import { planChapter } from '../../../src/rehearsal/story/plan-chapter.ts';
import { runChapter } from '../../../src/rehearsal/story/run-chapter.ts';
import { createTranscript, type Stage } from '../../../src/rehearsal/story/stage.ts';
import { type WorldDoor, worldDoor } from '../../../src/rehearsal/story/world-door.ts';
import type { Rehearsal } from '../../support/rehearsal.ts';

/** What a journey that begins after the run works with: the verbs over HTTP, and the world outside. */
export interface AfterRun {
  readonly doors: Doors;
  readonly world: WorldDoor;
  readonly dates: StoryDates;
  /** What did not hold on the way; empty when all did. */
  readonly broken: readonly string[];
}

const PRACTICES = 60;
const COMMISSIONERS = 42;

/** Plays import, plan, votes, the planned notice and the run by the verbs, as the unattended rehearsal does, until the plan is to be verified. */
export async function untilVerifying(rehearsal: Rehearsal, services: number): Promise<AfterRun> {
  const { doors, world } = doorsOf(rehearsal);
  const transcript = createTranscript(() => {});
  const service = { url: rehearsal.service, start: never, kill: never, stop: never };
  const stage: Stage = { doors, world, service, transcript, kill: false, guided: false };
  const size = { rows: 2000, services, practices: PRACTICES };
  const dates = await storyDates(doors, await world.now());
  await importChapter(stage, dates, size);
  const story = await planChapter(stage, dates, size);
  await approveChapter(stage, story);
  await noticeChapter(stage, 'planned', COMMISSIONERS + PRACTICES);
  await runChapter(stage, dates, story);
  return { doors, world, dates, broken: transcript.broken };
}

/** The rehearsal's doors for scripts; what the story types in Slack is typed on the chat page. */
export function doorsOf(rehearsal: Rehearsal): { readonly doors: Doors; readonly world: WorldDoor } {
  const outside = new URL(rehearsal.ers).origin;
  const doors = openDoors({ service: () => rehearsal.service, world: outside, signingSecret: '' });
  const say = async (as: string, text: string): Promise<string> => {
    const answer = await fetch(`${rehearsal.service}/rehearsal/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as, text: `/bsu ${text}` }),
    });
    const { outcome } = (await answer.json()) as { outcome: { message?: string } };
    return outcome.message ?? '';
  };
  return { doors: { ...doors, slack: say }, world: worldDoor(outside) };
}

function never(): Promise<void> {
  throw new Error('This journey leaves the service running.');
}
