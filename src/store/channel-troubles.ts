import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';

export interface ChannelPlace {
  readonly platform: string;
  readonly tenant: string;
  readonly channelId: string;
}

/** A channel that takes no messages now. */
export interface ChannelTrouble extends ChannelPlace {
  /** A sentence: what is wrong, and what to do. */
  readonly problem: string;
  readonly since: string;
}

export interface ChannelTroubleStore {
  /** The channel takes nothing: what waits for it is tried in five minutes. True when that is news, so that it is told once. */
  raise(place: ChannelPlace, migrationId: number, problem: string, now: string): Promise<boolean>;
  /** Something went through: what waits for this channel is due now. */
  clear(place: ChannelPlace): Promise<void>;
  /** Of one migration, the oldest first; of all where none is named. */
  list(migrationId: number | null): Promise<readonly ChannelTrouble[]>;
}

const RETRY_SECONDS = 300;

export function channelTroubleStore(db: Database): ChannelTroubleStore {
  return {
    async raise({ platform, tenant, channelId }, migrationId, problem, now) {
      const { rows } = await sql<{ news: boolean }>`
        insert into channel_trouble as known (platform, tenant, channel_id, migration_id, problem, since)
        values (${platform}, ${tenant}, ${channelId}, ${migrationId}, ${problem}, ${now}::timestamptz)
        on conflict (platform, tenant, channel_id) do update set problem = excluded.problem
          where known.problem <> excluded.problem
        returning (xmax = 0) as news`.execute(db);
      // One message is the probe; what waits here waits with it. A call's first attempt is not put off.
      await sql`
        update posting set due_at = clock_timestamp() + make_interval(secs => ${RETRY_SECONDS})
        where platform = ${platform} and tenant = ${tenant} and channel_id = ${channelId} and state = 'waiting'
          and (kind = 'card' or attempts > 0)`.execute(db);
      return rows[0]?.news ?? false;
    },
    async clear({ platform, tenant, channelId }) {
      await sql`
        with cleared as (
          delete from channel_trouble
          where platform = ${platform} and tenant = ${tenant} and channel_id = ${channelId} returning platform
        )
        update posting set due_at = clock_timestamp()
        where platform = ${platform} and tenant = ${tenant} and channel_id = ${channelId} and state = 'waiting'
          and exists (select from cleared)`.execute(db);
    },
    async list(migrationId) {
      const troubles = db
        .selectFrom('channel_trouble')
        .select(['platform', 'tenant', 'channel_id as channelId', 'problem', 'since'])
        .orderBy('since')
        .orderBy('channel_id');
      return migrationId === null ? troubles.execute() : troubles.where('migration_id', '=', migrationId).execute();
    },
  };
}
