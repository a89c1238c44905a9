import { type Selectable, sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import type { ChatMessageTable } from '../../db/schema/chat.ts';
import type { Card } from '../card/card.ts';
import type { ChatMessage, Conversations, NewChatMessage } from '../ports/conversations.ts';

/** The chat page's messages in the table `chat_message`. */
export function conversationStore(db: Database): Conversations {
  const byKey = async (channelId: string, key: string) => {
    const found = db.selectFrom('chat_message').selectAll().where('channel_id', '=', channelId).where('key', '=', key);
    const row = await found.executeTakeFirst();
    return row ? toMessage(row) : null;
  };
  return {
    async post(message, now) {
      const row = await db
        .insertInto('chat_message')
        .values(rowOf(message, now))
        .onConflict((conflict) => conflict.columns(['channel_id', 'key']).doNothing())
        .returningAll()
        .executeTakeFirst();
      const posted = row ? toMessage(row) : await byKey(message.channelId, message.key ?? '');
      if (!posted) throw new Error('A chat message was neither posted nor there already.');
      return posted;
    },
    async edit(id, card, now) {
      const row = await db
        .updateTable('chat_message')
        .set({ card: JSON.stringify(card), version: sql`version + 1`, edited_at: now })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      return row ? toMessage(row) : null;
    },
    async byId(id) {
      const row = await db.selectFrom('chat_message').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toMessage(row) : null;
    },
    byKey,
    async seenBy(channelId, userId, limit) {
      const rows = await db
        .selectFrom('chat_message')
        .selectAll()
        .where('channel_id', '=', channelId)
        .where((where) => where.or([where('only_for', 'is', null), where('only_for', '=', userId)]))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toMessage).reverse();
    },
  };
}

function rowOf(message: NewChatMessage, now: string) {
  return {
    channel_id: message.channelId,
    thread: message.thread ?? null,
    author: message.author,
    only_for: message.onlyFor ?? null,
    card: JSON.stringify(message.card ?? null),
    text: message.text ?? null,
    mentions: JSON.stringify(message.mentions ?? []),
    files: JSON.stringify(message.files ?? []),
    key: message.key ?? null,
    posted_at: now,
  };
}

function toMessage(row: Selectable<ChatMessageTable>): ChatMessage {
  return {
    id: row.id,
    channelId: row.channel_id,
    thread: row.thread,
    author: row.author,
    onlyFor: row.only_for,
    card: row.card as Card | null,
    text: row.text,
    mentions: row.mentions,
    files: row.files,
    version: row.version,
    postedAt: row.posted_at,
  };
}
