import type { Selectable } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { MigrationTable } from '../../db/schema/installation.ts';
import { type Contacts, DEFAULT_SETTINGS, type Migration, type Settings } from '../domain/migration.ts';

export interface ChannelKey {
  readonly platform: string;
  readonly tenant: string;
  readonly channelId: string;
}

export interface MigrationStore {
  byId(id: number): Promise<Migration | null>;
  /** Of all migrations, in the order in which they were started. */
  ids(): Promise<readonly number[]>;
  byChannel(channel: ChannelKey): Promise<Migration | null>;
  /** Of one migration, in the order in which they were added; of all where none is named. */
  channels(migrationId: number | null): Promise<readonly ChannelKey[]>;
  start(given: NewMigration, by: number, now: string): Promise<Migration>;
  /** Binds a channel to a migration; the earlier binding of that channel ends. */
  bind(channel: ChannelKey, migrationId: number, now: string): Promise<void>;
  /** Takes a channel off its migration: what waits to be posted there is not any more. */
  unbind(channel: ChannelKey): Promise<void>;
  setOutage(id: number, outage: { from: string; to: string }, oldPasUntil: string | null): Promise<void>;
  setSettings(id: number, settings: Settings): Promise<void>;
  setContacts(id: number, contacts: Contacts): Promise<void>;
}

export type NewMigration = Pick<
  Migration,
  'name' | 'providerOrg' | 'providerName' | 'oldAsids' | 'newAsid' | 'newOrg' | 'zone'
>;

const NO_CONTACTS: Contacts = { ersSupport: '', outageSignUp: '', testEnvironment: '', pasSupplier: '' };

export function migrationStore(db: Database): MigrationStore {
  return {
    async byId(id) {
      const row = await db.selectFrom('migration').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toMigration(row) : null;
    },
    async ids() {
      const rows = await db.selectFrom('migration').select('id').orderBy('id').execute();
      return rows.map(({ id }) => id);
    },
    async byChannel(channel) {
      const row = await db
        .selectFrom('migration')
        .innerJoin('channel_binding', 'channel_binding.migration_id', 'migration.id')
        .selectAll('migration')
        .where('channel_binding.platform', '=', channel.platform)
        .where('channel_binding.tenant', '=', channel.tenant)
        .where('channel_binding.channel_id', '=', channel.channelId)
        .executeTakeFirst();
      return row ? toMigration(row) : null;
    },
    async channels(migrationId) {
      const bound = db
        .selectFrom('channel_binding')
        .select(['platform', 'tenant', 'channel_id as channelId'])
        .orderBy('bound_at')
        .orderBy('channel_id');
      return migrationId === null ? bound.execute() : bound.where('migration_id', '=', migrationId).execute();
    },
    async start(given, by, now) {
      const row = await db
        .insertInto('migration')
        .values({
          name: given.name,
          provider_org: given.providerOrg,
          provider_name: given.providerName,
          old_asids: JSON.stringify(given.oldAsids),
          new_asid: given.newAsid,
          new_org: given.newOrg,
          zone: given.zone,
          settings: JSON.stringify({}),
          contacts: JSON.stringify(NO_CONTACTS),
          created_by: by,
          created_at: now,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return toMigration(row);
    },
    async bind(channel, migrationId, now) {
      await db
        .insertInto('channel_binding')
        .values({
          platform: channel.platform,
          tenant: channel.tenant,
          channel_id: channel.channelId,
          migration_id: migrationId,
          bound_at: now,
        })
        .onConflict((conflict) =>
          conflict.constraint('a_channel_is_bound_once').doUpdateSet({ migration_id: migrationId, bound_at: now }),
        )
        .execute();
    },
    async unbind({ platform, tenant, channelId }) {
      for (const table of ['channel_binding', 'channel_trouble'] as const) {
        await db
          .deleteFrom(table)
          .where('platform', '=', platform)
          .where('tenant', '=', tenant)
          .where('channel_id', '=', channelId)
          .execute();
      }
      await db
        .updateTable('posting')
        .set({ state: 'failed', problem: 'The channel was taken off the migration.' })
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('channel_id', '=', channelId)
        .where('state', '=', 'waiting')
        .execute();
    },
    async setOutage(id, outage, oldPasUntil) {
      await db
        .updateTable('migration')
        .set({ outage_from: outage.from, outage_to: outage.to, old_pas_until: oldPasUntil })
        .where('id', '=', id)
        .execute();
    },
    async setSettings(id, settings) {
      await db
        .updateTable('migration')
        .set({ settings: JSON.stringify(settings) })
        .where('id', '=', id)
        .execute();
    },
    async setContacts(id, contacts) {
      await db
        .updateTable('migration')
        .set({ contacts: JSON.stringify(contacts) })
        .where('id', '=', id)
        .execute();
    },
  };
}

function toMigration(row: Selectable<MigrationTable>): Migration {
  return {
    id: row.id,
    name: row.name,
    providerOrg: row.provider_org,
    providerName: row.provider_name,
    oldAsids: row.old_asids,
    newAsid: row.new_asid,
    newOrg: row.new_org,
    zone: row.zone,
    outage: row.outage_from && row.outage_to ? { from: row.outage_from, to: row.outage_to } : null,
    oldPasUntil: row.old_pas_until,
    settings: { ...DEFAULT_SETTINGS, ...row.settings },
    contacts: { ...NO_CONTACTS, ...row.contacts },
  };
}
