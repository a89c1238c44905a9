import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { connectEmbedded, connectServer } from '../../db/connect.ts';
import { joinProcesses } from '../../src/app/membership.ts';
import { smtpMailer } from '../../src/delivery/channels/email/mailer.ts';
import { RELAY_TIMEOUTS, relayFrom } from '../../src/delivery/channels/email/relay.ts';
import { audienceOf, EVERYBODY } from '../../src/domain/audience.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { type Store, storeOf } from '../../src/store/store.ts';
import { startSendingLoop } from '../../src/work/advance-sending-loop.ts';
import { factsOf } from '../support/notice-facts.ts';

/**
 * The process that is killed: the real store, sending loop, mailer and liveness on the database that it is given. It says each
 * step as a line of JSON. `die` kills it at a point on purpose: after a mail went out and before that is written, or right
 * after something was written.
 */
export type Order =
  | { readonly begin: { readonly cycle: number; readonly recipients: number } }
  /** What waits for another try is due at once: nobody waits for a back-off here. */
  | { readonly again: true }
  | { readonly die: { readonly point: 'after-act' | 'after-settling'; readonly at: number } | null };

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    url: { type: 'string' },
    smtp: { type: 'string', default: '' },
    connections: { type: 'string', default: '5' },
    patience: { type: 'string', default: String(RELAY_TIMEOUTS.send) },
  },
});
const connection = values.url ? await connectServer(values.url, 6) : await connectEmbedded(values.folder ?? '');
const owner = `${process.pid}-${process.hrtime.bigint()}`;
await joinProcesses(connection, owner, systemClock.now().toString(), silentLog);
const store = storeOf(connection.db);
const from = 'notices@rehearsal.example';
const smtp = smtpMailer(
  { ...relayFrom(values.smtp), timeouts: { ...RELAY_TIMEOUTS, send: Number(values.patience) } },
  from,
  Number(values.connections),
);

let die: Extract<Order, { die: unknown }>['die'] = null;
let mails = 0;
let writes = 0;
let said = 0;
/** Mails that wait for another try, as written. */
let putOff = 0;

const loop = startSendingLoop({
  transaction: <T>(work: (inside: Store) => Promise<T>) => connection.transaction((trx) => work(storeOf(trx))),
  ledger: {
    ...store.deliveryLedger,
    async claim(noticeId, by, limit) {
      const claimed = await store.deliveryLedger.claim(noticeId, by, limit);
      if (claimed.length > 0 && said !== noticeId) {
        said = noticeId;
        say({ driving: noticeId });
      }
      return claimed;
    },
    async settle(by, results, at) {
      await store.deliveryLedger.settle(by, results, at);
      writes += 1;
      putOff += results.filter((one) => one.status === 'queued').length;
      if (putOff > 0) say({ putOff });
      if (die?.point === 'after-settling' && writes >= die.at) process.kill(process.pid, 'SIGKILL');
    },
  },
  mailer: {
    ...smtp,
    async send(prepared, personal) {
      const outcome = await smtp.send(prepared, personal);
      mails += 1;
      if (die?.point === 'after-act' && mails >= die.at) process.kill(process.pid, 'SIGKILL');
      return outcome;
    },
  },
  clock: systemClock,
  owner,
  log: silentLog,
  publicUrl: 'https://changeover.example',
  from,
  posted: () => void tell(),
});

/** Says when the newest notice has come to its end, and which of its mails are unknown. */
async function tell(): Promise<void> {
  const notice = (await store.notices.list(1)).at(-1);
  if (notice?.status !== 'finished') return;
  const unknown = await store.deliveries.inStates(notice.id, ['unknown']);
  const failed = await store.deliveries.inStates(notice.id, ['failed']);
  say({
    ended: notice.id,
    unknown: unknown.map((one) => one.email),
    failed: failed.map((one) => one.email),
    counts: (await store.deliveries.counts(notice.id)).all,
  });
}

async function begin({ cycle, recipients }: Extract<Order, { begin: unknown }>['begin']): Promise<void> {
  const now = systemClock.now().toString();
  await migrationIn(now);
  const rows = Array.from({ length: recipients }, (_, at) => ({
    code: `C${cycle}P${at}`,
    name: `Surgery ${at}`,
    kind: 'referrer' as const,
    email: `c${cycle}-p${at}@practice.example`,
    telephone: null,
    language: 'en' as const,
    from: null,
    to: null,
    list: 'chaos',
  }));
  const notice = await connection.transaction((trx) =>
    storeOf(trx).notices.create(
      {
        migrationId: 1,
        planId: null,
        kind: 'planned',
        test: false,
        token: `chaos-${cycle}-${'x'.repeat(16)}`,
        contentHash: `chaos ${cycle}`,
        facts: factsOf('planned'),
        serviceList: [],
        dueAt: now,
        mailsPerMinute: null,
        createdBy: 1,
        createdAt: now,
        replaces: null,
      },
      audienceOf(EVERYBODY, rows, [], now.slice(0, 10)).members,
    ),
  );
  say({ started: notice.id });
  loop.wake();
}

async function again(): Promise<void> {
  await connection.db
    .updateTable('delivery')
    .set({ due_at: sql`clock_timestamp()` })
    .where('status', '=', 'queued')
    .execute();
  loop.wake();
}

async function migrationIn(now: string): Promise<void> {
  if ((await store.migrations.byId(1)) !== null) return;
  const person = await store.people.add({ name: 'Chaos', email: 'chaos@rehearsal.example', telephone: null }, now);
  const provider = { providerOrg: 'XR1', providerName: 'Rehearsal Hospitals NHS Trust', zone: 'Europe/London' };
  const systems = { oldAsids: ['200000000220'], newAsid: '200000001337', newOrg: null };
  await store.migrations.start({ name: 'Chaos', ...provider, ...systems }, person.id, now);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line) as Order;
  if ('begin' in order) return void begin(order.begin);
  if ('again' in order) return void again();
  die = order.die;
  mails = 0;
  writes = 0;
});
process.stdin.on('end', () => process.exit(0));
// A killed process leaves no compiled code behind for the next one.
flushCompileCache();
say({ ready: true });
void tell();

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
