import { join } from 'node:path';
import { commands } from '../commands/index.ts';
import type { Connection } from '../db/connect.ts';
import { packPage } from '../templates/pages/pack.ts';
import { ensureAdministrator } from './app/administrator.ts';
import { openDatabase } from './app/connect.ts';
import { diagnosis } from './app/doctor.ts';
import { seatRehearsal } from './app/rehearsal-people.ts';
import { calendarFeed } from './calendars/feed.ts';
import { loadBankHolidays } from './calendars/holidays.ts';
import { readIcs } from './calendars/ics.ts';
import type { Config } from './config.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import type { BankHolidays } from './domain/bank-holidays.ts';
import { type Clock, offsetClock, systemClock } from './kernel/clock.ts';
import type { Log } from './kernel/log.ts';
import type { CalendarFeed } from './ports/calendar-feed.ts';
import { type UploadedFiles, uploadFolder } from './ports/files.ts';
import { readCommissionerMap } from './readers/commissioner-map.ts';
import { readDeliveryReports } from './readers/delivery-report.ts';
import { openFile } from './readers/file.ts';
import { readWelshWords } from './readers/welsh-words.ts';
import { storeOf } from './store/store.ts';
import { followWorldClock, type WorldClock } from './surfaces/rehearsal-chat/world-clock.ts';
import { createIntake } from './work/load-file.ts';

/** The whole program without listeners and loops: what a verb needs. */
export interface App {
  readonly config: Config;
  readonly log: Log;
  readonly connection: Connection;
  readonly dispatch: Dispatch;
  /** The domain clock: the machine's, or the rehearsal world's. */
  readonly clock: Clock;
  readonly worldClock: WorldClock | null;
  readonly bankHolidays: BankHolidays;
  /** Files that people send, until they are read. */
  readonly files: UploadedFiles;
  readonly feed: CalendarFeed;
  close(): Promise<void>;
}

/** Opens the database, follows the clock, and puts the verbs behind one dispatch. Closes what it opened when it cannot. */
export async function createApp(config: Config, log: Log): Promise<App> {
  const worldClock = config.world === null ? null : await followWorldClock(config.world, log);
  const clock = worldClock === null ? systemClock : offsetClock(systemClock, worldClock.offset);
  const connection = await openDatabase(config, clock.now().toString(), log);
  const now = clock.now().toString();
  if (config.mode === 'rehearsal') await seatRehearsal(connection, now, config.slack !== null);
  if (config.adminEmail !== null) await ensureAdministrator(connection, config.adminEmail, now);
  const bankHolidays = loadBankHolidays();
  const files = uploadFolder(join(config.dataFolder, 'uploads'));
  await files.sweep();
  const feed = calendarFeed({ plainHttp: config.mode === 'rehearsal' });
  const intake = createIntake({
    store: storeOf(connection.db),
    files,
    openFile,
    readReports: readDeliveryReports,
    readMap: readCommissionerMap,
    readWelsh: readWelshWords,
    feed,
    readIcs,
  });
  const dispatch = createDispatch({
    connection,
    commands,
    clock,
    bankHolidays,
    intake,
    diagnosis: diagnosis(config, log, connection),
    log,
    mode: config.mode,
    automation: config.executor !== null,
    manyWorkspaces: config.slack?.install.kind === 'many',
    publicUrl: config.publicUrl,
    papers: { pack: packPage },
  });
  return {
    config,
    log,
    connection,
    dispatch,
    clock,
    worldClock,
    bankHolidays,
    files,
    feed,
    async close() {
      worldClock?.stop();
      await connection.close();
    },
  };
}
