import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '../app.ts';
import { dkimSigner, type SignMail } from '../delivery/channels/email/dkim.ts';
import { openDkimKey } from '../delivery/channels/email/dkim-key.ts';
import { storeOf } from '../store/store.ts';
import { webRoutes } from '../surfaces/web/web-routes.ts';
import { openChannels } from './channels.ts';
import { serveLines } from './command-line.ts';
import { listen } from './listen.ts';
import { joinProcesses } from './membership.ts';
import { openPages } from './pages.ts';
import { startWork } from './work.ts';

export interface Service {
  readonly url: string;
  /** Takes no more, finishes what is in hand, closes all. Safe to call twice. */
  stop(): Promise<void>;
}

/** The service: surfaces on one port, and the loops between the ledgers and the outside. */
export async function startService(app: App): Promise<Service> {
  const { config, connection } = app;
  // A fresh name a process: what an earlier process of ours held is never taken for our own.
  const owner = `${process.pid}-${randomUUID()}`;
  const transaction = <T>(work: (store: ReturnType<typeof storeOf>) => Promise<T>) =>
    connection.transaction((trx) => work(storeOf(trx)));
  const sign = await signerOf(app);
  const membership = await joinProcesses(connection, owner, app.clock.now().toString(), app.log);
  const channels = await openChannels(app);
  const work = startWork(app, { owner, transaction, channels: channels.list, sign });
  channels.onActivity(work.wake);
  app.worldClock?.onMove(work.wake);
  const own = openPages(app, channels.dispatch, work.wake);
  const pages = [...channels.pages, ...own.routes];
  const web = await webRoutes({ log: app.log, readiness: () => readiness(app), pages });
  await channels.start();
  serveLines(app, work.wake);

  const server = createServer((request, response) => {
    if (draining) response.setHeader('connection', 'close');
    const door = channels.doorTo(request.url ?? '') ?? web.handle;
    door(request, response);
  });
  let draining = false;
  await listen(server, config.port, config.host);
  const { port } = server.address() as AddressInfo;

  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    draining = true;
    const closed = closeServer(server);
    await channels.stop();
    await work.stop();
    await membership.leave();
    await web.close();
    await own.stop();
    await closed;
    await app.close();
  };
  return {
    url: `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`,
    stop: () => (stopping ??= stop()),
  };
}

/** A key that cannot sign stops the start: nothing goes out unsigned that was to be signed (rule 23). */
async function signerOf(app: App): Promise<SignMail | null> {
  const settings = app.config.mail?.dkim ?? null;
  if (settings === null) return null;
  try {
    const { privateKey } = await openDkimKey(settings);
    return dkimSigner(settings.domain, settings.selector, privateKey);
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function readiness(app: App): Promise<readonly string[]> {
  try {
    await app.connection.db.selectFrom('installation').select('mode').executeTakeFirstOrThrow();
    return [];
  } catch {
    return ['The database does not answer.'];
  }
}

/** Idle connections are closed again and again while others drain, else a kept-alive one would hold us. */
function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  // Streams that never end by themselves (the chat page listens) are cut after a while.
  const cut = setTimeout(() => server.closeAllConnections(), 2_000);
  server.close(() => {
    clearInterval(sweep);
    clearTimeout(cut);
    resolve();
  });
  return promise;
}
