import type { AdaptiveCardActionResponse } from '@microsoft/teams.api';
import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { AdaptiveCard } from '../../card/adaptive-types.ts';
import { inTheEnd, inTime } from '../../kernel/in-time.ts';
import { ask } from './ask.ts';
import { readClick, readEnvelope, readExecute } from './incoming.ts';
import type { TeamsParts } from './parts.ts';
import { CAME_TWICE, cardOfReply, GAVE_UP, NOT_OURS, sayingOf, WORKING } from './views.ts';

/** A button. The answer takes the card's place for this person alone; in time, or by a message of their own later. */
export async function onAction(
  parts: TeamsParts,
  activity: { readonly value?: unknown },
): Promise<AdaptiveCardActionResponse> {
  const click = readClick(readExecute(activity.value));
  if (click === null) return sentence(NOT_OURS);
  const incoming = readEnvelope(activity);
  const work = parts.inFlight.track(ask(parts, incoming, { verb: click.verb, input: click.input }));
  const first = await inTime(work, parts.acknowledgeWithin);
  if (first.kind === 'finished') {
    const card = cardOfReply(first.value);
    return card === null ? sentence(CAME_TWICE) : shown(card);
  }
  const tell = async (reply: typeof GAVE_UP | Awaited<typeof work>) => {
    const saying = sayingOf(reply);
    if (saying) await parts.responder.tell(incoming.place, incoming.asker, saying);
  };
  void parts.inFlight.track(inTheEnd(work, parts.giveUpAfter, { give: tell, gaveUp: () => tell(GAVE_UP) }));
  return sentence(WORKING);
}

function shown(card: AdaptiveCard): AdaptiveCardActionResponse {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card as IAdaptiveCard };
}

function sentence(value: string): AdaptiveCardActionResponse {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
}
