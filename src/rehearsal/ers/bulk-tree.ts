import type { ErsService, Estate } from '../estate.ts';
import { type BulkForm, listed, organisationGroup, siteGroup } from './bulk-form.ts';

export interface TreeOrganisation extends TreeGroup {
  readonly sites: readonly TreeSite[];
}
export interface TreeSite extends TreeGroup {
  /** Unfolded: something in it is found by the search, or ticked. */
  readonly open: boolean;
  readonly lines: readonly TreeLine[];
}
export interface TreeGroup {
  /** The box's value. */
  readonly group: string;
  readonly code: string;
  readonly name: string;
  readonly count: number;
  /** How many of its services are ticked, and whether that is all of them. */
  readonly ticked: number;
  readonly whole: boolean;
  /** How many of its services the search shows. */
  readonly found: number;
}
export interface TreeLine {
  readonly service: ErsService;
  readonly systemName: string;
  readonly ticked: boolean;
  readonly hidden: boolean;
  /** What the search looks through, in lower case. */
  readonly words: string;
}

/** The tree of organisation, site and service that the screen shows, filtered and searched. */
export function bulkTree(estate: Estate, form: BulkForm): readonly TreeOrganisation[] {
  const lines = listed(estate, form.bookable).map((service) => lineOf(estate, form, service));
  const organisations = Map.groupBy(lines, (line) => line.service.organisation);
  return [...organisations].map(([code, ofOrganisation]) => ({
    ...groupOf(organisationGroup(code), code, estate.organisation(code)?.name ?? code, ofOrganisation),
    sites: [...Map.groupBy(ofOrganisation, (line) => line.service.site)].map(([site, ofSite]) => ({
      ...groupOf(siteGroup(code, site), site, estate.site(site)?.name ?? site, ofSite),
      open: form.search !== '' && ofSite.some((line) => !line.hidden),
      lines: ofSite,
    })),
  }));
}

function lineOf(estate: Estate, form: BulkForm, service: ErsService): TreeLine {
  const words = `${service.serviceId} ${service.name} ${service.specialty} ${service.asid}`.toLowerCase();
  return {
    service,
    systemName: estate.system(service.asid)?.name ?? 'not known to e-RS',
    ticked: form.ticked.has(service.serviceId),
    hidden: !form.search
      .toLowerCase()
      .split(/\s+/)
      .every((word) => words.includes(word)),
    words,
  };
}

function groupOf(group: string, code: string, name: string, lines: readonly TreeLine[]): TreeGroup {
  const ticked = lines.filter((line) => line.ticked).length;
  return {
    group,
    code,
    name,
    count: lines.length,
    ticked,
    whole: ticked === lines.length,
    found: lines.filter((line) => !line.hidden).length,
  };
}
