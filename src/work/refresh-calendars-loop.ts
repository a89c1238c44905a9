import { type CalendarWork, refreshCalendars } from './refresh-calendars.ts';

export interface CalendarLoop {
  /** The clock was moved. */
  wake(): void;
  /** Ends when what is being read is settled. */
  stop(): Promise<void>;
}

const EVERY_MS = 30_000;

/** Looks every half minute whether a calendar is due, or at once when woken. */
export function startCalendarLoop(work: CalendarWork): CalendarLoop {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let going: Promise<void> | null = null;

  function wake(): void {
    if (stopped || going !== null) return;
    clearTimeout(timer);
    going = refreshCalendars(work)
      .then(
        () => undefined,
        (err: unknown) => work.log.error({ err }, 'the calendar loop could not reach the database'),
      )
      .finally(() => {
        going = null;
        if (!stopped) timer = setTimeout(wake, EVERY_MS);
      });
  }

  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await going;
    },
  };
}
