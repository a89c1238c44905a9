import { toAdaptiveCard } from '../../card/adaptive-card.ts';
import { clockInWords, inWords } from '../../kernel/time-words.ts';
import type { ChatMessage } from '../../ports/conversations.ts';
import { CAST } from './cast.ts';
import { REHEARSAL_ZONE } from './moves.ts';

/** A message as the page draws it: cards as Adaptive Cards, people by name, times in words, files by name alone. */
export function messageJson(message: ChatMessage) {
  return {
    id: message.id,
    version: message.version,
    thread: message.thread,
    author: message.author === null ? 'Changeover' : nameOf(message.author),
    fromBot: message.author === null,
    private: message.onlyFor !== null,
    text: message.text,
    headline: message.card?.headline ?? null,
    tone: message.card?.tone ?? 'neutral',
    card: message.card === null ? null : toAdaptiveCard(message.card),
    mentions: message.mentions.map(nameOf),
    files: message.files.map(({ name }, at) => ({ name, at })),
    time: clockInWords(message.postedAt, REHEARSAL_ZONE),
    when: inWords(message.postedAt, REHEARSAL_ZONE),
  };
}

function nameOf(userId: string): string {
  return CAST.find((member) => member.userId === userId)?.name ?? userId;
}
