import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { connectEmbedded, connectServer } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';
import { noticeFaults } from './notices-faults.ts';
import { Fleet, startDriver } from './notices-fleet.ts';
import { type Chaos, type ChaosContext, chance } from './result.ts';

const RECIPIENTS = 120;
const CONNECTIONS = 5;

/**
 * Kills what sends, in the middle of a fresh notice each time; the sink, which is not killed, is the witness
 * (contracts). Then, without kills, everything that a relay does to a mail.
 */
export const chaos: Chaos = async (context) => {
  const sink = await smtpSink();
  const database = await databaseFor(context);
  const random = chance(context.seed);
  const fleetAt = (smtp: string, ...more: string[]) =>
    new Fleet(() =>
      startDriver([...database.arguments, '--smtp', smtp, '--connections', String(CONNECTIONS), ...more]),
    );
  const fleet = fleetAt(sink.url);
  const totals = { hits: 0, units: 0, doubled: 0, lost: 0, unknown: 0 };
  let cut = 0;
  try {
    for (let i = 0; i < context.replicas; i++) await fleet.add();
    for (let cycle = 1; totals.hits < context.kills; cycle++) {
      const { hit, doubled, lost, unknown } = await oneCycle(fleet, sink, cycle, random);
      totals.hits += hit ? 1 : 0;
      totals.units += RECIPIENTS;
      totals.doubled += doubled;
      totals.lost += lost;
      totals.unknown += unknown;
      if (cycle % 10 === 0) context.say(`${totals.hits} kills: ${JSON.stringify(totals)}`);
    }
    await fleet.stop();
    const faulty = await noticeFaults({
      sink,
      fleetAt: (smtp) => fleetAt(smtp, '--patience', '2000'),
      say: context.say,
    });
    for (const key of ['units', 'doubled', 'lost', 'unknown'] as const) totals[key] += faulty[key];
    cut = faulty.cut;
  } finally {
    await fleet.stop();
    await sink.close();
    await database.remove();
  }
  return { ...totals, unknownAllowed: context.kills * 3 * CONNECTIONS + cut };
};

async function oneCycle(fleet: Fleet, sink: SmtpSink, cycle: number, random: () => number) {
  const at = 1 + Math.floor(random() * (RECIPIENTS - 1));
  const points = [null, null, 'after-act', 'after-settling'] as const;
  const point = points[Math.floor(random() * points.length)] ?? null;
  sink.received.length = 0;
  const started = fleet.said<{ started: number }>('started');
  const driving = fleet.said<{ driving: number }>('driving');
  let notice = -1;
  let over = false;
  const ended = fleet.said<{ ended: number; unknown: string[] }>('ended', ({ ended: id }) => id === notice);
  void ended.then(() => {
    over = true;
  });
  fleet.first().order({ begin: { cycle, recipients: RECIPIENTS } });
  notice = (await started).said.started;
  const { by } = await driving;
  if (point !== null)
    by.order({ die: { point, at: point === 'after-act' ? Math.ceil(at / 2) : 1 + Math.floor(at / 30) } });
  await until(() => over || !by.alive() || (point === null && sink.received.length >= at));
  const hit = !over;
  // One that has outlived its notice goes too: it may still be armed.
  by.kill();
  await by.gone;
  await fleet.replace(by);
  const { unknown } = (await ended).said;
  const copies = new Map<string, number>();
  for (const mail of sink.received) copies.set(mail.to, (copies.get(mail.to) ?? 0) + 1);
  const open = new Set(unknown);
  let lost = 0;
  for (let i = 0; i < RECIPIENTS; i++) {
    const to = `c${cycle}-p${i}@practice.example`;
    if (!copies.has(to) && !open.has(to)) lost += 1;
  }
  return { hit, lost, doubled: [...copies.values()].filter((count) => count > 1).length, unknown: open.size };
}

function until(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    // Not in a busy loop: the sink answers from this very process.
    const look = () => (holds() ? resolve() : setTimeout(look, 1));
    look();
  });
}

async function databaseFor(context: ChaosContext) {
  if (context.db === 'embedded') {
    const folder = `${context.folder}/data`;
    const connection = await connectEmbedded(folder);
    await migrate(connection);
    await connection.close();
    return { arguments: ['--folder', folder], remove: async () => {} };
  }
  const name = `changeover_test_${randomBytes(6).toString('hex')}`;
  const place = new URL(context.url);
  place.pathname = `/${name}`;
  await administer(context.url, `create database ${name}`);
  const connection = await connectServer(place.toString(), 2);
  await migrate(connection);
  await connection.close();
  return {
    arguments: ['--url', place.toString()],
    remove: () => administer(context.url, `drop database if exists ${name} with (force)`),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
