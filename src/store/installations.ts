import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Installations, TeamsConversation, TeamsPerson } from '../ports/installations.ts';

/** Where Teams lets us speak first, in the tables `teams_conversation` and `teams_person`. */
export function installationStore(db: Database): Installations {
  return {
    async seen(where, who, now) {
      // One statement, and no write where nothing changed: it runs with every activity. News wakes what could not go there.
      const alone = where.kind === 'personal' ? where.conversationId : null;
      await sql`
        with conversation as (
          insert into teams_conversation as known (tenant, conversation_id, kind, team_id, service_url, seen_at)
          values (${where.tenant}, ${where.conversationId}, ${where.kind}, ${where.teamId}, ${where.serviceUrl}, ${now}::timestamptz)
          on conflict (tenant, conversation_id) do update
            set kind = excluded.kind, team_id = coalesce(excluded.team_id, known.team_id),
              service_url = excluded.service_url, seen_at = excluded.seen_at
            where (known.kind, known.service_url) is distinct from (excluded.kind, excluded.service_url)
              or (excluded.team_id is not null and known.team_id is distinct from excluded.team_id)
          returning conversation_id
        ), woken as (
          update posting set state = 'waiting', due_at = clock_timestamp()
          where platform = 'teams' and tenant = ${where.tenant} and state in ('waiting', 'failed') and problem is not null
            and channel_id in (${where.conversationId}, ${(alone && who?.userId) ?? where.conversationId})
            and exists (select from conversation)
        )
        insert into teams_person as known (tenant, user_id, teams_id, conversation_id, service_url, seen_at)
        select ${where.tenant}, ${who?.userId ?? ''}, ${who?.teamsId ?? ''}, ${alone}::text, ${where.serviceUrl}, ${now}::timestamptz
        where ${who !== null}
        on conflict (tenant, user_id) do update
          set teams_id = excluded.teams_id, conversation_id = coalesce(excluded.conversation_id, known.conversation_id),
            service_url = excluded.service_url, seen_at = excluded.seen_at
          where (known.teams_id, known.service_url) is distinct from (excluded.teams_id, excluded.service_url)
            or (excluded.conversation_id is not null and known.conversation_id is distinct from excluded.conversation_id)
      `.execute(db);
    },
    async forget(tenant, conversationId) {
      await sql`
        with conversation as (
          delete from teams_conversation where tenant = ${tenant} and conversation_id = ${conversationId}
        )
        update teams_person set conversation_id = null
        where tenant = ${tenant} and conversation_id = ${conversationId}`.execute(db);
    },
    async conversation(tenant, conversationId) {
      const row = await db
        .selectFrom('teams_conversation')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('conversation_id', '=', conversationId)
        .executeTakeFirst();
      return row
        ? ({
            tenant,
            conversationId,
            kind: row.kind,
            teamId: row.team_id,
            serviceUrl: row.service_url,
          } satisfies TeamsConversation)
        : null;
    },
    async people(tenant, userIds) {
      if (userIds.length === 0) return [];
      const rows = await db
        .selectFrom('teams_person')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('user_id', 'in', [...userIds])
        .execute();
      const known = new Map(rows.map((row) => [row.user_id, row]));
      return userIds.flatMap((userId): TeamsPerson[] => {
        const row = known.get(userId);
        if (!row) return [];
        const { teams_id: teamsId, conversation_id: conversationId, service_url: serviceUrl } = row;
        return [{ tenant, userId, teamsId, conversationId, serviceUrl }];
      });
    },
    async serviceUrl(tenant) {
      const { rows } = await sql<{ service_url: string }>`
        select service_url from (
          select service_url, seen_at from teams_conversation where tenant = ${tenant}
          union all select service_url, seen_at from teams_person where tenant = ${tenant}
        ) known order by seen_at desc limit 1`.execute(db);
      return rows[0]?.service_url ?? null;
    },
    async cardSeen(tenant, conversationId, subject, messageId) {
      await db
        .updateTable('posting')
        .set({ message_id: messageId })
        .where('kind', '=', 'card')
        .where('subject', '=', subject)
        .where('platform', '=', 'teams')
        .where('tenant', '=', tenant)
        .where('channel_id', '=', conversationId)
        .where('message_id', 'is', null)
        .execute();
    },
  };
}
