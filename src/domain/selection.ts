import { Refusal } from '../kernel/errors.ts';
import { providerSystemOf } from './extract.ts';
import type { Service } from './service.ts';

/**
 * Which services of a snapshot a plan takes (rule 4). Values of one list widen it, lists narrow each other; `ids` are
 * added to what the other lists choose, `except` (service ids or site codes) is taken off at the end.
 */
export interface Selection {
  readonly organisations: readonly string[];
  readonly sites: readonly string[];
  readonly specialties: readonly string[];
  /** Parts of names; `*` stands for anything, then the whole name must match. Case does not matter. */
  readonly names: readonly string[];
  /** Current provider systems (ASIDs). */
  readonly systems: readonly string[];
  /** Urgencies that a service takes: of `PRIORITIES`. */
  readonly priorities: readonly string[];
  readonly ids: readonly string[];
  readonly except: readonly string[];
}

export const EMPTY_SELECTION: Selection = {
  organisations: [],
  sites: [],
  specialties: [],
  names: [],
  systems: [],
  priorities: [],
  ids: [],
  except: [],
};

export type SelectionPart = keyof Selection;

/** The urgencies of an extract, as people call them; e-RS codes the third TWO_WEEK_WAIT. */
export const PRIORITIES = ['routine', 'urgent', 'suspected-cancer'] as const;
type Priority = (typeof PRIORITIES)[number];
const TAKES = {
  routine: (service) => service.routine === true,
  urgent: (service) => service.urgent === true,
  'suspected-cancer': (service) => service.twoWeekWait === true,
} as const satisfies Record<Priority, (service: Service) => boolean>;

/** The services that the selection names, in the order of the snapshot, whatever speaks against them. */
export function select(services: readonly Service[], selection: Selection): Service[] {
  const chosen = chooser(selection);
  const ids = new Set(selection.ids);
  const except = new Set(selection.except);
  return services.filter(
    (service) =>
      (ids.has(service.serviceId) || chosen(service)) &&
      !except.has(service.serviceId) &&
      !except.has(service.locationOrg),
  );
}

/** Does the selection name anything but single ids? */
export function isBroad(selection: Selection): boolean {
  return BROAD.some((part) => selection[part].length > 0);
}

export function isEmptySelection(selection: Selection): boolean {
  return !isBroad(selection) && selection.ids.length === 0;
}

/**
 * Takes lists as people type them ("RXX01, RXX02"). Codes become upper case; doubles go. Refuses, naming the field, a
 * value that cannot be what the field holds.
 */
export function parseSelection(typed: Partial<Readonly<Record<SelectionPart, string>>>): Selection {
  const selection = {
    organisations: codes('organisations', typed.organisations),
    sites: codes('sites', typed.sites),
    specialties: values(typed.specialties),
    names: values(typed.names, ','),
    systems: matching('systems', typed.systems, /^\d{12}$/, 'A provider system (ASID) is 12 digits.'),
    priorities: values(typed.priorities, ',;').map(priority),
    ids: matching('ids', typed.ids, /^\d{1,20}$/, 'A service id is made of digits.'),
    except: matching('except', typed.except, /^[A-Z0-9]{1,20}$/i, 'Leave out service ids or site codes.'),
  };
  return { ...selection, except: selection.except.map((value) => value.toUpperCase()) };
}

/**
 * Every value must name something in the snapshot: a mistyped code, and above all a mistyped exception, must not pass in
 * silence. Refuses with the field and the values that name nothing.
 */
export function refuseUnknownValues(services: readonly Service[], selection: Selection, snapshot: number): void {
  const known = knownValues(services);
  for (const part of PARTS) {
    const unknown = selection[part].filter((value) => !known[part](value));
    if (unknown.length === 0) continue;
    const sentence = `${PART_WORDS[part]} ${unknown.slice(0, 10).join(', ')}${more(unknown)} ${
      unknown.length === 1 ? 'names' : 'name'
    } nothing in import ${snapshot}. Check the spelling, or import a newer extract.`;
    throw new Refusal('selection-names-nothing', sentence, {
      fields: { [FIELD_OF_PART[part]]: sentence },
      facts: { part, unknown: unknown.slice(0, 100) },
      remedy: [{ label: 'See the services', verb: 'services', input: {} }],
    });
  }
}

/** The input field of a verb that holds this part. */
export const FIELD_OF_PART = {
  organisations: 'organisation',
  sites: 'site',
  specialties: 'specialty',
  names: 'name',
  systems: 'from',
  priorities: 'priority',
  ids: 'ids',
  except: 'except',
} as const satisfies Record<SelectionPart, string>;

