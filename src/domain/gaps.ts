import type { Service } from './service.ts';

/** A patient-facing detail without which the bulk tool fails on a service (rule 5). Further ones are added here, as data. */
export interface ContactField {
  readonly column: string;
  readonly field: 'contactPhone' | 'hoursOfOperation';
  readonly label: string;
}

export const CONTACT_FIELDS: readonly ContactField[] = [
  { column: 'PATIENT_CONTACT_PHONE', field: 'contactPhone', label: 'telephone number for patients' },
  { column: 'HOURS_OF_OPERATION', field: 'hoursOfOperation', label: 'hours of operation' },
];

/** A named person's word that a column which the file lacks is complete in e-RS for one site. */
export interface Attestation {
  readonly site: string;
  readonly column: string;
  readonly personId: number;
  readonly personName: string;
  /** ISO instant. */
  readonly at: string;
}

export interface Gaps {
  readonly sites: readonly SiteGaps[];
  /** Services with at least one missing detail. */
  readonly missing: number;
  /** Services that stand under a column which nobody has supplied or attested. */
  readonly unknown: number;
  /** True while anything is missing or unknown: the plan cannot be submitted. */
  readonly blocks: boolean;
}

export interface SiteGaps {
  readonly site: string;
  readonly services: number;
  readonly missing: readonly { readonly column: string; readonly serviceIds: readonly string[] }[];
  /** Columns that the file lacks and nobody has attested for this site. */
  readonly unknown: readonly string[];
  readonly attested: readonly Attestation[];
}

/**
 * What the bulk tool would fail on, by site: blank contact details, and columns that the file never had, which are unknown
 * and block too until supplied or attested (rule 5). Only directly bookable services count: no other can be in a plan.
 */
export function gapsOf(
  services: readonly Service[],
  columns: readonly string[],
  attestations: readonly Attestation[],
  fields: readonly ContactField[] = CONTACT_FIELDS,
): Gaps {
  const present = fields.filter((field) => columns.includes(field.column));
  const absent = fields.filter((field) => !columns.includes(field.column));
  const bookable = services.filter((service) => service.directlyBookable);
  const sites = [...bySite(bookable)].map(([site, here]): SiteGaps => {
    const attested = absent.flatMap((field) =>
      attestations.filter((a) => a.site === site && a.column === field.column),
    );
    return {
      site,
      services: here.length,
      missing: present.flatMap((field) => missingOf(field, here)),
      unknown: absent.map((field) => field.column).filter((column) => !attested.some((a) => a.column === column)),
      attested,
    };
  });
  const missing = new Set(sites.flatMap((site) => site.missing.flatMap((gap) => gap.serviceIds))).size;
  const unknown = sites.filter((site) => site.unknown.length > 0).reduce((sum, site) => sum + site.services, 0);
  return { sites, missing, unknown, blocks: missing + unknown > 0 };
}

function missingOf(field: ContactField, services: readonly Service[]): SiteGaps['missing'] {
  const serviceIds = services.filter((service) => isBlank(service[field.field])).map((service) => service.serviceId);
  return serviceIds.length === 0 ? [] : [{ column: field.column, serviceIds }];
}

function isBlank(value: string | null): boolean {
  return value === null || value.trim() === '';
}

function bySite(services: readonly Service[]): ReadonlyMap<string, readonly Service[]> {
  const groups = Map.groupBy(services, (service) => service.locationOrg);
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}
