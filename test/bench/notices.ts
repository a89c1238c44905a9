import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createTransport } from 'nodemailer';
import { smtpMailer } from '../../src/delivery/channels/email/mailer.ts';
import { relayFrom } from '../../src/delivery/channels/email/relay.ts';
import { audienceOf, EVERYBODY } from '../../src/domain/audience.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { noticePageUrl, wrongAddressUrl } from '../../src/domain/notice-links.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { storeOf } from '../../src/store/store.ts';
import { advanceSending } from '../../src/work/advance-sending.ts';
import type { SendingWork } from '../../src/work/advance-sending-deps.ts';
import { mailPace } from '../../src/work/advance-sending-pace.ts';
import { noticeMail } from '../../templates/notices/mail.ts';
import { factsOf } from '../support/notice-facts.ts';
import { benchDatabase } from './bench-database.ts';
import { absolute, type Bench, compared } from './figure.ts';

const RECIPIENTS = 6_914;
const COMMISSIONERS = 42;
const CONNECTIONS = 20;
const RUNS = 5;
const FROM = 'notices@rehearsal.example';
const PUBLIC_URL = 'https://changeover.example';

/**
 * A notice to 6,914 recipients with the calendar event and the ledger, its rows' making included, against the obvious way:
 * nodemailer's pool, one render and one composed mail a recipient, nothing remembered. Same sink, same connections.
 */
export const bench: Bench = async (context) => {
  const sink = await startSink();
  const connection = await benchDatabase(context);
  const relay = relayFrom(`smtp://127.0.0.1:${sink.port}`);
  const mailer = smtpMailer(relay, FROM, CONNECTIONS);
  const store = storeOf(connection.db);
  const work: SendingWork = {
    transaction: (inside) => connection.transaction((trx) => inside(storeOf(trx))),
    ledger: store.deliveryLedger,
    mailer,
    clock: systemClock,
    owner: 'bench',
    log: silentLog,
    publicUrl: PUBLIC_URL,
    from: FROM,
  };
  const ours: number[] = [];
  const obvious: number[] = [];
  const bare: number[] = [];
  let warm = 0;
  try {
    const migrationId = await migrationIn(store);
    for (let turn = 0; turn <= RUNS; turn++) {
      const theirs = await rate(sink, () => obviousWay(sink.port));
      const own = await rate(sink, async () => {
        const notice = await schedule(work, migrationId);
        await advanceSending(work, {
          stopping: () => false,
          pace: mailPace(() => performance.now()),
          touched: new Map(),
        });
        await refuseUnlessAllSent(store, notice);
      });
      const limit = await rate(sink, () => bareSockets(sink.port));
      // The first turn warms up all three.
      if (turn === 0) {
        warm = memory();
        continue;
      }
      obvious.push(theirs);
      ours.push(own);
      bare.push(limit);
      context.say(
        `turn ${turn}: ${Math.round(own)}/s against ${Math.round(theirs)}/s, the sink takes ${Math.round(limit)}/s`,
      );
    }
    const most = await mostSending(work, migrationId);
    const name = `${RECIPIENTS} recipients over ${CONNECTIONS} connections, ledger on`;
    const goal = context.db === 'server' ? 2 : 1.5;
    return [
      compared({ name, unit: 'mails/s', better: 'higher', goal }, ours, obvious),
      absolute({ name: 'the bare limit of the sink', unit: 'mails/s', better: 'higher', goal: null }, bare),
      absolute({ name: 'most rows sending at once', unit: 'rows', better: 'lower', goal: 3 * CONNECTIONS }, [most]),
      absolute({ name: 'memory after all turns', unit: 'MB', better: 'lower', goal: null }, [memory()]),
      absolute({ name: 'of that, grown since the first turn', unit: 'MB', better: 'lower', goal: null }, [
        memory() - warm,
      ]),
    ];
  } finally {
    await mailer.close();
    sink.stop();
    await connection.close();
  }
};

/** One more notice, not timed: the rows `sending` are counted after each claim. */
async function mostSending(work: SendingWork, migrationId: number): Promise<number> {
  const notice = await schedule(work, migrationId);
  let most = 0;
  const counting: SendingWork = {
    ...work,
    ledger: {
      ...work.ledger,
      async claim(...given) {
        const claimed = await work.ledger.claim(...given);
        const { all } = await work.transaction((store) => store.deliveries.counts(notice.id));
        most = Math.max(most, all.sending);
        return claimed;
      },
    },
  };
  await advanceSending(counting, {
    stopping: () => most > 0 && stopAfter-- <= 0,
    pace: mailPace(() => performance.now()),
    touched: new Map(),
  });
  return most;
}

