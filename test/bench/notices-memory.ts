import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { benchDatabase } from './bench-database.ts';
import type { BenchContext } from './figure.ts';
import { migrationIn, peopleOf, schedule, sendAllOf, sendingWork } from './notices-parts.ts';

/**
 * A process of its own: sends one notice to so many recipients and prints what the JavaScript heap held at its fullest
 * meanwhile, in bytes, after collecting garbage every few claims. The embedded database's own memory is not in it.
 */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const [port = '', recipients = '', db = 'embedded', folder = ''] = process.argv.slice(2);
const connection = await benchDatabase({
  db: db as BenchContext['db'],
  folder,
  url: process.env.TEST_DATABASE_URL ?? '',
});
const work = sendingWork(connection, Number(port));
const migrationId = await migrationIn(work);
const heap = () => {
  collect();
  return process.memoryUsage().heapUsed;
};
await schedule(work, migrationId, peopleOf(Number(recipients)));
let most = 0;
let claims = 0;
const watched = {
  ...work,
  ledger: {
    ...work.ledger,
    claim: (...given: Parameters<typeof work.ledger.claim>) => {
      if (claims++ % 8 === 0) most = Math.max(most, heap());
      return work.ledger.claim(...given);
    },
  },
};
await sendAllOf(watched);
await work.mailer.close();
await connection.close();
process.stdout.write(String(most));
