import type { Dispatch, Outcome } from '../../dispatch.ts';
import type { Refusal } from '../../kernel/errors.ts';
import { CHAT_CHANNEL, chatAccount } from './cast.ts';
import { outcomeCard } from './outcome-json.ts';
import type { Room } from './room.ts';

/** What one of the cast says or presses, and what is answered: both are kept, and seen by that person only. */
export interface Conversation {
  say(userId: string, text: string): Promise<Outcome>;
  /** `quiet`: a refusal is not posted, because a dialog that is still open shows it. */
  press(userId: string, verb: string, input: Readonly<Record<string, string>>, quiet: boolean): Promise<Outcome>;
  /** Says no before any verb was reached: a file that is too large. */
  refuse(userId: string, verb: string, refusal: Refusal): Promise<Outcome>;
}

/** Refusals after which what was typed is not kept either (rule 28, and text that cannot be stored). */
const NOT_KEPT = new Set(['patient-data', 'unreadable-text']);

export function conversationIn(room: Room, dispatch: Dispatch): Conversation {
  const { channelId } = CHAT_CHANNEL;
  const reply = async (userId: string, outcome: Outcome) => {
    const card = outcomeCard(outcome);
    if (!card) return;
    const files = outcome.kind === 'answer' ? (outcome.answer.files ?? []) : [];
    await room.post({ channelId, author: null, onlyFor: userId, card, files });
  };
  return {
    async say(userId, text) {
      const outcome = await dispatch({ account: chatAccount(userId), channel: CHAT_CHANNEL, text });
      const kept =
        outcome.kind === 'refusal' && NOT_KEPT.has(outcome.refusal.code) ? 'What you typed was not kept.' : text;
      await room.post({ channelId, author: userId, onlyFor: userId, text: kept });
      await reply(userId, outcome);
      return outcome;
    },
    async press(userId, verb, input, quiet) {
      const outcome = await dispatch({ account: chatAccount(userId), channel: CHAT_CHANNEL, verb, input });
      if (!(quiet && outcome.kind === 'refusal')) await reply(userId, outcome);
      return outcome;
    },
    async refuse(userId, verb, refusal) {
      const outcome: Outcome = { kind: 'refusal', verb, refusal };
      await reply(userId, outcome);
      return outcome;
    },
  };
}
