import { type Connection, connectEmbedded, connectServer } from '../../db/connect.ts';
import { assertDurable, migrate, stampMode } from '../../db/migrate.ts';
import type { Config } from '../config.ts';

/** The database, brought up to date and stamped with the mode; closed again where it cannot be used. */
export async function openDatabase(config: Config, now: string): Promise<Connection> {
  const connection =
    config.database.kind === 'server'
      ? await connectServer(config.database.url)
      : await connectEmbedded(config.database.folder);
  try {
    await migrate(connection);
    await stampMode(connection, config.mode, now);
    await assertDurable(connection);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
