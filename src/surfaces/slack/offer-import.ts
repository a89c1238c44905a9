import { offerToRead, wayToRead } from '../readable-files.ts';
import { ask } from './ask.ts';
import type { SlackEvent } from './incoming-event.ts';
import type { SlackParts } from './parts.ts';
import { privately } from './responder.ts';

/** A CSV or calendar file was shared in a channel: whoever sent it is offered to have it read, if they may. Everybody else hears nothing. */
export async function offerImport(parts: SlackParts, event: Extract<SlackEvent, { kind: 'file' }>): Promise<void> {
  const { asker, fileId, channelId, eventId } = event;
  const { botUserId, client } = await parts.workspaces.of(asker.installed);
  if (asker.userId === botUserId) return;
  const file = await parts.uploads.about(client, fileId);
  const way = wayToRead(file.name);
  if (file.user !== asker.userId || !way) return;
  // The verb without its file asks for it by a form, but only those who may use it.
  const reply = await ask(parts, { asker, channelId, verb: way.verb, input: way.input, once: eventId });
  if (reply.kind !== 'form') return;
  const { text, blocks } = privately(offerToRead(way, file.name, fileId));
  await client.chat.postEphemeral({
    channel: channelId,
    user: asker.userId,
    text,
    ...(blocks ? { blocks } : {}),
  });
}
