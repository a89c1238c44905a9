import { type Expression, type SqlBool, sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { Subject } from '../domain/subject.ts';

/** A card to post or edit, or a call for help to post: a row of the outbox for chat (contracts, Chat). */
export interface Posting {
  readonly id: number;
  /** `direct`: a call to one person alone; the channel is then that person's. `file`: the subject's file, drawn when it is posted. */
  readonly kind: 'card' | 'call' | 'direct' | 'file';
  readonly subject: Subject;
  readonly migrationId: number;
  readonly platform: string;
  readonly tenant: string;
  readonly channelId: string;
  readonly messageId: string | null;
  readonly wantedVersion: number;
  readonly message: string | null;
  readonly people: readonly number[];
  readonly attempts: number;
  /** True when an earlier attempt ended without an answer: it may be in the channel already. */
  readonly maybePosted: boolean;
}

export interface PostingStore {
  /** Every channel of the migration is to show the newest state of this subject's card. */
  touch(migrationId: number, subject: Subject, now: string): Promise<void>;
  /** One new message a channel of the migration, in the subject's thread. */
  call(migrationId: number, subject: Subject, message: string, people: readonly number[], now: string): Promise<void>;
  /** The subject's file, once to every channel of the migration, with these words. */
  attach(migrationId: number, subject: Subject, message: string, now: string): Promise<void>;
  /** Claims up to `limit` due rows for an owner; one edit in flight a card. */
  claim(owner: string, platforms: readonly string[], limit: number, leaseSeconds: number): Promise<readonly Posting[]>;
  /** What the owner found; ignored when the lease was lost. */
  settle(owner: string, id: number, outcome: PostingOutcome): Promise<void>;
  /** The migration that this subject's card was posted for; null when it never was. */
  migrationOf(subject: Subject): Promise<number | null>;
  /** The message id of a subject's card in a channel, for threads. */
  cardMessage(
    subject: Subject,
    channel: { platform: string; tenant: string; channelId: string },
  ): Promise<string | null>;
}

export type PostingOutcome =
  | { readonly kind: 'posted'; readonly messageId: string; readonly version: number }
  /** Not tried: it is not its turn. */
  | { readonly kind: 'paced'; readonly seconds: number }
  /** `wholeChannel`: nothing else goes there before. */
  | { readonly kind: 'later'; readonly seconds: number; readonly problem: string; readonly wholeChannel?: true }
  | { readonly kind: 'unknown'; readonly seconds: number; readonly problem: string }
  | { readonly kind: 'failed'; readonly problem: string };

export function postingStore(db: Database): PostingStore {
  return {
    async touch(migrationId, subject, now) {
      await db
        .insertInto('posting')
        .columns([
          'kind',
          'subject',
          'migration_id',
          'platform',
          'tenant',
          'channel_id',
          'people',
          'due_at',
          'created_at',
        ])
        .expression(
          db
            .selectFrom('channel_binding')
            .select((select) => [
              sql.lit('card').as('kind'),
              select.val(subject).as('subject'),
              'migration_id',
              'platform',
              'tenant',
              'channel_id',
              sql<string>`'[]'::jsonb`.as('people'),
              sql<string>`clock_timestamp()`.as('due_at'),
              sql<string>`${now}::timestamptz`.as('created_at'),
            ])
            .where('migration_id', '=', migrationId),
        )
        .onConflict((conflict) =>
          conflict.columns(['subject', 'platform', 'tenant', 'channel_id']).where('kind', '=', 'card').doUpdateSet({
            wanted_version: sql`posting.wanted_version + 1`,
            state: sql`case when posting.state = 'posting' then 'posting' else 'waiting' end`,
            attempts: 0,
            due_at: sql`clock_timestamp()`,
          }),
        )
        .execute();
    },
    call: (migrationId, subject, message, people, now) =>
      announce(db, { migrationId, subject, message, people, kind: 'call' }, now),
    attach: (migrationId, subject, message, now) =>
      announce(db, { migrationId, subject, message, people: [], kind: 'file' }, now),
    async claim(owner, platforms, limit, leaseSeconds) {
      const rows = await db
        .updateTable('posting')
        .set({
          owner,
          maybe_posted: sql`maybe_posted or state = 'posting'`,
          state: 'posting',
          attempts: sql`attempts + 1`,
          lease_until: sql`clock_timestamp() + make_interval(secs => ${leaseSeconds})`,
        })
        .where('id', 'in', (due) =>
          due
            .selectFrom('posting')
            .select('id')
            .where('platform', 'in', platforms.length > 0 ? [...platforms] : [''])
            .where(isDue)
            .orderBy('due_at')
            .orderBy('id')
            .limit(limit)
            .forUpdate()
            .skipLocked(),
        )
        .returningAll()
        .execute();
      return rows
        .map((row) => ({
          id: row.id,
          kind: row.kind,
          subject: row.subject as Subject,
          migrationId: row.migration_id,
          platform: row.platform,
          tenant: row.tenant,
          channelId: row.channel_id,
          messageId: row.message_id,
          wantedVersion: row.wanted_version,
          message: row.message,
          people: row.people,
          attempts: row.attempts,
          maybePosted: row.maybe_posted,
        }))
        .sort((a, b) => a.id - b.id);
    },
    async settle(owner, id, outcome) {
      const mine = db
        .updateTable('posting')
        .where('id', '=', id)
        .where('owner', '=', owner)
        .where('state', '=', 'posting');
      const free = { owner: null, lease_until: null };
      if (outcome.kind === 'posted') {
        await mine
          .set({
            ...free,
            message_id: outcome.messageId,
            posted_version: outcome.version,
            attempts: 0,
            maybe_posted: false,
            problem: null,
            state: sql`case when kind = 'card' and wanted_version > ${outcome.version} then 'waiting' else 'posted' end`,
          })
          .execute();
        return;
      }
      if (outcome.kind === 'failed') {
        await mine.set({ ...free, state: 'failed', problem: outcome.problem }).execute();
        return;
      }
      const dueAt = sql<string>`clock_timestamp() + make_interval(secs => ${outcome.seconds})`;
      if (outcome.kind === 'paced') {
        await mine.set({ ...free, state: 'waiting', attempts: sql`attempts - 1`, due_at: dueAt }).execute();
        return;
      }
      await mine
        .set({
          ...free,
          state: 'waiting',
          ...(outcome.kind === 'unknown' ? { maybe_posted: true } : {}),
          problem: outcome.problem,
          due_at: dueAt,
        })
        .execute();
    },
    async migrationOf(subject) {
      const row = await db
        .selectFrom('posting')
        .select('migration_id')
        .where('kind', '=', 'card')
        .where('subject', '=', subject)
        .executeTakeFirst();
      return row?.migration_id ?? null;
    },
    async cardMessage(subject, channel) {
      const row = await db
        .selectFrom('posting')
        .select('message_id')
        .where('kind', '=', 'card')
        .where('subject', '=', subject)
        .where('platform', '=', channel.platform)
        .where('tenant', '=', channel.tenant)
        .where('channel_id', '=', channel.channelId)
        .executeTakeFirst();
      return row?.message_id ?? null;
    },
  };
}

/** One new message a channel of the migration. */
async function announce(
  db: Database,
  what: Pick<Posting, 'migrationId' | 'subject' | 'people'> & { message: string; kind: 'call' | 'file' },
  now: string,
): Promise<void> {
  const channels = await db
    .selectFrom('channel_binding')
    .select(['platform', 'tenant', 'channel_id'])
    .where('migration_id', '=', what.migrationId)
    .execute();
  if (channels.length === 0) return;
  const { migrationId: migration_id, people, ...rest } = what;
  const row = { ...rest, migration_id, people: JSON.stringify(people), created_at: now };
  await db
    .insertInto('posting')
    .values(channels.map((channel) => ({ ...channel, ...row, due_at: sql<string>`clock_timestamp()` })))
    .execute();
}

/** Waiting and due by the machine's time, or left behind by an owner whose lease ended. */
function isDue(): Expression<SqlBool> {
  return sql<SqlBool>`((state = 'waiting' and due_at <= clock_timestamp())
    or (state = 'posting' and lease_until < clock_timestamp()))`;
}
