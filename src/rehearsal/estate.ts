/** What the e-RS rehearsal server knows: organisations, sites, provider systems and services, all in memory. */
export interface Estate {
  seed(seed: EstateSeed): void;
  organisation(code: string): Organisation | undefined;
  organisations(): readonly Organisation[];
  site(code: string): Site | undefined;
  system(asid: string): ProviderSystem | undefined;
  systems(): readonly ProviderSystem[];
  service(serviceId: string): ErsService | undefined;
  services(): readonly ErsService[];
  /** Replaces a service by its changed self. */
  save(service: ErsService): void;
}

export interface Organisation {
  readonly code: string;
  readonly name: string;
}
export interface Site {
  readonly code: string;
  readonly name: string;
}
/** A provider system that a service can be linked to: unique to one system in one organisation. */
export interface ProviderSystem {
  /** 12 digits, text. */
  readonly asid: string;
  readonly organisation: string;
  readonly name: string;
}

export interface SeedService {
  readonly serviceId: string;
  readonly name: string;
  readonly organisation: string;
  readonly site: string;
  readonly asid: string;
  readonly specialty: string;
  readonly directlyBookable: boolean;
  readonly published: boolean;
  readonly contactPhone: string | null;
  readonly hoursOfOperation: string | null;
  readonly twoWeekWait: boolean;
  readonly businessCritical: boolean;
}

export interface EstateSeed {
  readonly organisations: readonly Organisation[];
  readonly sites: readonly Site[];
  readonly systems: readonly ProviderSystem[];
  readonly services: readonly SeedService[];
}

export interface ErsService extends SeedService {
  /** When its provider system was last changed, and when it was last polled by hand; null: not in this rehearsal. */
  readonly changedAt: Temporal.Instant | null;
  readonly polledAt: Temporal.Instant | null;
  /** The automation's idempotency key of the last change; null after a change on a screen. */
  readonly lastKey: string | null;
}

export function createEstate(seed: EstateSeed): Estate {
  let organisations = new Map<string, Organisation>();
  let sites = new Map<string, Site>();
  let systems = new Map<string, ProviderSystem>();
  let services = new Map<string, ErsService>();
  const estate: Estate = {
    seed: (fresh) => {
      organisations = new Map(fresh.organisations.map((one) => [one.code, one]));
      sites = new Map(fresh.sites.map((one) => [one.code, one]));
      systems = new Map(fresh.systems.map((one) => [one.asid, one]));
      services = new Map(
        fresh.services.map((one) => [one.serviceId, { ...one, changedAt: null, polledAt: null, lastKey: null }]),
      );
    },
    organisation: (code) => organisations.get(code),
    organisations: () => [...organisations.values()],
    site: (code) => sites.get(code),
    system: (asid) => systems.get(asid),
    systems: () => [...systems.values()],
    service: (serviceId) => services.get(serviceId),
    services: () => [...services.values()],
    save: (service) => {
      services.set(service.serviceId, service);
    },
  };
  estate.seed(seed);
  return estate;
}

/** What patients must be able to read about a service; a gap makes the bulk tool fail (guidance). */
export function contactGaps(service: SeedService): readonly string[] {
  return [
    ...(service.contactPhone ? [] : ['telephone number']),
    ...(service.hoursOfOperation ? [] : ['hours of operation']),
  ];
}
