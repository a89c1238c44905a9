import { inTheEnd, inTime } from '../../kernel/in-time.ts';
import { GAVE_UP, type Reply, replyToError, WORKING } from '../reply.ts';
import { ask } from './ask.ts';
import { readCommand, type TypedCommand } from './incoming.ts';
import type { SlackParts } from './parts.ts';
import { type PrivateMessage, privately, privateText } from './responder.ts';
import { openForm, sendFiles } from './show.ts';

type Acknowledge = (message?: PrivateMessage) => Promise<void>;

/** `/bsu …`: finished in time, the answer is in the acknowledgement; else "working on it", and the answer follows. */
export async function onCommand(parts: SlackParts, body: unknown, acknowledge: Acknowledge): Promise<void> {
  const typed = readCommand(body);
  const work = answer(parts, typed);
  const first = await inTime(work, parts.acknowledgeWithin);
  if (first.kind === 'finished') {
    await acknowledge(first.value.message ?? undefined);
    return sendFiles(parts, typed.asker, first.value.reply);
  }
  await acknowledge(privateText(WORKING));
  const tell = (message: PrivateMessage) => parts.responder.tell(typed.asker, typed.responseUrl, message);
  await inTheEnd(work, parts.giveUpAfter, {
    async give({ message, reply }) {
      if (message) await tell(message);
      await sendFiles(parts, typed.asker, reply);
    },
    gaveUp: () => tell(privately(GAVE_UP.card)),
  });
}

interface Answered {
  readonly reply: Reply;
  /** Null when there is nothing to say: a form was opened instead. */
  readonly message: PrivateMessage | null;
}

async function answer(parts: SlackParts, typed: TypedCommand): Promise<Answered> {
  const { asker, channelId, text, triggerId } = typed;
  const reply = await ask(parts, { asker, channelId, text, once: triggerId });
  try {
    if (reply.kind !== 'form') return { reply, message: messageOf(reply) };
    const card = await openForm(parts, asker, reply.form, typed);
    return { reply, message: card && privately(card) };
  } catch (error) {
    return { reply, message: messageOf(replyToError(error)) };
  }
}

function messageOf(reply: Reply): PrivateMessage | null {
  return reply.kind === 'card' || reply.kind === 'refusal' ? privately(reply.card) : null;
}
