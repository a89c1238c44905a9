import { SocketModeReceiver, type webApi } from '@slack/bolt';
import type { Log } from '../../kernel/log.ts';

/** Bolt's receiver for Socket Mode: Changeover calls Slack, so that no address of ours need be public. */
export function socketReceiver(
  appToken: string,
  apiUrl: string | undefined,
  logger: webApi.Logger,
  log: Log,
): SocketModeReceiver {
  const clientOptions = apiUrl === undefined ? {} : { slackApiUrl: apiUrl };
  const receiver = new SocketModeReceiver({ appToken, logger, installerOptions: { clientOptions } });
  outliveOddMessages(receiver.client, log);
  return receiver;
}

/**
 * The client (3.0) reads `payload.event.type` of every events message in an async listener that nobody awaits: a message
 * without one rejects there, and that ends the process. The same listener is put back with its rejection caught.
 */
function outliveOddMessages(client: SocketModeReceiver['client'], log: Log): void {
  for (const listener of client.listeners('ws_message')) {
    client.off('ws_message', listener);
    client.on('ws_message', async (...given: unknown[]) => {
      try {
        await listener(...(given as Parameters<typeof listener>));
      } catch (error) {
        log.warn({ error: String(error) }, 'a message on Slack’s socket was not understood');
      }
    });
  }
}
