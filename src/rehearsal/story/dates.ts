import { ZONE } from '../web/pages.ts';
import type { Doors } from './doors.ts';
import { answered } from './stage.ts';

/** The story's days: the outage is on the sixth working day after today, so that five lie between for the notice. */
export interface StoryDates {
  /** The month end that the extract shows. */
  readonly taken: string;
  /** Local times as people type them: "2026-12-08 17:00". */
  readonly outage: { readonly from: string; readonly to: string; readonly oldPasUntil: string };
  readonly window: { readonly from: string; readonly to: string };
  readonly reserve: { readonly from: string; readonly to: string };
  readonly tenInTheMorning: Temporal.Instant;
  readonly fivePastEight: Temporal.Instant;
}

const WORKING_DAYS = 6;

/** Which days are working days is asked of the service itself: on those it is closed at 10am. */
export async function storyDates(doors: Doors, now: Temporal.Instant): Promise<StoryDates> {
  const today = now.toZonedDateTimeISO(ZONE).toPlainDate();
  let day = today;
  for (let found = 0; found < WORKING_DAYS; ) {
    day = day.add({ days: 1 });
    const { verdict } = answered(await doors.press('planner', 'why', { at: `${day} 10:00` }));
    if (verdict === 'closed') found += 1;
  }
  const next = day.add({ days: 1 });
  const at = (time: string): Temporal.Instant => day.toZonedDateTime({ timeZone: ZONE, plainTime: time }).toInstant();
  return {
    taken: today.with({ day: 1 }).subtract({ days: 1 }).toString(),
    outage: { from: `${day} 17:00`, to: `${next} 03:00`, oldPasUntil: `${next.add({ days: 2 })} 17:00` },
    window: { from: `${day} 20:05`, to: `${next} 07:30` },
    reserve: { from: `${next} 20:05`, to: `${next.add({ days: 1 })} 07:30` },
    tenInTheMorning: at('10:00'),
    fivePastEight: at('20:05'),
  };
}
