import { everyMinutes, type Job } from './job.ts';

/**
 * Snapshots that a newer one replaced, and that no plan needs any more, lose their rows after the time that the migration sets
 * (rules 3, 27). Their header stays: counts, hash of the file, who, when. The rows are taken out afterwards, a few at a time.
 */
export const forgetSnapshots: Job = {
  name: 'forget-snapshots',
  lastDue: everyMinutes(60),
  async run(store, now) {
    for (const id of await store.migrations.ids()) {
      const migration = await store.migrations.byId(id);
      if (!migration) continue;
      const days = migration.settings.snapshotKeepDays;
      const before = now.subtract({ hours: 24 * days }).toString();
      const gone = await store.oldSnapshots.forget(id, before, now.toString());
      if (gone.length === 0) continue;
      await store.audit.append(
        `migration:${id}`,
        gone.map(({ id: snapshotId, ...snapshot }) => ({
          at: now.toString(),
          act: 'snapshot.deleted',
          about: snapshot.number === null ? `${snapshot.kind}:${snapshotId}` : `snapshot:${snapshot.number}`,
          person: null,
          account: 'clock',
          facts: { ...snapshot, days },
        })),
      );
    }
  },
};
