import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Direction, GuidedStep } from '../domain/run.ts';
import type { LateEntry, StepTime } from '../domain/run-answers.ts';

export interface NewStep {
  readonly direction: Direction;
  readonly group: number;
  readonly step: GuidedStep;
  /** What was said at it: done, counted, confirmed, pressed. */
  readonly what: string;
  readonly personId: number;
  /** When it happened, ISO. */
  readonly at: string;
  /** Since the step began. */
  readonly seconds: number;
  /** When it was typed in, where that was later. */
  readonly recordedAt: string | null;
}

/** Who did which step of a guided run when (rules 15, 30). */
export interface RunStepStore {
  add(runId: number, step: NewStep): Promise<void>;
  /** In order. */
  of(runId: number): Promise<readonly StepTime[]>;
  /** What was entered later than it happened, the newest first, with how many there are. */
  late(runId: number, limit: number): Promise<{ readonly count: number; readonly newest: readonly LateEntry[] }>;
}

export function runStepStore(db: Database): RunStepStore {
  return {
    async add(runId, step) {
      await db
        .insertInto('run_step')
        .values({
          run_id: runId,
          direction: step.direction,
          tick_group: step.group,
          step: step.step,
          what: step.what,
          person_id: step.personId,
          at: step.at,
          seconds: step.seconds,
          recorded_at: step.recordedAt,
        })
        .execute();
    },
    async of(runId) {
      const rows = await db
        .selectFrom('run_step')
        .innerJoin('person', 'person.id', 'run_step.person_id')
        .select(['direction', 'tick_group', 'step', 'what', 'person.name as by', 'at', 'seconds', 'recorded_at'])
        .where('run_id', '=', runId)
        .orderBy('run_step.id')
        .execute();
      return rows.map(({ tick_group: group, step, recorded_at: recordedAt, direction, ...rest }) => ({
        ...rest,
        direction: direction as Direction,
        group,
        step: step as GuidedStep,
        recordedAt,
      }));
    },
    async late(runId, limit) {
      const { rows } = await sql<LateEntry & { count: number }>`
        select what, at, entered as "enteredAt", count(*) over ()::int as count from (
          select step as what, at, recorded_at as entered from run_step where run_id = ${runId} and recorded_at is not null
          union all
          select service_id, settled_at, recorded_at from run_item where run_id = ${runId} and recorded_at is not null) late
        order by entered desc, at desc limit ${limit}`.execute(db);
      return { count: rows[0]?.count ?? 0, newest: rows.map(({ count: _, ...entry }) => entry) };
    },
  };
}
