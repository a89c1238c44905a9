import { ZONE } from '../web/pages.ts';

/** The story's days, counted from the clock as it is: the outage is on a Tuesday, more than eight working days ahead. */
export interface StoryDates {
  /** The month end that the extract shows. */
  readonly taken: string;
  /** Local times as people type them: "2026-12-08 17:00". */
  readonly outage: { readonly from: string; readonly to: string; readonly oldPasUntil: string };
  readonly window: { readonly from: string; readonly to: string };
  readonly reserve: { readonly from: string; readonly to: string };
  readonly noticesDue: Temporal.Instant;
  readonly tenInTheMorning: Temporal.Instant;
  readonly fiveAndEightInTheEvening: Temporal.Instant;
  readonly nextMorning: Temporal.Instant;
}

export function storyDates(now: Temporal.Instant): StoryDates {
  const today = now.toZonedDateTimeISO(ZONE).toPlainDate();
  const earliest = today.add({ days: 14 });
  const day = earliest.add({ days: (9 - earliest.dayOfWeek) % 7 });
  const next = day.add({ days: 1 });
  const at = (date: Temporal.PlainDate, time: string): Temporal.Instant =>
    date.toZonedDateTime({ timeZone: ZONE, plainTime: time }).toInstant();
  return {
    taken: today.with({ day: 1 }).subtract({ days: 1 }).toString(),
    outage: { from: `${day} 17:00`, to: `${next} 03:00`, oldPasUntil: `${next.add({ days: 2 })} 17:00` },
    window: { from: `${day} 20:05`, to: `${next} 07:30` },
    reserve: { from: `${next} 20:05`, to: `${next.add({ days: 1 })} 07:30` },
    noticesDue: at(day.subtract({ days: 13 }), '09:00'),
    tenInTheMorning: at(day, '10:00'),
    fiveAndEightInTheEvening: at(day, '20:05'),
    nextMorning: at(next, '07:45'),
  };
}
