import type { Channel, ChannelOutcome } from '../../ports/channel.ts';
import type { ChatMessage, Conversations } from '../../ports/conversations.ts';
import type { Room } from './room.ts';

/** The chat page as one more platform for posted cards and calls. It keeps its own messages, so no outcome is ever unknown. */
export function chatChannel(room: Room, conversations: Conversations): Channel {
  return {
    platform: 'chat',
    post: async (to, card, key) => done(await room.post({ channelId: to.channelId, author: null, card, key })),
    async edit(_, messageId, card) {
      const edited = await room.edit(Number(messageId), card);
      return edited ? done(edited) : { kind: 'gone', reason: 'The message is not in the chat any more.' };
    },
    async say(to, messageId, text, people, key) {
      const thread = messageId === null ? null : Number(messageId);
      const message = {
        channelId: to.channelId,
        author: null,
        thread,
        text,
        mentions: people.map(({ userId }) => userId),
        key,
      };
      return done(await room.post(message));
    },
    async file(to, messageId, text, { name, mediaType, text: content }, key) {
      const thread = messageId === null ? null : Number(messageId);
      const files = [{ name, mediaType, text: content }];
      return done(await room.post({ channelId: to.channelId, author: null, thread, text, files, key }));
    },
    async find(to, key) {
      const found = await conversations.byKey(to.channelId, key);
      return found === null ? null : String(found.id);
    },
  };
}

function done(message: ChatMessage): ChannelOutcome {
  return { kind: 'done', messageId: String(message.id) };
}
