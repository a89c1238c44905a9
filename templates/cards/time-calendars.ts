import type { Part } from '../../src/card/card.ts';
import type { OutageFacts } from '../../src/domain/time-answers.ts';
import { counted, inWords, spanInWords } from '../../src/kernel/time-words.ts';

/** The calendars of planned e-RS outages: what they say, how old the copy is, and what is wrong with it. */
export function calendarParts(facts: OutageFacts): readonly Part[] {
  const { zone, calendars, changed } = facts;
  const said: readonly Part[] =
    changed === 'calendar'
      ? [
          {
            kind: 'text',
            text: '✔ The calendar is kept, and counts as a look at the planned outages.',
            weight: 'strong',
          },
        ]
      : changed === 'forgotten'
        ? [
            {
              kind: 'text',
              text: '✔ The calendar is taken off. What it said closes no time any more.',
              weight: 'strong',
            },
          ]
        : [];
  if (calendars.length === 0) return said;
  return [
    ...said,
    {
      kind: 'table',
      columns: ['No.', 'Calendar', 'Planned outages ahead', 'Copy'],
      rows: calendars.map((calendar) => [
        String(calendar.id),
        `${calendar.name}${calendar.isAddress ? ', read every hour' : ', a file'} (${calendar.addedBy})`,
        calendar.ahead === 0
          ? 'none'
          : `${counted(calendar.ahead, 'outage')}: ${calendar.next.map((outage) => spanInWords(outage.from, outage.to, zone)).join('; ')}`,
        `${calendar.problem ? `✖ ${calendar.problem} The last good copy is of ` : ''}${inWords(calendar.copiedAt, zone)}`,
      ]),
    },
  ];
}
