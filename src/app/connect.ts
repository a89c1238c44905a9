import { type Connection, connectEmbedded, connectServer } from '../../db/connect.ts';
import { grantService } from '../../db/grants.ts';
import { assertDurable, migrate, stampMode } from '../../db/migrate.ts';
import type { Config } from '../config.ts';
import type { Log } from '../kernel/log.ts';
import { storeOf } from '../store/store.ts';
import { holdAfterMachineStop } from '../work/hold-after-machine-stop.ts';

/** The database, brought up to date and stamped with the mode; closed again where it cannot be used. */
export async function openDatabase(config: Config, now: string, log: Log): Promise<Connection> {
  if (config.database.kind === 'server' && config.database.migrateUrl !== null) {
    await migrateAsOwner(config.database.migrateUrl, config.database.url);
  }
  const connection =
    config.database.kind === 'server'
      ? await connectServer(config.database.url)
      : await connectEmbedded(config.database.folder);
  try {
    await migrate(connection);
    await stampMode(connection, config.mode, now);
    await assertDurable(connection);
    await waitAfterMachineStop(connection, Temporal.Instant.from(now), log);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** The owner brings the tables up to date and leaves; the service's role gets no more than it needs (rule 27). */
async function migrateAsOwner(ownerUrl: string, serviceUrl: string): Promise<void> {
  const owner = await connectServer(ownerUrl, 2);
  try {
    await migrate(owner);
    const service = decodeURIComponent(new URL(serviceUrl).username);
    if (service !== decodeURIComponent(new URL(ownerUrl).username)) await grantService(owner, service);
  } finally {
    await owner.close();
  }
}

/** Where the machine stopped under the embedded database, what was under way waits for a person (contracts, Mail). */
async function waitAfterMachineStop(connection: Connection, now: Temporal.Instant, log: Log): Promise<void> {
  const { boot } = connection;
  if (boot === null) return;
  if (boot.unclean) {
    const held = await connection.transaction((trx) => holdAfterMachineStop(storeOf(trx), now));
    log.warn(held, 'the machine stopped while the database was open: what was under way waits for a person');
  }
  await boot.begin();
}
