import type { Form } from '../../card/form.ts';
import { inTheEnd, inTime } from '../../kernel/in-time.ts';
import { GAVE_UP, type Reply, replyToError, WORKING } from '../reply.ts';
import { ask } from './ask.ts';
import { showHome } from './home.ts';
import { type Click, readClick } from './incoming.ts';
import type { SlackParts } from './parts.ts';
import { privately, privateText } from './responder.ts';
import { openForm, sendFiles } from './show.ts';
import { cardView } from './views.ts';

/**
 * A button. The answer goes to the person alone: beside the message, or into the modal or the home tab that it was clicked in.
 * Acknowledged when done, so that a crash before leaves Slack's own warning at the button: Slack does not repeat a click.
 */
export async function onClick(parts: SlackParts, body: unknown, acknowledge: () => Promise<void>): Promise<void> {
  const click = readClick(body);
  if (click.act === null) return acknowledge();
  const { asker, channelId, act, files, triggerId } = click;
  const work = ask(parts, { asker, channelId, ...act, files, once: triggerId }).then((reply) =>
    openIfForm(parts, click, reply),
  );
  const first = await inTime(work, parts.acknowledgeWithin);
  await acknowledge();
  if (first.kind === 'finished') return give(parts, click, first.value);
  if (click.view === null) await parts.responder.tell(asker, click.responseUrl, privateText(WORKING));
  await inTheEnd(work, parts.giveUpAfter, {
    give: (reply) => give(parts, click, reply),
    gaveUp: () => give(parts, click, GAVE_UP),
  });
}

/** A form cannot wait for the acknowledgement: its trigger lives 3 s. */
async function openIfForm(parts: SlackParts, click: Click, reply: Reply): Promise<Reply> {
  if (reply.kind !== 'form') return reply;
  try {
    return (await opened(parts, click, reply.form)) ?? { kind: 'nothing' };
  } catch (error) {
    return replyToError(error);
  }
}

async function opened(parts: SlackParts, click: Click, form: Form): Promise<Reply | null> {
  const above = click.view?.kind === 'modal' ? { above: 'modal' as const } : {};
  const card = await openForm(parts, click.asker, form, {
    triggerId: click.triggerId,
    channelId: click.channelId,
    ...above,
  });
  return card && { kind: 'card', card, files: [] };
}

async function give(parts: SlackParts, click: Click, reply: Reply): Promise<void> {
  if (reply.kind !== 'card' && reply.kind !== 'refusal') return;
  const shown = click.view !== null && (await inView(parts, click, click.view, reply.card));
  if (!shown) await parts.responder.tell(click.asker, click.responseUrl, privately(reply.card));
  await sendFiles(parts, click.asker, reply);
}

/** True if the answer stands in the modal; a modal that was closed meanwhile takes nothing. */
async function inView(
  parts: SlackParts,
  click: Click,
  view: NonNullable<Click['view']>,
  card: Parameters<typeof cardView>[0],
): Promise<boolean> {
  try {
    const { client } = await parts.workspaces.of(click.asker.installed);
    if (view.kind === 'modal') await client.views.update({ view_id: view.id, view: cardView(card, click.channelId) });
    else await client.views.open({ trigger_id: click.triggerId, view: cardView(card, click.channelId) });
    if (view.kind === 'home') await showHome(parts, click.asker, click.triggerId);
    return true;
  } catch (error) {
    parts.log.warn({ error: String(error) }, 'an answer could not be shown in its view');
    return false;
  }
}
