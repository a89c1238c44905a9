import { Refusal } from '../kernel/errors.ts';

/** Where in the file: the line on which the event begins, and its title. */
export interface Place {
  readonly line: number;
  readonly title: string;
}

/** A calendar is read whole or not at all: an event that is not understood could be the outage that matters (rule 11). */
export function badCalendar(what: string, where: Place | null, then: string): Refusal {
  const at = where === null ? '' : ` (line ${where.line}${where.title === '' ? '' : `, "${where.title}"`})`;
  return new Refusal('bad-calendar', `The calendar cannot be used: ${what}${at}. ${then} Nothing was changed.`, {
    facts: where === null ? {} : { line: where.line },
  });
}

export const EXPORT_AGAIN = 'Export it again from where it is kept, or note the outages by hand.';
export const BY_HAND = 'Take that event out of the file and note its outages by hand.';
