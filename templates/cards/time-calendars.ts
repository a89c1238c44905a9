import type { Part } from '../../src/card/card.ts';
import type { OutageFacts } from '../../src/domain/time-answers.ts';
import { counted, inWords, spanInWords } from '../../src/kernel/time-words.ts';

/** The calendars of planned e-RS outages: what they say, how old the copy is, and what is wrong with it. */
export function calendarParts(facts: OutageFacts): readonly Part[] {
  const { zone, calendars } = facts;
  if (calendars.length === 0) return [];
  return [
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
