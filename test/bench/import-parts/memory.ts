import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { benchDatabase } from '../bench-database.ts';
import type { BenchContext } from '../figure.ts';
import { importOffice } from './office.ts';

/**
 * A process of its own: imports one file and prints what it held at its fullest, after collecting garbage every so often:
 * the JavaScript heap and buffers, without the embedded database's own memory (`live`), and the whole process (`rss`).
 */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const [path = '', db = 'embedded', folder = ''] = process.argv.slice(2);
const connection = await benchDatabase({
  db: db as BenchContext['db'],
  folder,
  url: process.env.TEST_DATABASE_URL ?? '',
});
const office = await importOffice(connection);
let live = 0;
const timer = setInterval(() => {
  collect();
  live = Math.max(live, process.memoryUsage().heapUsed);
}, 100);
await office.importFile(path);
clearInterval(timer);
const rss = process.resourceUsage().maxRSS * 1024;
await connection.close();
process.stdout.write(JSON.stringify({ live, rss }));
