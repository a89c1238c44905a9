import type { IncomingMessage, ServerResponse } from 'node:http';
import { App, type Receiver, SocketModeReceiver, type webApi } from '@slack/bolt';
import type { Dispatch } from '../../dispatch.ts';
import type { Log } from '../../kernel/log.ts';
import type { UploadedFiles } from '../../ports/files.ts';
import type { ReplayKeys } from '../../ports/replay-keys.ts';
import { SlackDirectory } from './directory.ts';
import { ACKNOWLEDGE_WITHIN, GIVE_UP_AFTER } from './in-time.ts';
import { onClick } from './on-click.ts';
import { onCommand } from './on-command.ts';
import { onEvent } from './on-event.ts';
import { onSubmission } from './on-submission.ts';
import type { SlackParts } from './parts.ts';
import { SlackReceiver } from './receiver.ts';
import { Responder } from './responder.ts';
import { tellOfFault } from './tell-of-fault.ts';
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
  const http = 'signingSecret' in from ? new SlackReceiver({ ...from, now: options.now, log }) : null;
  const receiver = http ?? socketReceiver(from as { appToken: string }, options);
  listen(receiver, options, parts);
  return {
    handle: http?.handle ?? null,
    async start() {
      await workspace().catch((error: unknown) => log.error({ error: String(error) }, 'Slack did not answer at start'));
      await receiver.start();
    },
    async stop() {
      await receiver.stop();
    },
  };
}

function socketReceiver({ appToken }: { appToken: string }, { client, logger }: SlackSurfaceOptions): Receiver {
  const clientOptions = { slackApiUrl: client.slackApiUrl };
  return new SocketModeReceiver({ appToken, logger, installerOptions: { clientOptions } });
}

/** Four listeners: each costs on every request, so that verbs are told apart behind them. */
function listen(receiver: Receiver, { logger }: SlackSurfaceOptions, parts: SlackParts): void {
  const app = new App({
    receiver,
    logger,
    // The token is checked by `start`; Bolt's own check would reject where nobody listens, and end the process.
    authorize: async () => ({}),
    convoStore: false,
    ignoreSelf: false,
    attachFunctionToken: false,
  });
  app.command(/^\//, ({ body, ack }) => guarded(parts, body, ack, (done) => onCommand(parts, body, done)));
  app.action(/^bsu/, ({ body, ack }) => guarded(parts, body, ack, (done) => onClick(parts, body, done)));
  app.view(/^bsu/, ({ body, ack }) => guarded(parts, body, ack, (done) => onSubmission(parts, body, done)));
  app.event(/^(app_home_opened|file_shared)$/, ({ body }) => onEvent(parts, body));
}

/** Before the acknowledgement an error is the receiver's (a payload that is none of ours); after it, the person is told. */
async function guarded(
  parts: SlackParts,
  body: unknown,
  acknowledge: (answer?: never) => Promise<void>,
  work: (acknowledge: (answer?: unknown) => Promise<void>) => Promise<void>,
): Promise<void> {
  let acknowledged = false;
  try {
    await work(async (answer) => {
      acknowledged = true;
      await acknowledge(answer as never);
    });
  } catch (error) {
    if (!acknowledged) throw error;
    await tellOfFault(parts, body, error);
  }
}
