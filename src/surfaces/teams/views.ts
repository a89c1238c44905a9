import { toAdaptiveCard } from '../../card/adaptive-card.ts';
import type { AdaptiveCard } from '../../card/adaptive-types.ts';
import { formToAdaptiveCard } from '../../card/form-adaptive-card.ts';
import { GAVE_UP, type Reply, WORKING } from '../reply.ts';
import type { Saying } from './responder.ts';

/** A request that came twice was answered the first time. */
export const CAME_TWICE = 'This came twice and was done once. To see where it stands, type /bsu.';
export const NOT_OURS =
  'That button belongs to an older card or another app. Nothing was done. What you can do now comes when you type /bsu.';
export { GAVE_UP, WORKING };

/** The reply as a card; null when there is nothing to show. */
export function cardOfReply(reply: Reply): AdaptiveCard | null {
  if (reply.kind === 'nothing') return null;
  return reply.kind === 'form' ? formToAdaptiveCard(reply.form) : toAdaptiveCard(reply.card);
}

export function sayingOf(reply: Reply): Saying | null {
  const card = cardOfReply(reply);
  return card && { card };
}
