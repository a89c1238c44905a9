import type { types } from '@slack/bolt';
import type { Card } from '../../card/card.ts';
import { slackText, toSlackBlocks } from '../../card/slack-blocks.ts';
import type { Log } from '../../kernel/log.ts';
import type { Asker } from './incoming.ts';
import type { Workspaces } from './workspaces.ts';

/** How long one answer may take, in milliseconds. */
const TIMEOUT = 5_000;

/** A message that only the asker sees. */
export interface PrivateMessage {
  readonly response_type: 'ephemeral';
  readonly replace_original: false;
  readonly text: string;
  readonly blocks?: types.KnownBlock[];
}

export function privately(card: Card): PrivateMessage {
  return { response_type: 'ephemeral', replace_original: false, text: slackText(card), blocks: toSlackBlocks(card) };
}

export function privateText(text: string): PrivateMessage {
  return { response_type: 'ephemeral', replace_original: false, text };
}

/**
 * Answers after the acknowledgement: by the request's own response_url, else by a direct message, so that nobody is left with
 * nothing. A response_url is a bearer secret: it is not logged, and only Slack's own host is answered.
 */
export class Responder {
  readonly #workspaces: Workspaces;
  readonly #origin: string;
  readonly #log: Log;

  constructor(workspaces: Workspaces, origin: string, log: Log) {
    this.#workspaces = workspaces;
    this.#origin = origin;
    this.#log = log;
  }

  /** Never rejects. */
  async tell(asker: Asker, responseUrl: string | null, message: PrivateMessage): Promise<void> {
    if (responseUrl !== null && (await this.#respond(responseUrl, message))) return;
    const { text, blocks } = message;
    try {
      const { client } = await this.#workspaces.of(asker.installed);
      const rest = { unfurl_links: false, ...(blocks ? { blocks } : {}) };
      await client.chat.postMessage({ channel: asker.userId, text, ...rest });
    } catch (error) {
      this.#log.error({ error: String(error) }, 'an answer could not be given in Slack');
    }
  }

  async #respond(responseUrl: string, message: PrivateMessage): Promise<boolean> {
    try {
      if (new URL(responseUrl).origin !== this.#origin) return false;
      const response = await fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      await response.body?.cancel();
      return response.ok;
    } catch (error) {
      this.#log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'a response_url took no answer');
      return false;
    }
  }
}
