import type { Database } from '../../db/connect.ts';
import { type GoAnswer, goState } from '../domain/go.ts';
import { goFacts } from '../domain/go-shown.ts';
import type { Migration } from '../domain/migration.ts';
import { windowsAhead } from '../domain/opening-reserve.ts';
import type { Plan } from '../domain/plan.ts';
import type { GoFacts } from '../domain/time-answers.ts';
import { peopleStore } from './people.ts';
import { windowStore } from './windows.ts';

export interface GoStore {
  /** Every answer given for the plan, oldest first: `goState(answers, now, validMinutes)`. */
  answers(planId: number): Promise<readonly GoAnswer[]>;
  add(planId: number, answer: GoAnswer): Promise<void>;
  /** What its card shows, for the verb and for the board alike. */
  shown(migration: Migration, plan: Plan, now: Temporal.Instant): Promise<GoFacts>;
}

export function goStore(db: Database): GoStore {
  const answers: GoStore['answers'] = (planId) =>
    db
      .selectFrom('go_answer')
      .select(['part', 'said', 'note', 'person_id as by', 'at'])
      .where('plan_id', '=', planId)
      .orderBy('id')
      .execute();
  return {
    answers,
    async shown(migration, plan, now) {
      const validMinutes = migration.settings.goValidMinutes;
      const state = goState(await answers(plan.id), now, validMinutes);
      const names = new Map<number, string>();
      for (const { answer } of state.parts) {
        if (answer === null || names.has(answer.by)) continue;
        names.set(answer.by, (await peopleStore(db).byId(answer.by))?.name ?? 'somebody');
      }
      const reserves = windowsAhead((await windowStore(db).of(plan.id)).slice(1), now);
      return goFacts({ zone: migration.zone, plan: plan.number, validMinutes, state, names, reserves });
    },
    async add(planId, { part, said, note, by, at }) {
      await db.insertInto('go_answer').values({ plan_id: planId, part, said, note, person_id: by, at }).execute();
    },
  };
}
