import type { PlannedService } from './plan.ts';
import type { Service } from './service.ts';

/** At least so many verification services, and so many specialties, where the plan has so many (rule 25). */
const AT_LEAST = 3;

/** What the extract says of a service's priorities; blank where it does not say. */
export type Priorities = Pick<Service, 'serviceId' | 'routine' | 'urgent' | 'twoWeekWait'>;

/**
 * Proposes which services verify the new system: one a site, one of each priority, three specialties, at least three, and
 * keeps those that were chosen. Published ones whose slots show at once come first: the others look empty to a referrer even
 * when all is well. `extract` gives routine and urgent; without it only urgent suspected cancer is known.
 */
export function proposeVerification(
  services: readonly PlannedService[],
  chosen: readonly string[] = [],
  extract: readonly Priorities[] = [],
): string[] {
  const known = new Map(extract.map((one) => [one.serviceId, one]));
  const candidates = services.map((service) => ({
    id: service.serviceId,
    site: service.site,
    specialty: service.specialty,
    priorities: prioritiesOf(service, known.get(service.serviceId)),
    rank: rank(service),
  }));
  const kept = candidates.filter(({ id }) => chosen.includes(id));
  const specialtiesNeeded = Math.min(AT_LEAST, specialtiesOf(candidates).size);
  for (;;) {
    const sites = new Set(kept.map(({ site }) => site));
    const specialties = specialtiesOf(kept);
    const priorities = new Set(kept.flatMap((one) => one.priorities));
    const gain = (one: Candidate): number =>
      (sites.has(one.site) ? 0 : 100) +
      one.priorities.filter((priority) => !priorities.has(priority)).length * 10 +
      (one.specialty !== null && !specialties.has(one.specialty) && specialties.size < specialtiesNeeded ? 5 : 0);
    const best = candidates
      .filter((one) => !kept.includes(one))
      .map((one) => ({ one, gain: gain(one) }))
      .sort((a, b) => b.gain - a.gain || a.one.rank - b.one.rank || (a.one.id < b.one.id ? -1 : 1))[0];
    if (!best || (best.gain === 0 && kept.length >= AT_LEAST)) break;
    kept.push(best.one);
  }
  return kept.map(({ id }) => id).sort();
}

interface Candidate {
  readonly id: string;
  readonly site: string;
  readonly specialty: string | null;
  readonly priorities: readonly string[];
  readonly rank: number;
}

function specialtiesOf(candidates: readonly Candidate[]): ReadonlySet<string> {
  return new Set(candidates.flatMap(({ specialty }) => (specialty === null ? [] : [specialty])));
}

function prioritiesOf(service: PlannedService, said: Priorities | undefined): readonly string[] {
  return [
    ...(said?.routine ? ['routine'] : []),
    ...(said?.urgent ? ['urgent'] : []),
    ...(service.twoWeekWait || said?.twoWeekWait ? ['suspected-cancer'] : []),
  ];
}

/** What is wrong with the verification services, in words, or null. */
export function verificationFault(services: readonly PlannedService[], chosen: readonly string[]): string | null {
  const sites = new Map(services.map((service) => [service.serviceId, service.site]));
  const strangers = chosen.filter((id) => !sites.has(id));
  if (strangers.length > 0) return `${strangers.join(', ')} cannot verify the plan, because the plan does not hold it`;
  const without = [...new Set(sites.values())].filter((site) => !chosen.some((id) => sites.get(id) === site)).sort();
  if (without.length > 0) return `no verification service at ${without.join(', ')}`;
  const needed = Math.min(AT_LEAST, services.length);
  return chosen.length < needed ? `${chosen.length} of at least ${needed} verification services` : null;
}

function rank(service: PlannedService): number {
  return (service.published ? 0 : 2) + (service.slotReservationPeriod > 0 ? 1 : 0);
}
