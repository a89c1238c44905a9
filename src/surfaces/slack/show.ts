import type { Card } from '../../card/card.ts';
import type { Form } from '../../card/form.ts';
import type { AnswerFile } from '../../command.ts';
import type { Reply } from '../reply.ts';
import type { Asker } from './incoming.ts';
import type { SlackParts } from './parts.ts';
import { privately } from './responder.ts';
import { formView } from './views.ts';

/**
 * Opens a form at once, or gives a card that says why not and opens it at the next click. Slack's trigger lives 3 s and works
 * once, so this is the one call that is never put off.
 */
export async function openForm(
  parts: SlackParts,
  asker: Asker,
  form: Form,
  where: { readonly triggerId: string; readonly channelId: string | null; readonly above?: 'modal' },
): Promise<Card | null> {
  const view = formView(form, where.channelId);
  try {
    const call = { trigger_id: where.triggerId, view };
    const { client } = await parts.workspaces.of(asker.installed);
    if (where.above === 'modal') await client.views.push(call);
    else await client.views.open(call);
    return null;
  } catch (error) {
    parts.log.warn({ error: String(error) }, 'a form could not be opened');
    return {
      headline: 'The form could not be opened in time',
      tone: 'warning',
      body: [{ kind: 'text', text: 'Slack allows 3 seconds. Nothing was lost.' }],
      actions: [{ kind: 'do', label: 'Open the form', verb: form.verb, input: knownOf(form), style: 'primary' }],
    };
  }
}

/** Files go to the person's direct messages: an answer that only they see cannot hold one. */
export async function sendFiles(parts: SlackParts, asker: Asker, reply: Reply): Promise<void> {
  if (reply.kind !== 'card' || reply.files.length === 0) return;
  try {
    const { client } = await parts.workspaces.of(asker.installed);
    const { channel } = await client.conversations.open({ users: asker.userId });
    if (!channel?.id) throw new Error('Slack opened no direct messages.');
    await client.files.uploadV2({ channel_id: channel.id, file_uploads: reply.files.map(uploadOf) });
  } catch (error) {
    parts.log.warn({ error: String(error) }, 'a file could not be sent');
    const names = reply.files.map((file) => file.name).join(', ');
    const card = {
      headline: `Slack did not take the file ${names}`,
      tone: 'warning' as const,
      body: [
        {
          kind: 'text' as const,
          text: 'Ask again in a minute. If it stays, ask an administrator to look at the log of the service.',
        },
      ],
      actions: [],
    };
    await parts.responder.tell(asker, null, privately(card));
  }
}

function uploadOf(file: AnswerFile) {
  return { filename: file.name, content: file.text, title: file.name };
}

function knownOf(form: Form): Record<string, string> {
  const typed = form.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
  return { ...form.given, ...Object.fromEntries(typed) };
}