const PART_WORDS = {
  organisations: 'Organisation',
  sites: 'Site',
  specialties: 'Specialty',
  names: 'Name',
  systems: 'Provider system',
  priorities: 'Priority',
  ids: 'Service',
  except: 'Exception',
} as const satisfies Record<SelectionPart, string>;

const PARTS = Object.keys(FIELD_OF_PART) as SelectionPart[];
const BROAD = ['organisations', 'sites', 'specialties', 'names', 'systems', 'priorities'] as const;

function chooser(selection: Selection): (service: Service) => boolean {
  if (!isBroad(selection)) return () => false;
  const organisations = new Set(selection.organisations);
  const sites = new Set(selection.sites);
  const specialties = new Set(selection.specialties.map((value) => value.toLowerCase()));
  const systems = new Set(selection.systems);
  const priorities = selection.priorities.map((one) => TAKES[priority(one)]);
  const names = selection.names.map(namePattern);
  return (service) =>
    (organisations.size === 0 || organisations.has(service.providerOrg)) &&
    (sites.size === 0 || sites.has(service.locationOrg)) &&
    (specialties.size === 0 || specialties.has(service.specialty?.toLowerCase() ?? '')) &&
    (systems.size === 0 || systems.has(providerSystemOf(service) ?? '')) &&
    (priorities.length === 0 || priorities.some((takes) => takes(service))) &&
    (names.length === 0 || names.some((pattern) => pattern.test(service.name)));
}

function namePattern(typed: string): RegExp {
  const body = typed
    .split('*')
    .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(typed.includes('*') ? `^${body}$` : body, 'i');
}

function knownValues(services: readonly Service[]): Record<SelectionPart, (value: string) => boolean> {
  const organisations = new Set(services.map((service) => service.providerOrg));
  const sites = new Set(services.map((service) => service.locationOrg));
  const specialties = new Set(services.map((service) => service.specialty?.toLowerCase() ?? ''));
  const systems = new Set(services.map((service) => providerSystemOf(service) ?? ''));
  const ids = new Set(services.map((service) => service.serviceId));
  return {
    organisations: (value) => organisations.has(value),
    sites: (value) => sites.has(value),
    specialties: (value) => specialties.has(value.toLowerCase()),
    names: (value) => services.some((service) => namePattern(value).test(service.name)),
    systems: (value) => systems.has(value),
    priorities: (value) => services.some(TAKES[priority(value)]),
    ids: (value) => ids.has(value),
    except: (value) => ids.has(value) || sites.has(value),
  };
}

function values(typed: string | undefined, separators = ',;\\s'): string[] {
  const pieces = (typed ?? '').split(new RegExp(`[${separators}\n]+`)).map((piece) => piece.trim());
  return [...new Set(pieces.filter((piece) => piece !== ''))];
}

/** The priority that somebody means, also by its older names. Refuses another word. */
function priority(typed: string): Priority {
  const word = typed.toLowerCase().replaceAll(/[\s_-]+/g, '-');
  const known = PRIORITIES.find((one) => one === word) ?? OTHER_NAMES[word];
  if (known) return known;
  const sentence = `Priority "${typed}" cannot be read. Say routine, urgent or suspected-cancer.`;
  throw new Refusal('selection-unreadable', sentence, { fields: { priority: sentence } });
}

const OTHER_NAMES: Readonly<Record<string, Priority>> = {
  '2ww': 'suspected-cancer',
  'two-week-wait': 'suspected-cancer',
  'urgent-suspected-cancer': 'suspected-cancer',
  cancer: 'suspected-cancer',
};

function codes(part: SelectionPart, typed: string | undefined): string[] {
  return matching(part, typed?.toUpperCase(), /^[A-Z0-9]{1,9}$/, 'An ODS code is 1 to 9 letters and digits.');
}

function matching(part: SelectionPart, typed: string | undefined, shape: RegExp, rule: string): string[] {
  const found = values(typed);
  const wrong = found.filter((value) => !shape.test(value));
  if (wrong.length === 0) return found;
  const sentence = `${PART_WORDS[part]} "${wrong[0]}" cannot be read. ${rule}`;
  throw new Refusal('selection-unreadable', sentence, { fields: { [FIELD_OF_PART[part]]: sentence } });
}

function more(list: readonly string[]): string {
  return list.length > 10 ? ` and ${list.length - 10} more` : '';
}
