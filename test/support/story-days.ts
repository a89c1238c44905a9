import { loadBankHolidays } from '../../src/calendars/holidays.ts';

const WORKING_DAYS = 6;

/** The days of a story by hand: the evening of the sixth working day from now, so that the lead is met and the votes still hold. */
export function storyDays(today: Temporal.PlainDate = Temporal.Now.plainDateISO('Europe/London')) {
  const { days } = loadBankHolidays();
  let date = today;
  for (let found = 0; found < WORKING_DAYS; ) {
    date = date.add({ days: 1 });
    if (date.dayOfWeek <= 5 && !days.has(date.toString())) found += 1;
  }
  const next = date.add({ days: 1 });
  return {
    date: date.toString(),
    /** The month end that the sample extract shows. */
    taken: today.with({ day: 1 }).subtract({ days: 1 }).toString(),
    outage: { from: `${date} 17:00`, to: `${next} 03:00`, oldPasUntil: `${next.add({ days: 2 })} 17:00` },
    window: { from: `${date} 20:05`, to: `${next} 07:30` },
  };
}
