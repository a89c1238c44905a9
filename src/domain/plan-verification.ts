import type { PlannedService } from './plan.ts';

/** At least so many verification services, where the plan has so many (rule 25). */
const AT_LEAST = 3;

/**
 * Proposes which services verify the new system: one a site, at least three, keeping those that were chosen. Published
 * ones whose slots show at once come first: the others look empty to a referrer even when all is well.
 */
export function proposeVerification(services: readonly PlannedService[], chosen: readonly string[] = []): string[] {
  const ids = new Set(services.map((service) => service.serviceId));
  const kept = new Set(chosen.filter((id) => ids.has(id)));
  const ranked = services.toSorted((a, b) => rank(a) - rank(b) || (a.serviceId < b.serviceId ? -1 : 1));
  const served = new Set(services.filter((service) => kept.has(service.serviceId)).map((service) => service.site));
  for (const service of ranked) {
    if (served.has(service.site)) continue;
    kept.add(service.serviceId);
    served.add(service.site);
  }
  for (const service of ranked) {
    if (kept.size >= AT_LEAST) break;
    kept.add(service.serviceId);
  }
  return [...kept].sort();
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
