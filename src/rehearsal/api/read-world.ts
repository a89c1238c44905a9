import type { Estate, EstateSeed, SeedService } from '../estate.ts';
import { CALM, type Knobs, type Room } from '../knobs.ts';

/** Reads a change of the knobs: rooms and settings that exist, of the kind that each has. Else a sentence what is wrong. */
export function readKnobs(body: unknown): { readonly [R in Room]?: Partial<Knobs[R]> } | string {
  if (!isObject(body)) return 'Send an object: {"automation": {"lostAnswers": 0.1}}.';
  for (const [room, settings] of Object.entries(body)) {
    if (!Object.hasOwn(CALM, room) || !isObject(settings))
      return `There is no room "${room}". Rooms: ${Object.keys(CALM).join(', ')}.`;
    const known = CALM[room as Room] as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(settings)) {
      if (!Object.hasOwn(known, name))
        return `There is no knob "${room}.${name}". Knobs: ${Object.keys(known).join(', ')}.`;
      if (typeof value !== typeof known[name] || Array.isArray(value) !== Array.isArray(known[name]))
        return `The knob "${room}.${name}" takes another kind of value.`;
    }
  }
  return body;
}

/** Reads fresh services; organisations, sites and systems that are left out stay, or are named after their codes. */
export function readSeed(body: unknown, estate: Estate): EstateSeed | string {
  const given = (body ?? {}) as Partial<EstateSeed>;
  if (!Array.isArray(given.services)) return 'Send {"services": [...]} with organisations, sites and systems.';
  const services: SeedService[] = [];
  for (const [index, row] of given.services.entries()) {
    const service = completed(row);
    if (!service) return `Service ${index + 1} needs serviceId, name, organisation, site and asid.`;
    services.push(service);
  }
  return {
    organisations: given.organisations ?? estate.organisations(),
    sites: given.sites ?? sitesOf(services, estate),
    systems: given.systems ?? estate.systems(),
    services,
  };
}

function completed(row: unknown): SeedService | null {
  const given = (row ?? {}) as Partial<SeedService>;
  const { serviceId, name, organisation, site, asid } = given;
  if (!serviceId || !name || !organisation || !site || !asid) return null;
  return {
    serviceId,
    name,
    organisation,
    site,
    asid,
    specialty: given.specialty ?? '',
    directlyBookable: given.directlyBookable ?? true,
    published: given.published ?? true,
    contactPhone: given.contactPhone ?? null,
    hoursOfOperation: given.hoursOfOperation ?? null,
    twoWeekWait: given.twoWeekWait ?? false,
    businessCritical: given.businessCritical ?? false,
  };
}

function sitesOf(services: readonly SeedService[], estate: Estate): EstateSeed['sites'] {
  const codes = [...new Set(services.map((one) => one.site))];
  return codes.map((code) => estate.site(code) ?? { code, name: code });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
