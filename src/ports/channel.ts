import type { Card } from '../card/card.ts';
import type { Platform } from '../domain/person.ts';

/** Where a message goes on a platform. */
export interface ChannelAddress {
  readonly tenant: string;
  readonly channelId: string;
}

/** A chat platform as a place to speak. Cards are at least once: after an unknown outcome look before posting again. */
export interface Channel {
  readonly platform: Platform;
  /** `key` goes along as metadata, so that `find` can recognise the message. */
  post(to: ChannelAddress, card: Card, key: string): Promise<ChannelOutcome>;
  edit(to: ChannelAddress, messageId: string, card: Card, key: string): Promise<ChannelOutcome>;
  /** A new message in the thread of `messageId` (or in the channel), naming whom it needs by platform user id. */
  say(
    to: ChannelAddress,
    messageId: string | null,
    text: string,
    userIds: readonly string[],
    key: string,
  ): Promise<ChannelOutcome>;
  /** The id of the message that carries this key, or null. */
  find(to: ChannelAddress, key: string): Promise<string | null>;
}

export type ChannelOutcome =
  | { readonly kind: 'done'; readonly messageId: string }
  | { readonly kind: 'retry'; readonly afterSeconds: number | null; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The message to edit is not there any more: post it anew. */
  | { readonly kind: 'gone'; readonly reason: string }
  | { readonly kind: 'final'; readonly reason: string };
