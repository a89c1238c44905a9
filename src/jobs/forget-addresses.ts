import { everyMinutes, type Job } from './job.ts';

/** Recipients' addresses go once all plans of a migration have been over for the time that it sets (rule 27); the record stays whole. */
export const forgetAddresses: Job = {
  name: 'forget-addresses',
  lastDue: everyMinutes(60),
  async run(store, now) {
    for (const { migrationId, since } of await store.retention.over()) {
      const migration = await store.migrations.byId(migrationId);
      if (!migration) continue;
      const days = migration.settings.addressKeepDays;
      if (Temporal.Instant.compare(Temporal.Instant.from(since).add({ hours: 24 * days }), now) > 0) continue;
      const addresses = await store.retention.forgetAddresses(migrationId);
      await store.audit.append(`migration:${migrationId}`, [
        {
          at: now.toString(),
          act: 'addresses.deleted',
          about: `migration:${migrationId}`,
          person: null,
          account: 'clock',
          facts: { addresses, days },
        },
      ]);
    }
  },
};
