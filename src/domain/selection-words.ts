import { listInWords } from '../kernel/list-words.ts';
import { counted } from '../kernel/time-words.ts';
import { isBroad, type Selection } from './selection.ts';

/**
 * The selection said back: "all 131 services at City Hospital except 7012345". `count` is how many it takes;
 * `nameOf` gives a site's or organisation's name, or its code.
 */
export function selectionInWords(selection: Selection, count: number, nameOf: (code: string) => string): string {
  const broad = isBroad(selection)
    ? [
        `all ${counted(count, 'service')}`,
        part('of', selection.organisations, nameOf),
        part('at', selection.sites, nameOf),
        part('in specialty', selection.specialties),
        part('named like', selection.names),
        part('now on', selection.systems),
        part('that take', selection.priorities.map(priorityWords)),
      ]
    : [`${count === 1 ? 'service' : counted(count, 'service')}`];
  const ids = isBroad(selection) ? part('and', selection.ids) : part(count === 1 ? '' : ':', selection.ids);
  return [...broad, ids, part('except', selection.except, nameOf)]
    .filter((words) => words !== '')
    .join(' ')
    .replace(' :', ':');
}

function priorityWords(priority: string): string {
  return `${priority === 'suspected-cancer' ? 'urgent suspected cancer' : priority} referrals`;
}

const SHOWN = 8;

function part(lead: string, values: readonly string[], nameOf: (code: string) => string = (code) => code): string {
  if (values.length === 0) return '';
  const shown = values.slice(0, SHOWN).map(nameOf);
  const left = values.length - shown.length;
  return `${lead} ${listInWords(left > 0 ? [...shown, `${left} more`] : shown)}`.trim();
}
