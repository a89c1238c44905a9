import { inTheEnd } from '../../kernel/in-time.ts';
import { GAVE_UP, type Reply } from '../reply.ts';
import type { Incoming } from './incoming.ts';
import type { TeamsParts } from './parts.ts';
import { cardOfReply } from './views.ts';

/** Says to the asker alone what the work gives, or that no answer came; resolves when it was said. */
export function follow(parts: TeamsParts, incoming: Incoming, work: Promise<Reply>): Promise<void> {
  const give = (reply: Reply) => tell(parts, incoming, reply);
  return parts.inFlight.track(inTheEnd(work, parts.giveUpAfter, { give, gaveUp: () => give(GAVE_UP) }));
}

/** To the asker alone; nothing for a request that came before. Never rejects. */
export async function tell(parts: TeamsParts, { place, asker }: Incoming, reply: Reply): Promise<void> {
  const card = cardOfReply(reply);
  if (card) await parts.responder.tell(place, asker, { card });
}
