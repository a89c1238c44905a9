import { App, type Receiver, type webApi } from '@slack/bolt';
import type { InFlight } from '../../kernel/in-flight.ts';
import { onClick } from './on-click.ts';
import { onCommand } from './on-command.ts';
import { onEvent } from './on-event.ts';
import { onSubmission } from './on-submission.ts';
import type { SlackParts } from './parts.ts';
import { tellOfFault } from './tell-of-fault.ts';

/** Four listeners: each costs on every request, so that verbs are told apart behind them. */
export function listen(receiver: Receiver, logger: webApi.Logger, parts: SlackParts, inFlight: InFlight): void {
  const app = new App({
    receiver,
    logger,
    // The token is checked by `start`; Bolt's own check would reject where nobody listens, and end the process.
    authorize: async () => ({}),
    convoStore: false,
    ignoreSelf: false,
    attachFunctionToken: false,
  });
  const guard = (body: unknown, ack: Acknowledge, work: Work) => inFlight.track(guarded(parts, body, ack, work));
  app.command(/^\//, ({ body, ack }) => guard(body, ack, (done) => onCommand(parts, body, done)));
  app.action(/^bsu/, ({ body, ack }) => guard(body, ack, (done) => onClick(parts, body, done)));
  app.view(/^bsu/, ({ body, ack }) => guard(body, ack, (done) => onSubmission(parts, body, done)));
  app.event(/^(app_home_opened|file_shared|app_uninstalled|tokens_revoked)$/, ({ body }) =>
    inFlight.track(onEvent(parts, body)),
  );
}

/** Bolt's own, whatever it takes. */
type Acknowledge = (answer?: never) => Promise<void>;
type Work = (acknowledge: (answer?: unknown) => Promise<void>) => Promise<void>;

/** Before the acknowledgement an error is the receiver's (a payload that is none of ours); after it, the person is told. */
async function guarded(parts: SlackParts, body: unknown, acknowledge: Acknowledge, work: Work): Promise<void> {
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
