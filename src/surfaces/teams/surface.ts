import type { IncomingMessage, ServerResponse } from 'node:http';
import { App, type AppOptions, type IPlugin } from '@microsoft/teams.apps';
import type { Dispatch } from '../../dispatch.ts';
import { InFlight } from '../../kernel/in-flight.ts';
import { ACKNOWLEDGE_WITHIN, GIVE_UP_AFTER } from '../../kernel/in-time.ts';
import type { Log } from '../../kernel/log.ts';
import type { Downloads } from '../../ports/downloads.ts';
import type { UploadedFiles } from '../../ports/files.ts';
import type { Installations } from '../../ports/installations.ts';
import type { ReplayKeys } from '../../ports/replay-keys.ts';
import { TEAMS_SERVICE_ORIGINS } from '../../ports/service-urls.ts';
import { TeamsAdapter } from './adapter.ts';
import { apiFor, type TeamsApiFor } from './api-for.ts';
import { BOT_FRAMEWORK_KEYS, botKeys } from './bot-keys.ts';
import { TeamsDirectory } from './directory.ts';
import { listen } from './listeners.ts';
import { quietLogger } from './quiet-logger.ts';
import { Responder } from './responder.ts';
import { TeamsUploads } from './uploads.ts';

export interface TeamsSurfaceOptions {
  readonly appId: string;
  /** The Entra tenants whose people are let in. */
  readonly tenantIds: readonly string[];
  /** Our own token and the outgoing requests, made in the delivery room. */
  readonly token: NonNullable<AppOptions<IPlugin>['token']>;
  readonly http: NonNullable<AppOptions<IPlugin>['client']>;
  readonly dispatch: Dispatch;
  readonly replayKeys: ReplayKeys;
  readonly installations: Installations;
  readonly downloads: Downloads;
  readonly files: Pick<UploadedFiles, 'put'>;
  readonly log: Log;
  /** The system clock in milliseconds. */
  readonly now: () => number;
  /** Microsoft's own unless this is a test. */
  readonly keysUrl?: string;
  readonly serviceOrigins?: readonly string[];
  /** Where files may be fetched besides SharePoint. */
  readonly filesOrigins?: readonly string[];
  readonly acknowledgeWithin?: number;
  readonly giveUpAfter?: number;
}

export interface TeamsSurface {
  /** Answers what comes to /api/messages on the shared port. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** The Bot Connector, with our token, for a serviceUrl that may have it. */
  readonly api: TeamsApiFor;
  start(): Promise<void>;
  /** Takes no more, and resolves when what was taken is answered. */
  stop(): Promise<void>;
}

/** How long stopping waits for answers under way, in milliseconds. */
const STOP_WITHIN = 10_000;

/** Microsoft Teams as a surface: the SDK behind our own guard, with a few listeners and our one dispatch behind them. */
export function teamsSurface(options: TeamsSurfaceOptions): TeamsSurface {
  const { appId, tenantIds, log, now, installations } = options;
  const adapter = new TeamsAdapter(
    {
      appId,
      tenantIds,
      keys: botKeys({ url: options.keysUrl ?? BOT_FRAMEWORK_KEYS, now }),
      serviceOrigins: options.serviceOrigins ?? TEAMS_SERVICE_ORIGINS,
      now,
    },
    log,
  );
  const app = new App({
    clientId: appId,
    token: options.token,
    client: options.http,
    httpServerAdapter: adapter,
    // Stated, so that no setting of the environment decides it.
    dangerouslyAllowUnauthenticatedRequests: false,
    logger: quietLogger(log),
    telemetry: { agent365: false },
  });
  const api = apiFor(app);
  const inFlight = new InFlight();
  listen(app, {
    dispatch: options.dispatch,
    replayKeys: options.replayKeys,
    installations,
    downloads: options.downloads,
    api,
    directory: new TeamsDirectory(api, tenantIds, now),
    responder: new Responder(api, installations, log),
    uploads: new TeamsUploads(options.files, options.filesOrigins ?? []),
    inFlight,
    log,
    now,
    acknowledgeWithin: options.acknowledgeWithin ?? ACKNOWLEDGE_WITHIN,
    giveUpAfter: options.giveUpAfter ?? GIVE_UP_AFTER,
  });
  return {
    handle: adapter.handle,
    api,
    start: () => app.initialize(),
    stop: () => inFlight.settled(STOP_WITHIN),
  };
}
