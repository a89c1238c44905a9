import type { Dispatch, Outcome } from '../../dispatch.ts';
import type { Refusal } from '../../kernel/errors.ts';
import { filesOf } from '../reply.ts';
import { CHAT_CHANNEL, chatAccount } from './cast.ts';
import { outcomeCard } from './outcome-json.ts';
import type { Room } from './room.ts';

/** What one of the cast says or presses, and what is answered: both are kept, and seen by that person only. */
export interface Conversation {
  say(userId: string, text: string): Promise<Outcome>;
  press(userId: string, press: Press): Promise<Outcome>;
  /** Says no before any verb was reached: a file that is too large. */
  refuse(userId: string, verb: string, refusal: Refusal): Promise<Outcome>;
}

export interface Press {
  readonly verb: string;
  readonly input: Readonly<Record<string, string>>;
  /** From a dialog that is still open and shows a refusal itself: it is not posted. */
  readonly fromForm?: boolean;
  /** The message whose button it was. A private answer that comes anew (the next step of a run) takes its place. */
  readonly onCard?: number;
}

/** Refusals after which what was typed is not kept either (rule 28, and text that cannot be stored). */
const NOT_KEPT = new Set(['patient-data', 'unreadable-text']);

/** What is answered is seen by the asker alone. */
function asOne(userId: string) {
  return { account: chatAccount(userId), channel: CHAT_CHANNEL, private: true } as const;
}

export function conversationIn(room: Room, dispatch: Dispatch): Conversation {
  const { channelId } = CHAT_CHANNEL;
  const answered = new Map<number, string>();
  const reply = async (userId: string, outcome: Outcome, onCard?: number) => {
    const card = outcomeCard(outcome);
    if (!card) return;
    const code = outcome.kind === 'answer' ? outcome.answer.code : '';
    const files = outcome.kind === 'answer' ? filesOf(outcome.answer) : [];
    if (onCard !== undefined && files.length === 0 && answered.get(onCard) === `${userId} ${code}`) {
      await room.edit(onCard, card);
      return;
    }
    const { id } = await room.post({ channelId, author: null, onlyFor: userId, card, files });
    if (outcome.kind === 'answer') answered.set(id, `${userId} ${code}`);
  };
  return {
    async say(userId, text) {
      const outcome = await dispatch({ ...asOne(userId), text });
      const kept =
        outcome.kind === 'refusal' && NOT_KEPT.has(outcome.refusal.code) ? 'What you typed was not kept.' : text;
      await room.post({ channelId, author: userId, onlyFor: userId, text: kept });
      await reply(userId, outcome);
      return outcome;
    },
    async press(userId, { verb, input, fromForm, onCard }) {
      const outcome = await dispatch({ ...asOne(userId), verb, input });
      if (!(fromForm && outcome.kind === 'refusal')) await reply(userId, outcome, onCard);
      return outcome;
    },
    async refuse(userId, verb, refusal) {
      const outcome: Outcome = { kind: 'refusal', verb, refusal };
      await reply(userId, outcome);
      return outcome;
    },
  };
}
