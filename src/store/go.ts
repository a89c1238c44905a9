import type { Database } from '../../db/connect.ts';
import type { GoAnswer } from '../domain/go.ts';

export interface GoStore {
  /** Every answer given for the plan, oldest first: `goState(answers, now, validMinutes)`. */
  answers(planId: number): Promise<readonly GoAnswer[]>;
  add(planId: number, answer: GoAnswer): Promise<void>;
}

export function goStore(db: Database): GoStore {
  return {
    answers(planId) {
      return db
        .selectFrom('go_answer')
        .select(['part', 'said', 'note', 'person_id as by', 'at'])
        .where('plan_id', '=', planId)
        .orderBy('id')
        .execute();
    },
    async add(planId, { part, said, note, by, at }) {
      await db.insertInto('go_answer').values({ plan_id: planId, part, said, note, person_id: by, at }).execute();
    },
  };
}