/** Enough claims to fill every connection many times over; counting is slow. */
let stopAfter = 60;

const people = Array.from({ length: RECIPIENTS }, (_, at) => ({
  code: `P${String(at).padStart(5, '0')}`,
  name: `Surgery number ${at}`,
  kind: at < COMMISSIONERS ? ('commissioner' as const) : ('referrer' as const),
  email: `p${at}@practice.example`,
  telephone: null,
  from: null,
  to: null,
  list: 'bench.csv',
}));
const facts = factsOf('planned');

async function obviousWay(port: number): Promise<void> {
  const transport = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    maxConnections: CONNECTIONS,
    maxMessages: Number.POSITIVE_INFINITY,
  });
  const queue = people.values();
  const token = 'x'.repeat(32);
  await Promise.all(
    Array.from({ length: CONNECTIONS * 2 }, async () => {
      for (const one of queue) {
        const mail = noticeMail(
          facts,
          { page: noticePageUrl(PUBLIC_URL, token), from: FROM },
          {
            name: `${one.name}, ${one.code}`,
            why: 'list bench.csv',
            wrongAddress: wrongAddressUrl(PUBLIC_URL, token, 1),
          },
        );
        await transport.sendMail({
          from: FROM,
          to: { name: one.name, address: one.email },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          attachments: [
            {
              filename: 'e-rs-outage.ics',
              content: mail.calendar?.text ?? '',
              contentType: 'text/calendar; method=PUBLISH',
            },
          ],
        });
      }
    }),
  );
  transport.close();
}

async function schedule(work: SendingWork, migrationId: number): Promise<Notice> {
  const now = work.clock.now().toString();
  const { members } = audienceOf(EVERYBODY, people, [], now.slice(0, 10));
  return work.transaction((store) =>
    store.notices.create(
      {
        migrationId,
        planId: null,
        kind: 'planned',
        test: false,
        token: `bench-${performance.now()}-${'x'.repeat(16)}`,
        contentHash: `bench ${performance.now()}`,
        facts,
        serviceList: [],
        dueAt: now,
        mailsPerMinute: null,
        createdBy: 1,
        createdAt: now,
        replaces: null,
      },
      members,
    ),
  );
}

async function refuseUnlessAllSent(store: ReturnType<typeof storeOf>, notice: Notice): Promise<void> {
  const { all } = await store.deliveries.counts(notice.id);
  if (all.sent !== RECIPIENTS) throw new Error(`Only ${all.sent} of ${RECIPIENTS} were sent: ${JSON.stringify(all)}`);
}

/** What the sink itself can take: the same size of message, pipelined, from nothing but sockets. */
async function bareSockets(port: number): Promise<void> {
  const { connect } = await import('node:net');
  const body = `${'x'.repeat(74)}\r\n`.repeat(150);
  let left = RECIPIENTS;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      socket.on('error', reject);
      socket.on('close', () => resolve());
      let seen = '';
      let greeted = false;
      const next = () => {
        if (left-- <= 0) return socket.end('QUIT\r\n');
        socket.write(`MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n`);
      };
      socket.on('data', (chunk) => {
        seen += chunk.toString('latin1');
        if (!greeted) {
          if (!seen.includes('220 ')) return;
          greeted = true;
          seen = '';
          return next();
        }
        if (seen.includes('354 ')) {
          seen = '';
          socket.write(`${body}.\r\n`);
        } else if (seen.includes('250 kept')) {
          seen = '';
          next();
        }
      });
      return promise;
    }),
  );
}

interface Sink {
  readonly port: number;
  count(): Promise<number>;
  stop(): void;
}

async function startSink(): Promise<Sink> {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [
    new URL('./notices-sink.ts', import.meta.url).pathname,
  ]);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const read = async () => Number((await lines.next()).value);
  const port = await read();
  return {
    port,
    count() {
      child.stdin.write('count\n');
      return read();
    },
    stop: () => child.stdin.end(),
  };
}

/** Mails a second, by what the sink has received. */
async function rate(sink: Sink, sending: () => Promise<unknown>): Promise<number> {
  await sink.count();
  const from = performance.now();
  await sending();
  const seconds = (performance.now() - from) / 1000;
  const received = await sink.count();
  if (received !== RECIPIENTS) throw new Error(`The sink received ${received} of ${RECIPIENTS}.`);
  return received / seconds;
}

async function migrationIn(store: ReturnType<typeof storeOf>): Promise<number> {
  const now = systemClock.now().toString();
  const person = await store.people.add({ name: 'The bench', email: 'bench@rehearsal.example', telephone: null }, now);
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
    now,
  );
  return migration.id;
}

function memory(): number {
  return process.memoryUsage().rss / 1024 / 1024;
}
