import { connect, createServer, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { type Connection, connectServer } from '../../../db/connect.ts';
import { createDispatch } from '../../../src/dispatch.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { replayKeyStore } from '../../../src/store/replay-keys.ts';
import { onServer } from '../../support/database.ts';
import { NO_FILES } from '../../support/office.ts';
import { SlackOffice } from '../../support/slack-office.ts';
import { typedCommand } from '../../support/slack-payloads.ts';
import { sendSigned } from '../../support/slack-request.ts';

let door: SlackOffice;
afterEach(() => door.close());

it('29: with the database gone a plain sentence is the answer', async () => {
  const way = await wayTo(null);
  await way.close();
  await openDoor(await connectServer(`postgres://nobody@127.0.0.1:${way.port}/nothing`));
  expect(await type()).toContain('nothing was changed');
});

it('29: with a database that takes no connection it is acknowledged in time, and the sentence follows', async () => {
  const way = await wayTo(null);
  await openDoor(await connectServer(`postgres://nobody@127.0.0.1:${way.port}/nothing`), 50);
  expect(await type()).toContain('Working on it');
  await door.settled();
  expect(door.slack.responses[0]?.body.text).toContain('nothing was changed');
  await way.close();
});

onServer('a database that was there', (database) => {
  const through = async (acknowledgeWithin?: number) => {
    const { db } = await database.open();
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
    const place = new URL(process.env.TEST_DATABASE_URL ?? '');
    const way = await wayTo(new URL(place));
    place.pathname = `/${rows[0]?.name}`;
    place.host = `127.0.0.1:${way.port}`;
    await openDoor(await connectServer(place.href), acknowledgeWithin);
    expect(await type()).toContain('know you yet');
    return way;
  };

  it('29: is gone: a plain sentence is the answer; it is back: the verbs are too', async () => {
    const way = await through();
    await way.close();
    expect(await type()).toMatch(/nothing was changed|Nothing was changed/);
    await way.open();
    expect(await type()).toContain('know you yet');
    await way.close();
  });

  it('29: hangs: it is acknowledged in time, and the person is told that no answer came', async () => {
    const way = await through(400);
    way.freeze();
    expect(await type()).toContain('Working on it');
    await door.settled();
    expect(door.slack.responses.at(-1)?.body.text).toContain('no answer');
    await way.close();
  });
});

async function openDoor(connection: Connection, acknowledgeWithin = 1_500): Promise<void> {
  const bankHolidays = { source: 'a test', coveredFrom: '2026-01-01', coveredTo: '2027-12-31', days: new Map() };
  door = await new SlackOffice().open({
    dispatch: createDispatch({
      connection,
      commands,
      clock: systemClock,
      bankHolidays,
      intake: NO_FILES,
      log: silentLog,
      mode: 'service',
    }),
    replayKeys: replayKeyStore(connection.db),
    acknowledgeWithin,
    giveUpAfter: 2_000,
  });
}

async function type(): Promise<string> {
  return (await sendSigned(door.url, typedCommand('people', { slackUrl: door.slack.url }))).text();
}

interface Way {
  readonly port: number;
  /** Passes nothing on any more, and says nothing either. */
  freeze(): void;
  close(): Promise<void>;
  open(): Promise<void>;
}

/** A way to a server that can be cut and frozen; without a server it takes connections and stays silent. */
async function wayTo(server: URL | null): Promise<Way> {
  const taken = new Set<Socket>();
  let frozen = false;
  const listener = createServer((near) => {
    taken.add(near.on('error', () => {}));
    if (server === null) return;
    const far = connect(Number(server.port || 5432), server.hostname).on('error', () => near.destroy());
    taken.add(far);
    near.on('data', (data) => frozen || far.write(data)).on('close', () => far.destroy());
    far.on('data', (data) => frozen || near.write(data)).on('close', () => near.destroy());
  });
  let port = 0;
  const open = async () => {
    await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
    const address = listener.address();
    port = typeof address === 'object' && address ? address.port : 0;
  };
  await open();
  return {
    port,
    open,
    freeze() {
      frozen = true;
    },
    close() {
      for (const socket of taken) socket.destroy();
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
}
