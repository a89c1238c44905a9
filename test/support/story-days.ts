/** The days of a story by hand: a weekday evening 8 to 10 days ahead, so that the lead is met and the votes still hold. */
export function storyDays(today: Temporal.PlainDate = Temporal.Now.plainDateISO('Europe/London')) {
  let date = today.add({ days: 8 });
  while (date.dayOfWeek > 5) date = date.add({ days: 1 });
  const next = date.add({ days: 1 });
  return {
    date: date.toString(),
    /** The month end that the sample extract shows. */
    taken: today.with({ day: 1 }).subtract({ days: 1 }).toString(),
    outage: { from: `${date} 17:00`, to: `${next} 03:00`, oldPasUntil: `${next.add({ days: 2 })} 17:00` },
    window: { from: `${date} 20:05`, to: `${next} 07:30` },
  };
}
