import { type Selectable, sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { PlanServiceTable } from '../../db/schema/plan.ts';
import type { PlannedService } from '../domain/plan.ts';
import type { Holder } from '../domain/plan-diff.ts';
import { next, Refusal } from '../kernel/errors.ts';
import { counted } from '../kernel/time-words.ts';
import { fromPlannedService, toPlannedService } from './plans-rows.ts';

/**
 * Writes what a plan holds. The unique index on live services lets one of two plans have a service, even when both are
 * saved at the same moment: the second waits for the first, then is told who has it (rule 4).
 */
export async function replaceServices(
  db: Database,
  planId: number,
  services: readonly PlannedService[],
): Promise<void> {
  await db.deleteFrom('plan_service').where('plan_id', '=', planId).execute();
  const rows = services.map((service) => fromPlannedService(planId, service));
  const written = await sql<{ service_id: string }>`
    insert into plan_service (plan_id, service_id, name, site, specialty, from_org, from_asid, to_org, to_asid,
      published, two_week_wait, business_critical, on_secondary_care_menu, slot_reservation_period)
    select plan_id, service_id, name, site, specialty, from_org, from_asid, to_org, to_asid,
      published, two_week_wait, business_critical, on_secondary_care_menu, slot_reservation_period
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      plan_id integer, service_id text, name text, site text, specialty text, from_org text, from_asid text,
      to_org text, to_asid text, published boolean, two_week_wait boolean, business_critical boolean,
      on_secondary_care_menu boolean, slot_reservation_period integer)
    order by service_id
    on conflict do nothing
    returning service_id`.execute(db);
  if (written.rows.length === services.length) return;
  const ids = services.map((service) => service.serviceId);
  throw heldRefusal(await heldServices(db, ids, planId));
}

/** By organisation, site and id. As one value: embedded, 1,500 rows of fifteen columns cost five times as much. */
export async function plannedServices(db: Database, planId: number): Promise<readonly PlannedService[]> {
  const { rows } = await sql<{ services: readonly Selectable<PlanServiceTable>[] | null }>`
    select json_agg(plan_service order by from_org, site, service_id) as services
    from plan_service where plan_id = ${planId}`.execute(db);
  return (rows[0]?.services ?? []).map(toPlannedService);
}

/** Of these services, those in another live plan, with who made it and since when. */
export async function heldServices(
  db: Database,
  serviceIds: readonly string[],
  exceptPlan: number | null,
): Promise<ReadonlyMap<string, Holder>> {
  const rows = await db
    .selectFrom('plan_service')
    .innerJoin('plan', 'plan.id', 'plan_service.plan_id')
    .innerJoin('person', 'person.id', 'plan.author_id')
    .select(['plan_service.service_id', 'plan.id', 'plan.number', 'person.name', 'plan.created_at'])
    .where(sql<boolean>`plan_service.service_id = any(${[...serviceIds]}::text[])`)
    .where('plan_service.live', '=', true)
    .where('plan.id', '!=', exceptPlan ?? 0)
    .execute();
  return new Map(
    rows.map((row) => [
      row.service_id,
      { planId: row.id, planNumber: row.number, author: row.name, since: row.created_at },
    ]),
  );
}

function heldRefusal(held: ReadonlyMap<string, Holder>): Refusal {
  const [first] = held;
  const words = first
    ? `${counted(held.size, 'service')} of this selection, ${first[0]} among them, ${held.size === 1 ? 'is' : 'are'} already in plan ${first[1].planNumber} by ${first[1].author}. A service can be in one open plan at a time: take it off one of them.`
    : 'Another plan took one of these services a moment ago. Look at the difference again.';
  return new Refusal('service-held', words, {
    remedy: first ? [next('Show the other plan', 'show', { plan: String(first[1].planNumber) })] : [],
    facts: { services: [...held.keys()].slice(0, 100) },
  });
}
