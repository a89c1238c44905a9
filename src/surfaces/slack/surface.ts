import type { IncomingMessage, ServerResponse } from 'node:http';
import type { webApi } from '@slack/bolt';
import type { Dispatch } from '../../dispatch.ts';
import { InFlight } from '../../kernel/in-flight.ts';
import { ACKNOWLEDGE_WITHIN, GIVE_UP_AFTER } from '../../kernel/in-time.ts';
import type { Log } from '../../kernel/log.ts';
import type { UploadedFiles } from '../../ports/files.ts';
import type { ReplayKeys } from '../../ports/replay-keys.ts';
import { SlackDirectory } from './directory.ts';
import { listen } from './listeners.ts';
import type { SlackParts } from './parts.ts';
import { SlackReceiver } from './receiver.ts';
import { Responder } from './responder.ts';
import { socketReceiver } from './socket-receiver.ts';
import { SLACK_FILES_ORIGIN, SlackUploads } from './uploads.ts';
import { workspaceOf } from './workspace.ts';

export interface SlackSurfaceOptions {
  /** Requests come by HTTP, signed with this secret; or, with an app token, by Slack's socket, when no address is public. */
  readonly from: { readonly signingSecret: string } | { readonly appToken: string };
  /** The one client, made by `slackClient` of the delivery room; `logger` is its logger. */
  readonly client: webApi.WebClient;
  readonly logger: webApi.Logger;
  readonly dispatch: Dispatch;
  readonly replayKeys: ReplayKeys;
  readonly files: Pick<UploadedFiles, 'put'>;
  readonly log: Log;
  /** The system clock in milliseconds. */
  readonly now: () => number;
  /** Where response_urls lead, and where uploaded files may be fetched; Slack's own hosts unless this is a test or rehearsal. */
  readonly responseOrigin?: string;
  readonly filesOrigin?: string;
  readonly acknowledgeWithin?: number;
  readonly giveUpAfter?: number;
}

export interface SlackSurface {
  /** Answers what comes to /slack/… on the shared port; null in Socket Mode. */
  readonly handle: ((request: IncomingMessage, response: ServerResponse) => void) | null;
  /** Asks Slack who we are (the service starts without an answer too: it is asked again later), and opens the socket. */
  start(): Promise<void>;
  /** Takes no more, and resolves when what was taken is answered. */
  stop(): Promise<void>;
}

/** How long stopping waits for answers under way, in milliseconds. */
const STOP_WITHIN = 10_000;

export const SLACK_RESPONSE_ORIGIN = 'https://hooks.slack.com';

/** Slack as a surface: Bolt with four listeners, and our one dispatch behind them. */
export function slackSurface(options: SlackSurfaceOptions): SlackSurface {
  const { client, log, from } = options;
  const workspace = workspaceOf(client);
  const parts: SlackParts = {
    client,
    workspace,
    dispatch: options.dispatch,
    replayKeys: options.replayKeys,
    directory: new SlackDirectory(client, options.now),
    responder: new Responder(client, options.responseOrigin ?? SLACK_RESPONSE_ORIGIN, log),
    uploads: new SlackUploads(client, options.files, options.filesOrigin ?? SLACK_FILES_ORIGIN),
    log,
    acknowledgeWithin: options.acknowledgeWithin ?? ACKNOWLEDGE_WITHIN,
    giveUpAfter: options.giveUpAfter ?? GIVE_UP_AFTER,
  };
  const receiver =
    'appToken' in from
      ? socketReceiver(from.appToken, client.slackApiUrl, options.logger, log)
      : new SlackReceiver({ ...from, now: options.now, log });
  const inFlight = new InFlight();
  listen(receiver, options.logger, parts, inFlight);
  return {
    handle: receiver instanceof SlackReceiver ? receiver.handle : null,
    async start() {
      await workspace().catch((error: unknown) => log.error({ error: String(error) }, 'Slack did not answer at start'));
      await receiver.start();
    },
    async stop() {
      await receiver.stop();
      await inFlight.settled(STOP_WITHIN);
    },
  };
}
