import type { AdaptiveCardActionResponse } from '@microsoft/teams.api';
import type { IAdaptiveCard } from '@microsoft/teams.cards';
import { z } from 'zod';
import type { AdaptiveCard } from '../../card/adaptive-types.ts';
import { inTime } from '../../kernel/in-time.ts';
import { WORKING } from '../reply.ts';
import { follow } from './follow.ts';
import { type Click, type Incoming, readClick, readEnvelope, readExecute } from './incoming.ts';
import type { TeamsParts } from './parts.ts';
import { press, viewed } from './press.ts';
import { CAME_TWICE, cardOfReply, NOT_OURS, ownCard } from './views.ts';

const onMessage = z.object({ replyToId: z.string().regex(/^[\w:.-]{1,200}$/) });

/**
 * A button, or a card that asks for somebody's own buttons. The answer takes the card's place for this person alone; when it is
 * late, it comes as a message of their own.
 */
export async function onAction(
  parts: TeamsParts,
  activity: { readonly value?: unknown },
): Promise<AdaptiveCardActionResponse> {
  const click = readClick(readExecute(activity.value));
  if (click === null) return sentence(NOT_OURS);
  const incoming = readEnvelope(activity);
  const view = viewed(parts, incoming, click);
  const subject = view === null ? click.subject : (click.input.subject ?? null);
  if (subject !== null) cardSeen(parts, incoming, subject, activity);
  if (view === null) return pressed(parts, incoming, click);
  const first = await inTime(parts.inFlight.track(view), parts.acknowledgeWithin);
  // A card that cannot be refreshed in time stays as it is, and asks again when it is next looked at.
  if (first.kind === 'late') return sentence(WORKING);
  const card = ownCard(first.value, subject ?? '');
  return card === null ? sentence(CAME_TWICE) : shown(card);
}

async function pressed(parts: TeamsParts, incoming: Incoming, click: Click): Promise<AdaptiveCardActionResponse> {
  const work = parts.inFlight.track(press(parts, incoming, click));
  const first = await inTime(work, parts.acknowledgeWithin);
  if (first.kind === 'late') {
    void follow(parts, incoming, work);
    return sentence(WORKING);
  }
  const card = cardOfReply(first.value, click.subject);
  return card === null ? sentence(CAME_TWICE) : shown(card);
}

/** Where a card stands whose posting had no answer is learned from its first click. */
function cardSeen(parts: TeamsParts, { place }: Incoming, subject: string, activity: unknown): void {
  const message = onMessage.safeParse(activity);
  if (!message.success) return;
  const seen = parts.installations.cardSeen(place.tenant, place.channelId, subject, message.data.replyToId);
  const failed = (error: unknown) => parts.log.warn({ error: String(error) }, 'where a card stands was not remembered');
  void parts.inFlight.track(seen.catch(failed));
}

function shown(card: AdaptiveCard): AdaptiveCardActionResponse {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card as IAdaptiveCard };
}

function sentence(value: string): AdaptiveCardActionResponse {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
}
