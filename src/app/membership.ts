import { randomInt } from 'node:crypto';
import type { Connection } from '../../db/connect.ts';
import type { Log } from '../kernel/log.ts';
import { storeOf } from '../store/store.ts';

const LOOK_EVERY_MS = 1_000;

/** This process among the replicas: it proves that it lives, and frees what dead ones held (contracts, Liveness). */
export async function joinProcesses(
  connection: Connection,
  owner: string,
  now: string,
  log: Log,
): Promise<{ leave(): Promise<void> }> {
  const key = randomInt(2 ** 31 - 1);
  const liveness = await connection.liveness(key);
  const look = () =>
    connection.transaction(async (trx) => {
      const { processes } = storeOf(trx);
      // Again each time: one that was thought dead while the database was away is back.
      await processes.announce(owner, key, now);
      const dead = await processes.buryDead(owner, connection.kind === 'embedded');
      if (dead.length > 0) log.info({ dead }, 'what dead processes held is free');
    });
  await look();
  const timer = setInterval(() => {
    look().catch((err: unknown) => log.warn({ err }, 'could not look for dead processes'));
  }, LOOK_EVERY_MS);
  return {
    async leave() {
      clearInterval(timer);
      await storeOf(connection.db).processes.leave(owner);
      await liveness.release();
    },
  };
}
