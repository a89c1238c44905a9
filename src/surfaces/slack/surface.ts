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
import type { Workspaces } from './workspaces.ts';

export interface SlackSurfaceOptions {
  /** Requests come by HTTP, signed with this secret; or, with an app token, by Slack's socket, when no address is public. */
  readonly from: { readonly signingSecret: string } | { readonly appToken: string; readonly apiUrl?: string };
  /** Made by the delivery room; `logger` is its clients' logger. */
  readonly workspaces: Workspaces;
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
  /** Opens the socket, in Socket Mode. */
  start(): Promise<void>;
  /** Takes no more, and resolves when what was taken is answered. */
  stop(): Promise<void>;
}

/** How long stopping waits for answers under way, in milliseconds. */
const STOP_WITHIN = 10_000;

export const SLACK_RESPONSE_ORIGIN = 'https://hooks.slack.com';

/** Slack as a surface: Bolt with four listeners, and our one dispatch behind them. */
export function slackSurface(options: SlackSurfaceOptions): SlackSurface {
  const { workspaces, log, from } = options;
  const parts: SlackParts = {
    workspaces,
    dispatch: options.dispatch,
    replayKeys: options.replayKeys,
    directory: new SlackDirectory(options.now),
    responder: new Responder(workspaces, options.responseOrigin ?? SLACK_RESPONSE_ORIGIN, log),
    uploads: new SlackUploads(options.files, options.filesOrigin ?? SLACK_FILES_ORIGIN),
    log,
    acknowledgeWithin: options.acknowledgeWithin ?? ACKNOWLEDGE_WITHIN,
    giveUpAfter: options.giveUpAfter ?? GIVE_UP_AFTER,
  };
  const receiver =
    'appToken' in from
      ? socketReceiver(from.appToken, from.apiUrl, options.logger, log)
      : new SlackReceiver({ ...from, now: options.now, log });
  const inFlight = new InFlight();
  listen(receiver, options.logger, parts, inFlight);
  return {
    handle: receiver instanceof SlackReceiver ? receiver.handle : null,
    async start() {
      await receiver.start();
    },
    async stop() {
      await receiver.stop();
      await inFlight.settled(STOP_WITHIN);
    },
  };
}
