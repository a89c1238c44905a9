import { COMMISSIONERS } from '../sample-recipients.ts';
import { afterChapter } from './after-chapter.ts';
import { approveChapter } from './approve-chapter.ts';
import { storyDates } from './dates.ts';
import { ending, type StoryOutcome } from './ending.ts';
import { importChapter, type StorySize } from './import-chapter.ts';
import { killWhileSending } from './kills.ts';
import { noticeChapter } from './notice-chapter.ts';
import { planChapter } from './plan-chapter.ts';
import { runChapter } from './run-chapter.ts';
import type { Stage } from './stage.ts';

/** The main job from import to audit, each chapter holding what it must. */
export async function tellStory(stage: Stage, size: StorySize): Promise<StoryOutcome> {
  const started = performance.now();
  const dates = await storyDates(stage.doors, await stage.world.now());
  await importChapter(stage, dates, size);
  const everybody = COMMISSIONERS + size.practices;
  const story = await planChapter(stage, dates, size);
  await approveChapter(stage, story);
  const planned = await noticeChapter(
    stage,
    'planned',
    everybody,
    stage.kill ? () => killWhileSending(stage, Math.ceil(everybody / 4)) : undefined,
  );
  const run = await runChapter(stage, dates, story);
  await afterChapter(stage, story);
  const completed = await noticeChapter(stage, 'completed', everybody);
  const kills = stage.kill ? ['sending', 'run'] : [];
  return ending(stage, { services: size.services, story, run, notices: [planned, completed], kills, started });
}
