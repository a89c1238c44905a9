import { z } from 'zod';
import { inTheEnd, inTime } from '../../kernel/in-time.ts';
import { ask } from './ask.ts';
import { type Incoming, readEnvelope } from './incoming.ts';
import type { TeamsParts } from './parts.ts';
import { mentionsOf, plainTypedText } from './typed-text.ts';
import { GAVE_UP, sayingOf, WORKING } from './views.ts';

const message = z.object({
  text: z.string().nullish(),
  entities: z.unknown().optional(),
  from: z.object({ role: z.string().nullish() }),
  recipient: z.object({ isTargeted: z.boolean().nullish() }),
});

/**
 * What somebody wrote: `/bsu …` (targeted at us), a mention of us, or anything in the personal chat. Talk of others that reaches
 * us in a channel is not for us.
 */
export async function onMessage(parts: TeamsParts, activity: unknown): Promise<void> {
  const incoming = readEnvelope(activity);
  const { text, entities, from, recipient } = message.parse(activity);
  if (from.role === 'bot' || incoming.asker.teamsId.startsWith('28:')) return;
  const mentions = mentionsOf(entities);
  const meant = recipient.isTargeted || mentions.some(({ id }) => id === incoming.botId);
  if (incoming.place.kind !== 'personal' && !meant) return;
  const names = new Map<string, string>();
  for (const { id } of mentions.filter((one) => one.id !== incoming.botId).slice(0, 5)) {
    const name = await parts.directory.nameOf(id, incoming.place);
    if (name !== null) names.set(id, name);
  }
  const typed = plainTypedText(text ?? '', mentions, (id) => names.get(id) ?? null);
  // Answering goes on after the acknowledgement: Teams delivers again what took 15 s.
  await inTime(parts.inFlight.track(answer(parts, incoming, typed)), parts.acknowledgeWithin);
}

async function answer(parts: TeamsParts, incoming: Incoming, text: string): Promise<void> {
  const { place, asker } = incoming;
  const work = ask(parts, incoming, { text });
  const first = await inTime(work, parts.acknowledgeWithin);
  if (first.kind === 'late') await parts.responder.tell(place, asker, { text: WORKING });
  await inTheEnd(work, parts.giveUpAfter, {
    async give(reply) {
      const saying = sayingOf(reply);
      if (saying) await parts.responder.tell(place, asker, saying);
    },
    async gaveUp() {
      const saying = sayingOf(GAVE_UP);
      if (saying) await parts.responder.tell(place, asker, saying);
    },
  });
}
