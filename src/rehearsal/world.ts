import { fastify } from 'fastify';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { worldApi } from './api/world-api.ts';
import { automation } from './automation/automation.ts';
import { bookingPages } from './ers/booking-pages.ts';
import { bulkScreen } from './ers/bulk-screen.ts';
import { contactPages } from './ers/contact-pages.ts';
import { logInPages } from './ers/log-in.ts';
import { servicePages } from './ers/service-pages.ts';
import { inboxPages } from './inbox/inbox-pages.ts';
import { startSink } from './inbox/sink.ts';
import { worldMemory } from './memory.ts';
import { pasPages } from './pas/pas-pages.ts';
import { createWorld } from './rooms.ts';
import { sampleSeed } from './sample-data.ts';
import { slackFake } from './slack/slack-fake.ts';
import { startPage } from './start-page.ts';
import { serveAssets } from './web/assets.ts';
import { readForms } from './web/forms.ts';
import { thisMachineOnly } from './web/this-machine.ts';

export interface WorldOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly smtpPort: number;
  /** The secret that the automation's requests are signed with. */
  readonly executorSecret: string;
  readonly clock?: Clock;
  /** Directly bookable services of the sample provider. */
  readonly size: number;
  /** Where the clock and the services' links are kept from one start to the next; left out: nowhere. */
  readonly memoryFolder?: string;
}
export interface RunningWorld {
  readonly url: string;
  readonly smtpUrl: string;
  stop(): Promise<void>;
}

/** Starts e-RS, the PAS, the inbox, the Slack fake, the counters and the clock on one HTTP port, and SMTP on another. */
export async function startWorld(options: WorldOptions): Promise<RunningWorld> {
  const world = createWorld(options.clock ?? systemClock, sampleSeed(options.size));
  const memory = options.memoryFolder === undefined ? null : worldMemory(world, options.memoryFolder);
  const keeping = setInterval(() => memory?.keep(), 1000).unref();
  const app = fastify({ forceCloseConnections: true });
  app.addHook('onRequest', async () => world.counters.count('requests'));
  thisMachineOnly(app);
  readForms(app);
  serveAssets(app);
  startPage(app, world, options.size);
  logInPages(app, world);
  bulkScreen(app, world);
  servicePages(app, world);
  contactPages(app, world);
  bookingPages(app, world);
  pasPages(app, world);
  inboxPages(app, world);
  automation(app, world, options.executorSecret);
  slackFake(app, world);
  worldApi(app, world);
  const sink = await startSink(world, options.host, options.smtpPort, world.onReset);
  const url = await app.listen({ host: options.host, port: options.port });
  return {
    url,
    smtpUrl: `smtp://${options.host}:${sink.port}`,
    stop: async () => {
      clearInterval(keeping);
      memory?.keep();
      world.clock.release();
      await Promise.all([app.close(), sink.stop()]);
    },
  };
}
