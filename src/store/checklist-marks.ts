import type { Database } from '../../db/connect.ts';
import type { ChecklistMark } from '../domain/checklist-state.ts';
import type { Plan } from '../domain/plan.ts';

export interface NewMark {
  readonly key: string;
  readonly personId: number;
  /** ISO instant. */
  readonly at: string;
  readonly evidence: string;
  readonly target: string;
  readonly practicePlanId: number | null;
}

/** The ticks of a migration, with the names of who made them. */
export async function checklistMarks(db: Database, migrationId: number): Promise<readonly ChecklistMark[]> {
  const rows = await db
    .selectFrom('checklist_mark')
    .innerJoin('person', 'person.id', 'checklist_mark.person_id')
    .leftJoin('plan', 'plan.id', 'checklist_mark.practice_plan_id')
    .select(['key', 'person.name', 'checklist_mark.at', 'evidence', 'target', 'plan.number'])
    .where('checklist_mark.migration_id', '=', migrationId)
    .execute();
  return rows.map((row) => ({
    key: row.key,
    by: row.name,
    at: row.at,
    evidence: row.evidence,
    target: row.target,
    practicePlan: row.number,
  }));
}

/** A later tick replaces an earlier one. */
export async function setMark(db: Database, migrationId: number, mark: NewMark): Promise<void> {
  const columns = {
    person_id: mark.personId,
    at: mark.at,
    evidence: mark.evidence,
    target: mark.target,
    practice_plan_id: mark.practicePlanId,
  };
  await db
    .insertInto('checklist_mark')
    .values({ migration_id: migrationId, key: mark.key, ...columns })
    .onConflict((conflict) => conflict.constraint('rule_7_one_tick_an_item').doUpdateSet(columns))
    .execute();
}

/** A completed practice plan is the evidence for the test items (rule 7). */
export async function markPractised(db: Database, plan: Plan, act: { personId: number; at: string }): Promise<void> {
  for (const key of ['test-service', 'test-booking']) {
    await setMark(db, plan.migrationId, {
      key,
      personId: act.personId,
      at: act.at,
      evidence: `Practice plan ${plan.number} was completed`,
      target: plan.target.asid,
      practicePlanId: plan.id,
    });
  }
}
