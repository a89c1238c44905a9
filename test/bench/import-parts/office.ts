import { createReadStream } from 'node:fs';
import type { Connection } from '../../../db/connect.ts';
import { calendarFeed } from '../../../src/calendars/feed.ts';
import { readIcs } from '../../../src/calendars/ics.ts';
import type { UploadedFiles } from '../../../src/ports/files.ts';
import { readCommissionerMap } from '../../../src/readers/commissioner-map.ts';
import { readDeliveryReports } from '../../../src/readers/delivery-report.ts';
import { openFile } from '../../../src/readers/file.ts';
import { readWelshWords } from '../../../src/readers/welsh-words.ts';
import { storeOf } from '../../../src/store/store.ts';
import { createIntake } from '../../../src/work/load-file.ts';

/** A migration of the rehearsal's provider, and its intake reading files straight from disk: no upload is measured. */
export async function importOffice(connection: Connection): Promise<ImportOffice> {
  const now = Temporal.Instant.from('2026-12-01T19:00:00Z');
  const store = storeOf(connection.db);
  const person = await store.people.add(
    { name: 'A planner', email: 'planner@rehearsal.example', telephone: null },
    now.toString(),
  );
  const migration = await store.migrations.start(
    {
      name: 'Bench',
      providerOrg: 'XR1',
      providerName: 'Rehearsal Hospitals NHS Trust',
      oldAsids: ['200000000220'],
      newAsid: '200000001337',
      newOrg: null,
      zone: 'Europe/London',
    },
    person.id,
    now.toString(),
  );
  let turn = 0;
  const files: UploadedFiles = {
    put: () => Promise.reject(new Error('Nothing is uploaded here.')),
    // Another hash each time: the same file twice would be recognised and not read.
    open: async (path) => ({
      name: 'extract.csv',
      size: 0,
      sha256: String(++turn).padStart(64, '0'),
      bytes: () => createReadStream(path, { highWaterMark: 256 * 1024 }),
    }),
    remove: async () => {},
    sweep: async () => 0,
  };
  const intake = createIntake({
    store,
    files,
    openFile,
    readReports: readDeliveryReports,
    readMap: readCommissionerMap,
    readWelsh: readWelshWords,
    feed: calendarFeed({ plainHttp: false }),
    readIcs,
  });
  return {
    async importFile(path) {
      const { snapshotId } = await intake.load({
        migrationId: migration.id,
        personId: person.id,
        fileRef: path,
        kind: 'extract',
        taken: '2026-11-30',
        now,
      });
      await connection.transaction((trx) => storeOf(trx).staging.publish(snapshotId, now.toString()));
      return (await store.staging.file(snapshotId))?.services ?? 0;
    },
    async forget() {
      for (const snapshot of await store.snapshots.list(migration.id)) await store.staging.removeRows(snapshot.id);
    },
  };
}

export interface ImportOffice {
  /** Reads, stores and publishes a file; gives the number of its services. */
  importFile(path: string): Promise<number>;
  /** Removes the rows of all imports so far. */
  forget(): Promise<void>;
}
