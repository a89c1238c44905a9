import type { Insertable, Selectable } from 'kysely';
import type { PlanServiceTable, PlanTable, VoteTable } from '../../db/schema/plan.ts';
import type { Vote } from '../domain/approval.ts';
import type { Plan, PlannedService } from '../domain/plan.ts';
import { EMPTY_SELECTION } from '../domain/selection.ts';

export function toPlan(row: Selectable<PlanTable>): Plan {
  return {
    id: row.id,
    migrationId: row.migration_id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    stateSince: row.state_since,
    snapshotId: row.snapshot_id,
    // What was saved before a part existed has none of it.
    selection: { ...EMPTY_SELECTION, ...row.selection },
    target: { asid: row.target_asid, organisation: row.target_org },
    authorId: row.author_id,
    lastEditorId: row.last_editor_id,
    runnerId: row.runner_id,
    deputyId: row.deputy_id,
    verification: row.verification,
    warnings: row.warnings,
    hash: row.hash,
    code: row.code,
    lastAct: row.last_act,
    lastActAt: row.last_act_at,
  };
}

export function toPlannedService(row: Selectable<PlanServiceTable>): PlannedService {
  return {
    serviceId: row.service_id,
    name: row.name,
    site: row.site,
    specialty: row.specialty,
    from: { organisation: row.from_org, asid: row.from_asid },
    to: { organisation: row.to_org, asid: row.to_asid },
    published: row.published,
    twoWeekWait: row.two_week_wait,
    businessCritical: row.business_critical,
    onSecondaryCareMenu: row.on_secondary_care_menu,
    slotReservationPeriod: row.slot_reservation_period,
  };
}

export function fromPlannedService(planId: number, service: PlannedService): Insertable<PlanServiceTable> {
  return {
    plan_id: planId,
    service_id: service.serviceId,
    name: service.name,
    site: service.site,
    specialty: service.specialty,
    from_org: service.from.organisation,
    from_asid: service.from.asid,
    to_org: service.to.organisation,
    to_asid: service.to.asid,
    published: service.published,
    two_week_wait: service.twoWeekWait,
    business_critical: service.businessCritical,
    on_secondary_care_menu: service.onSecondaryCareMenu,
    slot_reservation_period: service.slotReservationPeriod,
  };
}

export function toVote(row: Selectable<VoteTable>): Vote {
  return {
    id: row.id,
    personId: row.person_id,
    hash: row.counts_for,
    roles: row.roles,
    lent: row.lent ?? {},
    at: row.at,
  };
}
