import type { Card } from '../../../card/card.ts';
import { slackText, toSlackBlocks } from '../../../card/slack-blocks.ts';
import { escaped } from '../../../card/slack-text.ts';
import type { Channel, ChannelAddress, ChannelFile, ChannelOutcome, Named } from '../../../ports/channel.ts';
import type { SlackClient } from './client.ts';
import { failureOf } from './outcome.ts';

const CARD_EVENT = 'changeover_card';
const USER_ID = /^[UW][A-Z0-9]{2,20}$/;
/** How far back a card is looked for. */
const LOOK_BACK_MESSAGES = 200;
/** A new installation wakes what waits for it; this is for the case that it did not. */
const NOT_INSTALLED_SECONDS = 300;
const NOT_INSTALLED =
  'Changeover is not installed in this Slack workspace any more. An administrator installs it again with a link from /bsu workspaces add.';

/** Slack as a place to speak: posts cards and edits them. Never throws for what Slack or the network does. */
export class SlackChannel implements Channel {
  readonly platform = 'slack';
  readonly #clientOf: ClientOf;

  constructor(clientOf: ClientOf) {
    this.#clientOf = clientOf;
  }

  post(to: ChannelAddress, card: Card, key: string): Promise<ChannelOutcome> {
    return this.#call(to, (client) =>
      client.chat.postMessage({ ...message(card, key), channel: to.channelId, ...QUIET_LINKS }),
    );
  }

  edit(to: ChannelAddress, messageId: string, card: Card, key: string): Promise<ChannelOutcome> {
    return this.#call(to, (client) =>
      client.chat.update({ ...message(card, key), channel: to.channelId, ts: messageId }),
    );
  }

  say(
    to: ChannelAddress,
    messageId: string | null,
    text: string,
    people: readonly Named[],
    key: string,
  ): Promise<ChannelOutcome> {
    const named = people.filter(({ userId }) => USER_ID.test(userId)).map(({ userId }) => `<@${userId}>`);
    return this.#call(to, (client) =>
      client.chat.postMessage({
        channel: to.channelId,
        text: [...named, escaped(text)].join(' '),
        metadata: metadata(key),
        ...(messageId === null ? {} : { thread_ts: messageId }),
        ...QUIET_LINKS,
      }),
    );
  }

  file(to: ChannelAddress, messageId: string | null, text: string, file: ChannelFile): Promise<ChannelOutcome> {
    const upload = { filename: file.name, content: file.text, title: file.name, initial_comment: escaped(text) };
    const where = { channel_id: to.channelId, ...(messageId === null ? {} : { thread_ts: messageId }) };
    return this.#call(to, async (client) => {
      await client.files.uploadV2({ ...where, ...upload } as Parameters<SlackClient['files']['uploadV2']>[0]);
      // Slack shares the file a moment later and does not say in which message.
      return { ts: file.name };
    });
  }

  /** Needs a history scope, which is optional (docs/slack.md): without it nothing is found. */
  async find(to: ChannelAddress, key: string): Promise<string | null> {
    try {
      const client = await this.#clientOf(to.tenant);
      const { messages } = await (client ?? noClient(to)).conversations.history({
        channel: to.channelId,
        limit: LOOK_BACK_MESSAGES,
        include_all_metadata: true,
      });
      return messages?.find((one) => keyOf(one) === key)?.ts ?? null;
    } catch (error) {
      const failure = failureOf(error);
      // No permission to look, or nothing there to look into.
      if (failure.kind === 'final' || (failure.kind === 'retry' && failure.because === 'person')) return null;
      throw error;
    }
  }

  /** What cannot be said for want of a token waits for the next installation: nothing is lost. */
  async #call(to: ChannelAddress, say: (client: SlackClient) => Promise<{ ts?: string }>): Promise<ChannelOutcome> {
    const client = await this.#clientOf(to.tenant);
    if (!client)
      return { kind: 'retry', afterSeconds: NOT_INSTALLED_SECONDS, because: 'person', reason: NOT_INSTALLED };
    return outcomeOf(() => say(client));
  }
}

/** The client that holds the token of a workspace; null where Changeover is not installed (any more). */
export type ClientOf = (tenant: string) => Promise<SlackClient | null>;

function noClient({ tenant }: ChannelAddress): never {
  throw new Error(`Changeover is not installed in the Slack workspace ${tenant}.`);
}

/** No preview is drawn of a link: a personal link must not be opened by a machine. */
const QUIET_LINKS = { unfurl_links: false, unfurl_media: false };

function message(card: Card, key: string) {
  return { text: slackText(card), blocks: toSlackBlocks(card), metadata: metadata(key) };
}

function metadata(key: string) {
  return { event_type: CARD_EVENT, event_payload: { key } };
}

function keyOf(found: { metadata?: { event_payload?: object } }): unknown {
  const payload: { key?: unknown } = found.metadata?.event_payload ?? {};
  return payload.key;
}

async function outcomeOf(call: () => Promise<{ ts?: string }>): Promise<ChannelOutcome> {
  try {
    const { ts } = await call();
    return ts === undefined
      ? { kind: 'unknown', reason: 'Slack gave no message id.' }
      : { kind: 'done', messageId: ts };
  } catch (error) {
    return failureOf(error);
  }
}
