import type { Card } from '../../card/card.ts';
import { ask } from './ask.ts';
import type { SlackEvent } from './incoming.ts';
import type { SlackParts } from './parts.ts';
import { privately } from './responder.ts';

/** A CSV file was shared in a channel: whoever sent it is offered the import, if they may import. Everybody else hears nothing. */
export async function offerImport(parts: SlackParts, event: Extract<SlackEvent, { kind: 'file' }>): Promise<void> {
  const { asker, fileId, channelId, eventId } = event;
  const { botUserId } = await parts.workspace();
  if (asker.userId === botUserId) return;
  const file = await parts.uploads.about(fileId);
  if (file.user !== asker.userId || !/\.csv$/i.test(file.name)) return;
  // The verb without its file asks for it by a form, but only those who may use it.
  const reply = await ask(parts, { asker, channelId, verb: 'import', input: {}, once: eventId });
  if (reply.kind !== 'form') return;
  const { text, blocks } = privately(offer(file.name, fileId));
  await parts.client.chat.postEphemeral({
    channel: channelId,
    user: asker.userId,
    text,
    ...(blocks ? { blocks } : {}),
  });
}

function offer(name: string, fileId: string): Card {
  return {
    headline: `You shared ${name}`,
    body: [
      { kind: 'text', text: 'Changeover can read it: the services extract, a supplement, an ODS list or recipients.' },
    ],
    actions: [{ kind: 'do', label: 'Import it', verb: 'import', input: { file: fileId }, style: 'primary' }],
  };
}
