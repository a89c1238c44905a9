import type { Contacts, Migration } from './migration.ts';
import type { RoleHolder } from './person.ts';
import type { Plan, PlannedService, PlanWindow } from './plan.ts';
import { ROLE_WORDS } from './role.ts';
import { groupNumbers } from './run-groups.ts';
import type { Link } from './service.ts';
import { type TickSheet, wholePlaces } from './tick-sheet.ts';

/** One line of who is on, for the night. */
export interface OnTonight {
  readonly role: string;
  readonly name: string;
  readonly telephone: string | null;
}

/** Everything that a team needs when chat is down, for one offline file (rule 30). Instants are ISO texts. */
export interface NightPackFacts {
  readonly planNumber: number;
  readonly code: string | null;
  readonly state: Plan['state'];
  readonly migration: string;
  readonly provider: string;
  readonly zone: string;
  /** When this file was made: what changed since is not in it. */
  readonly madeAt: string;
  /** With the last start after which it would not fit any more (rule 13). */
  readonly windows: readonly (PlanWindow & { readonly lastStart: string })[];
  readonly outage: { readonly from: string; readonly to: string } | null;
  readonly oldPasUntil: string | null;
  readonly people: readonly OnTonight[];
  readonly contacts: readonly { readonly label: string; readonly value: string }[];
  readonly services: number;
  readonly groups: readonly NightGroup[];
  /** Every service, for changing by hand and for the way back. */
  readonly all: readonly NightService[];
  /** Manual slot polls after Update: verification services first, then the business-critical. */
  readonly polls: readonly { readonly serviceId: string; readonly name: string; readonly site: string; why: string }[];
  readonly verification: readonly string[];
}

/** One press of Update. */
export interface NightGroup {
  readonly number: number;
  readonly to: Link;
  readonly changesOrganisation: boolean;
  readonly sites: readonly {
    readonly site: string;
    readonly name: string;
    /** One tick for the whole site. */
    readonly whole: boolean;
    readonly services: readonly { readonly serviceId: string; readonly name: string }[];
  }[];
}

export interface NightService {
  readonly serviceId: string;
  readonly name: string;
  readonly site: string;
  readonly from: Link;
  readonly to: Link;
}

export interface NightGiven {
  readonly plan: Plan;
  readonly migration: Migration;
  readonly services: readonly PlannedService[];
  readonly sheet: TickSheet;
  readonly windows: readonly PlanWindow[];
  /** Seconds that a run needs with its reserves. */
  readonly neededSeconds: number;
  readonly holders: readonly RoleHolder[];
  readonly siteName: (code: string) => string;
  readonly now: Temporal.Instant;
}

/** The night pack's contents, compiled from what was approved. */
export function nightPack(given: NightGiven): NightPackFacts {
  const { plan, migration, services, siteName } = given;
  const known = new Set(plan.verification);
  return {
    planNumber: plan.number,
    code: plan.code,
    state: plan.state,
    migration: migration.name,
    provider: `${migration.providerName} (${migration.providerOrg})`,
    zone: migration.zone,
    madeAt: given.now.toString(),
    windows: given.windows.map(({ from, to }) => ({
      from,
      to,
      lastStart: Temporal.Instant.from(to).subtract({ seconds: given.neededSeconds }).toString(),
    })),
    outage: migration.outage,
    oldPasUntil: migration.oldPasUntil,
    people: onTonight(given.holders, plan),
    contacts: contactLines(migration.contacts),
    services: services.length,
    groups: groupsOf(given),
    all: services.map(({ serviceId, name, site, from, to }) => ({ serviceId, name, site: siteName(site), from, to })),
    polls: services
      .filter((one) => known.has(one.serviceId) || one.businessCritical)
      .map(({ serviceId, name, site }) => ({
        serviceId,
        name,
        site: siteName(site),
        why: known.has(serviceId) ? 'verification' : 'business-critical',
      }))
      .sort((one, other) => Number(other.why === 'verification') - Number(one.why === 'verification')),
    verification: plan.verification,
  };
}

function groupsOf({ services, sheet, siteName }: NightGiven): NightGroup[] {
  const whole = wholePlaces(sheet);
  const numbers = groupNumbers(services, whole);
  return [...Map.groupBy(services, (one) => numbers.get(one.serviceId) ?? 0)]
    .sort(([one], [other]) => one - other)
    .map(([number, here]) => ({
      number,
      to: here[0]?.to ?? { organisation: '', asid: '' },
      changesOrganisation: here.some((one) => one.from.organisation !== one.to.organisation),
      sites: [...Map.groupBy(here, (one) => one.site)].map(([site, list]) => ({
        site,
        name: siteName(site),
        whole: whole.has(`${list[0]?.from.organisation}/${site}`),
        services: list.map(({ serviceId, name }) => ({ serviceId, name })),
      })),
    }));
}

/** What is said when it is posted, at the approval and again at the go. */
export function nightPackWords(planNumber: number): string {
  return `Night pack of plan ${planNumber}: save it on your computer or print it now. It is for when chat is down.`;
}

/** Those whom the night needs, the plan's own service definer and deputy named as such. */
export function onTonight(holders: readonly RoleHolder[], plan: Plan | null): OnTonight[] {
  return holders
    .filter(({ role }) => role !== 'observer' && role !== 'administrator')
    .map(({ person, role }) => ({
      role: role === 'service-definer' ? definerWords(person.id, plan) : ROLE_WORDS[role],
      name: person.name,
      telephone: person.telephone,
    }));
}

function definerWords(personId: number, plan: Plan | null): string {
  if (plan?.runnerId === personId) return 'service definer tonight';
  return plan?.deputyId === personId ? 'deputy service definer' : ROLE_WORDS['service-definer'];
}

/** The contacts that are known, labelled. */
export function contactLines(contacts: Contacts): { readonly label: string; readonly value: string }[] {
  return [
    { label: 'e-RS support', value: contacts.ersSupport },
    { label: 'Outage notifications', value: contacts.outageSignUp },
    { label: 'PAS supplier tonight', value: contacts.pasSupplier },
    { label: 'Test environment', value: contacts.testEnvironment },
  ].filter(({ value }) => value !== '');
}
