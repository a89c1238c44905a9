import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Subject } from '../domain/subject.ts';
import { directMessageStore } from './direct-messages.ts';

/**
 * A call for help to which nobody has answered since: of a run that waits for a person or for a second voice to its undo, by anybody's act on it; of a failed
 * test or poll, by an act on the plan of somebody whom it names.
 */
export interface UnansweredCall {
  readonly subject: Subject;
  readonly migrationId: number;
  readonly message: string;
  readonly deputyId: number;
}

export interface UnansweredCallStore {
  /** One a run: its oldest call made at or before this instant, if the deputy was not told since. */
  list(madeBefore: string): Promise<readonly UnansweredCall[]>;
  /** A message to the deputy alone, on every platform where they can be reached. Gives on how many. */
  tellDeputy(call: UnansweredCall, message: string, now: string): Promise<number>;
}

export function unansweredCallStore(db: Database): UnansweredCallStore {
  return {
    async list(madeBefore) {
      const { rows } = await sql<UnansweredCall>`
        select distinct on (call.subject) call.subject, call.migration_id as "migrationId", call.message,
          run.deputy_id as "deputyId"
        from posting call
        join run on (call.subject = 'run:' || run.id and (run.state in ('paused', 'stopped')
            or run.state = 'verifying' and run.undo ->> 'at' is not null))
          or (call.subject = 'verification:' || run.plan_id and run.state = 'verifying')
        where call.kind = 'call' and run.deputy_id is not null
          and call.created_at <= ${madeBefore}::timestamptz
          and not exists (select from audit_event act where act.person_id is not null and act.at > call.created_at
            and (act.about = call.subject or (call.subject = 'verification:' || run.plan_id
              and act.about = 'plan:' || run.plan_id and call.people @> to_jsonb(act.person_id))))
          and not exists (select from posting told where told.kind = 'direct' and told.subject = call.subject
            and told.created_at > call.created_at)
        order by call.subject, call.created_at, call.id`.execute(db);
      return rows;
    },
    async tellDeputy(call, message, now) {
      return directMessageStore(db).tell(call.deputyId, call.migrationId, call.subject, message, now);
    },
  };
}
