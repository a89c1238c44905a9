import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Subject } from '../domain/subject.ts';

export interface DirectMessageStore {
  /** A message to one person alone, on every chat platform where they can be reached. Gives on how many. */
  tell(personId: number, migrationId: number, subject: Subject, message: string, now: string): Promise<number>;
}

export function directMessageStore(db: Database): DirectMessageStore {
  return {
    async tell(personId, migrationId, subject, message, now) {
      // The rehearsal's chat has no private rooms: there it stands in the channel, and names the person.
      const { rows } = await sql`
        insert into posting (kind, subject, migration_id, platform, tenant, channel_id, message, people, due_at, created_at)
        select 'direct', ${subject}, ${migrationId}, account.platform, account.tenant,
          coalesce(room.channel_id, account.user_id), ${message}, ${JSON.stringify([personId])}::jsonb,
          clock_timestamp(), ${now}::timestamptz
        from account
        left join channel_binding room on account.platform = 'chat' and room.platform = 'chat'
          and room.tenant = account.tenant and room.migration_id = ${migrationId}
        where account.person_id = ${personId} and account.platform not in ('cli', 'page')
          and (account.platform <> 'chat' or room.channel_id is not null)
        returning id`.execute(db);
      return rows.length;
    },
  };
}
