import type { ErsService, Estate } from '../estate.ts';
import { field } from '../web/forms.ts';

export type Bookable = 'yes' | 'no' | 'all';

/** The Bulk Service Updates screen as the person left it. */
export interface BulkForm {
  readonly bookable: Bookable;
  readonly search: string;
  /** Service ids. */
  readonly ticked: ReadonlySet<string>;
  readonly enabled: boolean;
  readonly asid: string;
  /** True after Modify Organisation: the organisation field is shown and used. */
  readonly modifyOrganisation: boolean;
  readonly organisation: string;
  readonly action: string;
}

export const EMPTY_FORM: BulkForm = {
  bookable: 'all',
  search: '',
  ticked: new Set(),
  enabled: false,
  asid: '',
  modifyOrganisation: false,
  organisation: '',
  action: '',
};

/**
 * Reads the posted screen. Without JavaScript the boxes of organisations and sites come along: one that was put on ticks
 * everything under it, one that was taken off unticks it, one that stayed leaves each service as its own box says.
 * (With JavaScript only the services' boxes are sent.)
 */
export function readBulkForm(form: URLSearchParams, estate: Estate): BulkForm {
  const bookable = bookableOf(field(form, 'bookable'));
  const ticked = new Set(form.getAll('service'));
  const was = new Set(form.getAll('group-was'));
  const is = new Set(form.getAll('group'));
  const shown = listed(estate, bookable);
  for (const group of new Set([...was, ...is])) {
    if (was.has(group) === is.has(group)) continue;
    for (const service of shown.filter((one) => groupsOf(one).includes(group)))
      if (is.has(group)) ticked.add(service.serviceId);
      else ticked.delete(service.serviceId);
  }
  return {
    bookable,
    search: field(form, 'search'),
    ticked: new Set(shown.filter((one) => ticked.has(one.serviceId)).map((one) => one.serviceId)),
    enabled: form.get('enable') === 'yes',
    asid: field(form, 'asid'),
    modifyOrganisation: form.get('modify-organisation') === 'yes',
    organisation: field(form, 'organisation'),
    action: field(form, 'action'),
  };
}

/** The services that the directly bookable filter lets through; a tick that it hides is gone. */
export function listed(estate: Estate, bookable: Bookable): readonly ErsService[] {
  if (bookable === 'all') return estate.services();
  return estate.services().filter((service) => service.directlyBookable === (bookable === 'yes'));
}

export function groupsOf(service: ErsService): readonly string[] {
  return [organisationGroup(service.organisation), siteGroup(service.organisation, service.site)];
}
export const organisationGroup = (organisation: string): string => `organisation:${organisation}`;
export const siteGroup = (organisation: string, site: string): string => `site:${organisation}:${site}`;

function bookableOf(word: string): Bookable {
  return word === 'yes' || word === 'no' ? word : 'all';
}
