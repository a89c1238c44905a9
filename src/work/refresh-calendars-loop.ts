import { type CalendarWork, refreshCalendars } from './refresh-calendars.ts';
import { startWokenLoop, type WokenLoop } from './woken-loop.ts';

const EVERY_MS = 30_000;

/** Looks every half minute whether a calendar is due, or at once when woken. */
export function startCalendarLoop(work: CalendarWork): WokenLoop {
  return startWokenLoop(
    EVERY_MS,
    async () => {
      await refreshCalendars(work);
    },
    (err) => work.log.error({ err }, 'the calendar loop could not reach the database'),
  );
}
