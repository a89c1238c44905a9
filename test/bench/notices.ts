import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createTransport } from 'nodemailer';
import type { Connection } from '../../db/connect.ts';
import { dkimSigner } from '../../src/delivery/channels/email/dkim.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { noticePageUrl, wrongAddressUrl } from '../../src/domain/notice-links.ts';
import { storeOf } from '../../src/store/store.ts';
import { advanceSending } from '../../src/work/advance-sending.ts';
import type { SendingWork } from '../../src/work/advance-sending-deps.ts';
import { mailPace } from '../../src/work/advance-sending-pace.ts';
import { noticeMail } from '../../templates/notices/mail.ts';
import { benchDatabase } from './bench-database.ts';
import { absolute, type Bench, type BenchContext, compared, type Figure } from './figure.ts';
import {
  CONNECTIONS,
  FROM,
  facts,
  migrationIn,
  PUBLIC_URL,
  peopleOf,
  schedule,
  sendAllOf,
  sendingWork,
} from './notices-parts.ts';

const RECIPIENTS = 6_914;
const FEW = 691;
const RUNS = 5;
/** Signing takes its time on both sides; two turns tell enough. */
const SIGNED_RUNS = 2;
const people = peopleOf(RECIPIENTS);

/**
 * A notice to 6,914 recipients with the calendar event and the ledger, its rows' making included, against the obvious way:
 * nodemailer's pool, one render and one composed mail a recipient, nothing remembered. Same sink, same connections. Then the
 * same with each mail signed (DKIM) on both sides, and what the sending process holds for ten times as many recipients.
 */
export const bench: Bench = async (context) => {
  const sink = await startSink();
  const connection = await benchDatabase(context);
  const work = sendingWork(connection, sink.port);
  try {
    const migrationId = await migrationIn(work);
    const plain = await turns(context, RUNS, {
      ours: () => rate(sink, () => sendOne(work, migrationId, connection)),
      obvious: () => rate(sink, () => obviousWay(sink.port)),
      bare: () => rate(sink, () => bareSockets(sink.port)),
    });
    const signed = await signedTurns(context, sink, connection, migrationId);
    const most = await mostSending(work, migrationId);
    const name = `${RECIPIENTS} recipients over ${CONNECTIONS} connections, ledger on`;
    const goal = context.db === 'server' ? 2 : 1.5;
    return [
      compared({ name, unit: 'mails/s', better: 'higher', goal }, plain.ours, plain.obvious),
      absolute({ name: 'the bare limit of the sink', unit: 'mails/s', better: 'higher', goal: null }, plain.bare),
      compared(
        { name: 'the same, each mail signed here (RSA, 2048 bits)', unit: 'mails/s', better: 'higher', goal: 1 },
        signed.ours,
        signed.obvious,
      ),
      absolute({ name: 'most rows sending at once', unit: 'rows', better: 'lower', goal: 3 * CONNECTIONS }, [most]),
      await memoryFigure(context, sink),
    ];
  } finally {
    await work.mailer.close();
    sink.stop();
    await connection.close();
  }
};

type Turn = Readonly<Record<'ours' | 'obvious' | 'bare', () => Promise<number>>>;

/** Mails a second of each way, turn by turn; the first turn warms up all of them. */
async function turns(context: BenchContext, runs: number, turn: Turn) {
  const rates = { ours: [] as number[], obvious: [] as number[], bare: [] as number[] };
  for (let at = 0; at <= runs; at++) {
    const obvious = await turn.obvious();
    const ours = await turn.ours();
    const bare = await turn.bare();
    if (at === 0) continue;
    rates.ours.push(ours);
    rates.obvious.push(obvious);
    rates.bare.push(bare);
    context.say(`turn ${at}: ${whole(ours)}/s against ${whole(obvious)}/s, the sink takes ${whole(bare)}/s`);
  }
  return rates;
}

async function signedTurns(context: BenchContext, sink: Sink, connection: Connection, migrationId: number) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signing = sendingWork(connection, sink.port, dkimSigner('rehearsal.example', 's1', privateKey));
  const rates = { ours: [] as number[], obvious: [] as number[] };
  for (let at = 1; at <= SIGNED_RUNS; at++) {
    rates.obvious.push(await rate(sink, () => obviousWay(sink.port, privateKey)));
    rates.ours.push(await rate(sink, () => sendOne(signing, migrationId, connection)));
    context.say(`signed, turn ${at}: ${whole(rates.ours.at(-1))}/s against ${whole(rates.obvious.at(-1))}/s`);
  }
  await signing.mailer.close();
  return rates;
}

async function sendOne(work: SendingWork, migrationId: number, connection: Connection): Promise<void> {
  const notice = await schedule(work, migrationId, people);
  await sendAllOf(work);
  await refuseUnlessAllSent(storeOf(connection.db), notice);
}

/** Each in a process of its own, turn by turn. Five per cent more would be some 200 bytes a recipient. */
async function memoryFigure({ db, folder }: BenchContext, sink: Sink): Promise<Figure> {
  const program = new URL('./notices-memory.ts', import.meta.url).pathname;
  const held = async (recipients: number) => {
    const given = [program, String(sink.port), String(recipients), db, folder];
    const { stdout } = await promisify(execFile)(process.execPath, given);
    return Number(stdout) / 1e6;
  };
  const [many, few]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 3; turn++) {
    few.push(await held(FEW));
    many.push(await held(RECIPIENTS));
  }
  const name = `memory held while sending to ${RECIPIENTS} recipients, against ${FEW}`;
  return compared({ name, unit: 'MB of heap', better: 'lower', goal: 1.05 }, many, few);
}

function whole(value = Number.NaN): string {
  return String(Math.round(value));
}

/** One more notice, not timed: the rows `sending` are counted after each claim. */
async function mostSending(work: SendingWork, migrationId: number): Promise<number> {
  const notice = await schedule(work, migrationId, people);
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

async function obviousWay(port: number, key: KeyObject | null = null): Promise<void> {
  const transport = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    maxConnections: CONNECTIONS,
    maxMessages: Number.POSITIVE_INFINITY,
    ...(key && {
      dkim: {
        domainName: 'rehearsal.example',
        keySelector: 's1',
        privateKey: String(key.export({ type: 'pkcs8', format: 'pem' })),
      },
    }),
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
          to: { name: one.name, address: one.email ?? '' },
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
