import { AsyncLocalStorage } from 'node:async_hooks';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import { Pool, types } from 'pg';
import { type BootMark, readBootMark } from './boot-mark.ts';
import { EmbeddedDialect } from './embedded-dialect.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { holdLiveness, type Liveness } from './liveness.ts';
import type { Schema } from './schema/index.ts';

export type Database = Kysely<Schema> | Transaction<Schema>;

export interface Connection {
  readonly kind: 'embedded' | 'server';
  readonly db: Kysely<Schema>;
  /** Held while the folder is ours (embedded on disk), else null. */
  readonly lock: FolderLock | null;
  /** Whether the machine stopped under it (embedded on disk), else null. */
  readonly boot: BootMark | null;
  /** Short and with nothing slow inside. A query on `db` itself in here would wait for ever on one session: it throws. */
  transaction<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** Proves to other replicas that this process lives, until released. Embedded: the folder lock has proven it. */
  liveness(key: number): Promise<Liveness>;
  close(): Promise<void>;
}

/** A server, by its URL. */
export async function connectServer(url: string, poolSize = 10): Promise<Connection> {
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 1_500,
    // A server that is frozen with its connections open must not hold a borrower for ever.
    query_timeout: 60_000,
    options: '-c timezone=UTC',
    types: {
      getTypeParser: ((oid: number, format?: 'text') => parserOf(oid) ?? types.getTypeParser(oid, format)) as never,
    },
  });
  // An idle client that loses its server must not end the process; the next query reports it.
  pool.on('error', () => {});
  // Nor one that loses it inside a transaction: the statement under way rejects, and pg says it once more as an event.
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return connection('server', db, { lock: null, boot: null }, (key) => holdLiveness(url, key));
}

/**
 * PostgreSQL inside this process, in a folder that nobody else may open, or in memory (null).
 * It survives the program's crash, not the machine's: it never calls fsync.
 */
export async function connectEmbedded(folder: string | null): Promise<Connection> {
  const lock = folder === null ? null : await lockFolder(folder);
  const boot = folder === null ? null : await readBootMark(folder);
  const pglite = await PGlite.create({
    ...(folder === null ? {} : { dataDir: `${folder}/database` }),
    parsers: { [INT8]: Number, [DATE]: asText, [TIMESTAMPTZ]: asInstant },
  });
  await pglite.exec(`set timezone to 'UTC'`);
  const db = new Kysely<Schema>({ dialect: new EmbeddedDialect(pglite) });
  return connection('embedded', db, { lock, boot }, async () => ({ release: async () => {} }));
}

const insideTransaction = new AsyncLocalStorage<true>();

function connection(
  kind: Connection['kind'],
  db: Kysely<Schema>,
  { lock, boot }: Pick<Connection, 'lock' | 'boot'>,
  liveness: Connection['liveness'],
): Connection {
  return {
    kind,
    db,
    lock,
    boot,
    liveness,
    transaction(work) {
      if (insideTransaction.getStore())
        throw new Error('A transaction was begun inside another: pass the first one on.');
      return db.transaction().execute((trx) => insideTransaction.run(true, () => work(trx)));
    },
    async close() {
      await db.destroy();
      await boot?.end();
      await lock?.release();
    },
  };
}

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const asText = (text: string): string => text;
const asInstant = (text: string): string => Temporal.Instant.fromEpochMilliseconds(Date.parse(text)).toString();

/** The same JavaScript value from both forms: counts as numbers, dates as text, instants as ISO texts ending in Z. */
function parserOf(oid: number): ((text: string) => unknown) | null {
  if (oid === INT8) return Number;
  if (oid === DATE) return asText;
  if (oid === TIMESTAMPTZ) return asInstant;
  return null;
}
