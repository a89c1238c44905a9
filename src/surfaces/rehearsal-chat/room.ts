import type { Card } from '../../card/card.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { ChatMessage, Conversations, NewChatMessage } from '../../ports/conversations.ts';

/** The channel as a live thing: what is posted or edited is kept, and told at once to the pages that are open. */
export interface Room {
  post(message: NewChatMessage): Promise<ChatMessage>;
  edit(id: number, card: Card): Promise<ChatMessage | null>;
  /** Tells every open page of this user; gives the function that stops it. */
  listen(userId: string, hear: (message: ChatMessage) => void): () => void;
}

export function openRoom(conversations: Conversations, clock: Clock): Room {
  const listeners = new Set<{ userId: string; hear: (message: ChatMessage) => void }>();
  const tell = (message: ChatMessage) => {
    for (const { userId, hear } of listeners) {
      if (message.onlyFor === null || message.onlyFor === userId) hear(message);
    }
  };
  return {
    async post(message) {
      const posted = await conversations.post(message, clock.now().toString());
      tell(posted);
      return posted;
    },
    async edit(id, card) {
      const edited = await conversations.edit(id, card, clock.now().toString());
      if (edited) tell(edited);
      return edited;
    },
    listen(userId, hear) {
      const listener = { userId, hear };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
