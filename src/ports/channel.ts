import type { Card } from '../card/card.ts';
import type { Platform } from '../domain/person.ts';

/** Where a message goes on a platform. */
export interface ChannelAddress {
  readonly tenant: string;
  readonly channelId: string;
}

/** Somebody as a platform knows them, and the name to call them by. */
export interface Named {
  readonly userId: string;
  readonly name: string;
}

/** A chat platform as a place to speak. Cards are at least once: after an unknown outcome look before posting again. */
export interface Channel {
  readonly platform: Platform;
  /** Cards there can show each person their own buttons: `post` and `edit` are told for whom these may differ. */
  readonly ownButtons?: true;
  /** `key` goes along as metadata, so that `find` can recognise the message. */
  post(to: ChannelAddress, card: Card, key: string, audience?: readonly string[]): Promise<ChannelOutcome>;
  edit(
    to: ChannelAddress,
    messageId: string,
    card: Card,
    key: string,
    audience?: readonly string[],
  ): Promise<ChannelOutcome>;
  /** A new message in the thread of `messageId` (or in the channel), naming whom it needs. */
  say(
    to: ChannelAddress,
    messageId: string | null,
    text: string,
    people: readonly Named[],
    key: string,
  ): Promise<ChannelOutcome>;
  /** The same with a file; left out where the platform takes none from us: then only the words are said. */
  readonly file?: (
    to: ChannelAddress,
    messageId: string | null,
    text: string,
    file: ChannelFile,
    key: string,
  ) => Promise<ChannelOutcome>;
  /** The id of the message that carries this key, or null. */
  find(to: ChannelAddress, key: string): Promise<string | null>;
}

export interface ChannelFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

export type ChannelOutcome =
  | { readonly kind: 'done'; readonly messageId: string }
  | {
      readonly kind: 'retry';
      readonly afterSeconds: number | null;
      readonly reason: string;
      /** `limit`: the platform wants fewer messages there. `person`: somebody must put it right; `reason` is a sentence that says how. */
      readonly because?: 'limit' | 'person';
    }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The message to edit is not there any more: post it anew. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** It will never be taken there. `channel`: nothing will, because the channel itself is gone; `reason` is a sentence then. */
  | { readonly kind: 'final'; readonly reason: string; readonly because?: 'channel' };
