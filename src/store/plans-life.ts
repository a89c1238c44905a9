import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Plan, PlanKind, PlannedService, PlanState, Target } from '../domain/plan.ts';
import type { Holder } from '../domain/plan-diff.ts';
import { meantUnnamed } from '../domain/plan-named.ts';
import { isLive, refuseStep, STATE_WORDS } from '../domain/plan-state.ts';
import type { ServiceWarning } from '../domain/plan-warning.ts';
import type { Selection } from '../domain/selection.ts';
import { next, Refusal } from '../kernel/errors.ts';
import { counted } from '../kernel/time-words.ts';
import { markPractised } from './checklist-marks.ts';
import { toPlan } from './plans-rows.ts';
import { heldServices, plannedServices, replaceServices } from './plans-services.ts';

/** What a planner saves: the selection and what it took from the snapshot. */
export interface PlanContent {
  readonly snapshotId: number;
  readonly selection: Selection;
  readonly target: Target;
  readonly services: readonly PlannedService[];
  readonly warnings: Readonly<Partial<Record<ServiceWarning, number>>>;
  readonly runnerId: number | null;
  readonly deputyId: number | null;
  readonly verification: readonly string[];
}

/** Who did it and when, for the record and the card's last line. */
export interface Act {
  readonly personId: number;
  /** The instant, ISO. */
  readonly at: string;
  /** One quiet line: "the planner saved it". */
  readonly words: string;
}

export interface PlanLifeStore {
  byId(planId: number): Promise<Plan | null>;
  /** By its number; without one the migration's only live plan, else its newest. Refuses where that names none or several. */
  current(migrationId: number, number?: number): Promise<Plan>;
  /** Newest first. */
  list(migrationId: number): Promise<readonly Plan[]>;
  /** By organisation, site and id. */
  services(planId: number): Promise<readonly PlannedService[]>;
  /** The plan's row, locked until the end of the transaction: votes, edits and steps of one plan come one after another. */
  lock(planId: number): Promise<Plan>;
  /** Of these services, those that another live plan holds, and which. */
  held(serviceIds: readonly string[], exceptPlan: number | null): Promise<ReadonlyMap<string, Holder>>;
  /** Makes a draft. Refuses, naming the other plan, when one took a service at the same moment. */
  create(migrationId: number, kind: PlanKind, content: PlanContent, act: Act): Promise<Plan>;
  /** Replaces what a locked plan holds; call `inputsChanged` next, which judges the votes. */
  edit(plan: Plan, content: PlanContent, act: Act): Promise<Plan>;
  /** One step of the plan's life; refuses a step that it does not have. A plan that is over lets its services go. */
  moveTo(planId: number, state: PlanState, act: Act): Promise<Plan>;
  /** The quiet line on the card. */
  note(planId: number, act: Act): Promise<void>;
}

export function planLifeStore(db: Database): PlanLifeStore {
  const one = async (planId: number): Promise<Plan> => {
    const row = await db.selectFrom('plan').selectAll().where('id', '=', planId).executeTakeFirstOrThrow();
    return toPlan(row);
  };
  const list = async (migrationId: number): Promise<readonly Plan[]> => {
    const rows = await db
      .selectFrom('plan')
      .selectAll()
      .where('migration_id', '=', migrationId)
      .orderBy('number', 'desc')
      .execute();
    return rows.map(toPlan);
  };
  const lock = async (planId: number): Promise<Plan> => {
    const row = await db.selectFrom('plan').selectAll().where('id', '=', planId).forUpdate().executeTakeFirstOrThrow();
    return toPlan(row);
  };
  const note = async (planId: number, act: Act): Promise<void> => {
    await db.updateTable('plan').set({ last_act: act.words, last_act_at: act.at }).where('id', '=', planId).execute();
  };
  return {
    list,
    lock,
    note,
    async byId(planId) {
      const row = await db.selectFrom('plan').selectAll().where('id', '=', planId).executeTakeFirst();
      return row ? toPlan(row) : null;
    },
    async current(migrationId, number) {
      return chosenPlan(await list(migrationId), number);
    },
    services: (planId) => plannedServices(db, planId),
    held: (serviceIds, exceptPlan) => heldServices(db, serviceIds, exceptPlan),
    async create(migrationId, kind, content, act) {
      // The migration's row orders those who create plans at the same moment, so that numbers have no gap.
      await db.selectFrom('migration').select('id').where('id', '=', migrationId).forUpdate().execute();
      const { id } = await db
        .insertInto('plan')
        .values({
          migration_id: migrationId,
          number: sql<number>`(select coalesce(max(number), 0) + 1 from plan where migration_id = ${migrationId})`,
          kind,
          state: 'draft',
          state_since: act.at,
          ...columnsOf(content),
          author_id: act.personId,
          last_editor_id: act.personId,
          last_act: act.words,
          last_act_at: act.at,
          created_at: act.at,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await replaceServices(db, id, content.services);
      return one(id);
    },
    async edit(plan, content, act) {
      await db
        .updateTable('plan')
        .set({ ...columnsOf(content), last_editor_id: act.personId, last_act: act.words, last_act_at: act.at })
        .where('id', '=', plan.id)
        .execute();
      await replaceServices(db, plan.id, content.services);
      return one(plan.id);
    },
    async moveTo(planId, state, act) {
      const plan = await lock(planId);
      refuseStep(plan, state);
      await db.updateTable('plan').set({ state, state_since: act.at }).where('id', '=', planId).execute();
      if (!isLive(state)) {
        await db.updateTable('plan_service').set({ live: false }).where('plan_id', '=', planId).execute();
      }
      if (state === 'completed' && plan.kind === 'practice') await markPractised(db, plan, act);
      await note(planId, act);
      return one(planId);
    },
  };
}

function columnsOf(content: PlanContent) {
  return {
    snapshot_id: content.snapshotId,
    selection: JSON.stringify(content.selection),
    target_asid: content.target.asid,
    target_org: content.target.organisation,
    runner_id: content.runnerId,
    deputy_id: content.deputyId,
    verification: JSON.stringify(content.verification),
    warnings: JSON.stringify(content.warnings),
  };
}

function chosenPlan(plans: readonly Plan[], number: number | undefined): Plan {
  if (plans.length === 0) {
    throw new Refusal('no-plan', 'There is no plan yet. A planner makes one from an imported extract.', {
      remedy: [next('Make a plan', 'plan'), next('Try with a test service', 'practice')],
    });
  }
  if (number !== undefined) {
    const found = plans.find((plan) => plan.number === number);
    if (found) return found;
    throw new Refusal('no-plan', `There is no plan ${number}. The newest is plan ${plans[0]?.number}.`, {
      remedy: [next('Show the newest', 'show', { plan: String(plans[0]?.number) })],
    });
  }
  const only = meantUnnamed(plans);
  if (only) return only;
  const live = plans.filter((plan) => isLive(plan.state));
  const words = live.map((plan) => `plan ${plan.number} (${STATE_WORDS[plan.state]})`).join(', ');
  throw new Refusal('which-plan', `${counted(live.length, 'plan')} are open: ${words}. Say which, by its number.`, {
    remedy: live.slice(0, 5).map((plan) => next(`Show plan ${plan.number}`, 'show', { plan: String(plan.number) })),
    fields: { plan: 'Say which plan, by its number.' },
  });
}
