import type { Database } from '../../db/connect.ts';

export interface JobRunStore {
  /** True for the first who asks for this job and due time, across all replicas; written with what the job does. */
  take(job: string, dueAt: string): Promise<boolean>;
  done(job: string, dueAt: string, now: string): Promise<void>;
  /** Forgets what was due before. */
  sweep(before: string): Promise<void>;
}

export function jobRunStore(db: Database): JobRunStore {
  return {
    async take(job, dueAt) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('job_run')
        .values({ job, due_at: dueAt, done_at: null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async done(job, dueAt, now) {
      await db
        .updateTable('job_run')
        .set({ done_at: now })
        .where('job', '=', job)
        .where('due_at', '=', dueAt)
        .execute();
    },
    async sweep(before) {
      await db.deleteFrom('job_run').where('due_at', '<', before).execute();
    },
  };
}
