import { toAdaptiveCard } from '../../card/adaptive-card.ts';
import type { AdaptiveCard } from '../../card/adaptive-types.ts';
import type { Form } from '../../card/form.ts';
import { formToAdaptiveCard } from '../../card/form-adaptive-card.ts';
import { formOpener, inDialog, withWayBack } from '../../card/form-dialog.ts';
import type { Reply } from '../reply.ts';

/** A request that came twice was answered the first time. */
export const CAME_TWICE = 'This came twice and was done once. To see where it stands, type /bsu.';
export const NOT_OURS =
  'That button belongs to an older card or to another app. Nothing was done. What you can do now comes when you type /bsu.';

/** More fields than these are asked for in a dialog, which has room for them. */
const MOST_IN_CARD = 3;
const MOST_OPTIONS = 30;

/** The reply as a card; null when there is nothing to show. `subject`: of the posted card that it takes the place of. */
export function cardOfReply(reply: Reply, subject: string | null = null): AdaptiveCard | null {
  if (reply.kind === 'nothing') return null;
  const card = reply.kind === 'form' ? formCard(reply.form, subject) : toAdaptiveCard(reply.card);
  return subject === null ? card : withWayBack(card, subject);
}

/** A posted card as one person may act on it; its buttons know what they stand on. */
export function ownCard(reply: Reply, subject: string): AdaptiveCard | null {
  return reply.kind === 'card' ? toAdaptiveCard(reply.card, { subject, userIds: [] }) : cardOfReply(reply);
}

function formCard(form: Form, subject: string | null): AdaptiveCard {
  const fits =
    form.fields.length <= MOST_IN_CARD && form.fields.every(({ options = [] }) => options.length <= MOST_OPTIONS);
  return fits ? formToAdaptiveCard(form, subject) : formOpener(form, subject);
}

/** What a dialog shows. */
export interface DialogView {
  readonly title: string;
  readonly card: AdaptiveCard;
}

export function dialogOfReply(reply: Reply): DialogView | null {
  if (reply.kind === 'nothing') return null;
  if (reply.kind === 'form') return { title: 'Changeover', card: inDialog(formToAdaptiveCard(reply.form)) };
  return { title: 'Changeover', card: inDialog(toAdaptiveCard(reply.card)) };
}
