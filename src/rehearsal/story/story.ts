import { approveChapter } from './approve-chapter.ts';
import { storyDates } from './dates.ts';
import { importChapter, type StorySize } from './import-chapter.ts';
import { noticeChapter } from './notice-chapter.ts';
import { planChapter } from './plan-chapter.ts';
import { runChapter } from './run-chapter.ts';
import type { Stage } from './stage.ts';

/** What `rehearse --json` prints (contracts). */
export interface StoryOutcome {
  readonly ok: boolean;
}

/** The main job from import to audit, each chapter holding what it must. */
export async function tellStory(stage: Stage, size: StorySize): Promise<StoryOutcome> {
  const dates = await storyDates(stage.doors, await stage.world.now());
  await importChapter(stage, dates, size);
  const story = await planChapter(stage, dates, size);
  await approveChapter(stage, story);
  await noticeChapter(stage, 'planned');
  await runChapter(stage, dates, story);
  return { ok: stage.transcript.broken.length === 0 };
}
