import type { Card } from '../../card/card.ts';
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
  const way = WAYS.find(({ ending }) => ending.test(file.name));
  if (file.user !== asker.userId || !way) return;
  // The verb without its file asks for it by a form, but only those who may use it.
  const reply = await ask(parts, { asker, channelId, verb: way.verb, input: way.input, once: eventId });
  if (reply.kind !== 'form') return;
  const { text, blocks } = privately(offer(way, file.name, fileId));
  await client.chat.postEphemeral({
    channel: channelId,
    user: asker.userId,
    text,
    ...(blocks ? { blocks } : {}),
  });
}

/** What can be read, by the end of its name, and the verb that reads it. */
const WAYS = [
  {
    ending: /\.csv$/i,
    verb: 'import',
    input: {},
    label: 'Import it',
    text: 'Changeover can read it: the services extract, a supplement, an ODS list or recipients.',
  },
  {
    ending: /\.ics$/i,
    verb: 'outage',
    input: { what: 'calendar' },
    label: 'Keep it',
    text: 'Changeover can keep it as a calendar of planned e-RS outages.',
  },
] as const;

function offer({ verb, input, label, text }: (typeof WAYS)[number], name: string, fileId: string): Card {
  return {
    headline: `You shared ${name}`,
    body: [{ kind: 'text', text }],
    actions: [{ kind: 'do', label, verb, input: { ...input, file: fileId }, style: 'primary' }],
  };
}
