import type { ErsService } from '../estate.ts';
import { lockedReason, type RelinkRooms, refusalOf, relink } from '../relink.ts';
import type { BulkForm } from './bulk-form.ts';

/** What pressing Update did. */
export interface UpdateResult {
  readonly at: Temporal.Instant;
  readonly asid: string;
  /** Null where the services stayed in their organisation. */
  readonly organisation: string | null;
  readonly updated: readonly ErsService[];
  readonly refused: readonly Unchanged[];
}
export interface Unchanged {
  readonly service: ErsService;
  readonly reason: string;
}
/** Why the screen changed nothing at all. */
export interface UpdateProblem {
  readonly text: string;
  /** Where to put it right: a service's page, or a field of the screen. */
  readonly href: string;
}

/**
 * Update: everything that is ticked, at once and effective immediately. One service that cannot be updated (not directly
 * bookable, contact details missing) makes the whole update fail and changes nothing, as the guidance warns; services
 * locked by another user are left out and named.
 */
export function pressUpdate(
  rooms: RelinkRooms,
  form: BulkForm,
  at: Temporal.Instant,
): UpdateResult | readonly UpdateProblem[] {
  const services = [...form.ticked].flatMap((id) => rooms.estate.service(id) ?? []);
  const missing = missingInput(form, services.length);
  if (missing.length > 0) return missing;
  const target = (service: ErsService) => ({
    organisation: form.modifyOrganisation ? form.organisation : service.organisation,
    asid: form.asid,
  });
  const problems = services.flatMap((service) => {
    const reason = refusalOf(rooms.estate, service, target(service));
    return reason === null ? [] : [problemOf(service, reason)];
  });
  if (problems.length > 0) return problems;
  const updated: ErsService[] = [];
  const refused: Unchanged[] = [];
  for (const service of services) {
    const reason = lockedReason(rooms.knobs, service.serviceId);
    if (reason !== null) refused.push({ service, reason });
    else {
      relink(rooms, service, target(service), at, 'screen');
      updated.push(service);
    }
  }
  return { at, asid: form.asid, organisation: form.modifyOrganisation ? form.organisation : null, updated, refused };
}

function missingInput(form: BulkForm, count: number): readonly UpdateProblem[] {
  return [
    ...(count === 0 ? [{ text: 'Tick at least one service to update', href: '#services' }] : []),
    ...(form.enabled ? [] : [{ text: 'Tick Enable before you change anything', href: '#enable' }]),
    ...(form.asid === '' ? [{ text: 'Choose a provider system', href: '#asid' }] : []),
    ...(form.modifyOrganisation && form.organisation === ''
      ? [{ text: 'Choose an organisation, or leave Modify Organisation out', href: '#organisation' }]
      : []),
  ];
}

function problemOf(service: ErsService, reason: string): UpdateProblem {
  return {
    text: `${service.serviceId} ${service.name}: ${reason}`,
    href: `/ers/services/${encodeURIComponent(service.serviceId)}`,
  };
}
