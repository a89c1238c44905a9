import type { Card } from '../card/card.ts';

/** A message in the rehearsal's chat. */
export interface ChatMessage {
  readonly id: number;
  readonly channelId: string;
  /** The message that it stands under, or null. */
  readonly thread: number | null;
  /** A user id, or `null` for Changeover itself. */
  readonly author: string | null;
  /** Only this user can see it; null is everybody in the channel. */
  readonly onlyFor: string | null;
  readonly card: Card | null;
  readonly text: string | null;
  /** The user ids that the text names. */
  readonly mentions: readonly string[];
  readonly files: readonly ChatFile[];
  /** Counts the edits, from 1 on. */
  readonly version: number;
  /** ISO, on the domain clock. */
  readonly postedAt: string;
}

export interface ChatFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

export interface NewChatMessage {
  readonly channelId: string;
  readonly thread?: number | null;
  readonly author: string | null;
  readonly onlyFor?: string | null;
  readonly card?: Card;
  readonly text?: string;
  readonly mentions?: readonly string[];
  readonly files?: readonly ChatFile[];
  /** A message with a key is posted once: the same key again gives the first one back. */
  readonly key?: string;
}

/** Where the rehearsal's chat keeps its messages, so that they are there after a restart. */
export interface Conversations {
  post(message: NewChatMessage, now: string): Promise<ChatMessage>;
  /** Null when there is no such message. */
  edit(id: number, card: Card, now: string): Promise<ChatMessage | null>;
  byId(id: number): Promise<ChatMessage | null>;
  byKey(channelId: string, key: string): Promise<ChatMessage | null>;
  /** The newest `limit` messages that this user may see, oldest first. */
  seenBy(channelId: string, userId: string, limit: number): Promise<readonly ChatMessage[]>;
}
