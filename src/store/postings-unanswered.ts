import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Subject } from '../domain/subject.ts';
import { directMessageStore } from './direct-messages.ts';

/** A call for help of a run that waits for a person, to which nobody has done anything since. */
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
        join run on call.subject = 'run:' || run.id
        where call.kind = 'call' and run.state in ('paused', 'stopped') and run.deputy_id is not null
          and call.created_at <= ${madeBefore}::timestamptz
          and not exists (select from audit_event act where act.about = call.subject
            and act.person_id is not null and act.at > call.created_at)
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
