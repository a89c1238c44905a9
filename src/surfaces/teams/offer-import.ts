import { Refusal } from '../../kernel/errors.ts';
import { offerToRead, wayToRead, wayToShow } from '../readable-files.ts';
import { type Reply, refused } from '../reply.ts';
import { answering, ask } from './ask.ts';
import type { Incoming } from './incoming.ts';
import type { TeamsParts } from './parts.ts';
import type { SentFile } from './uploads.ts';

/** A file was sent to us: whoever sent it is offered to have it read, if they may. It is fetched at once: its address lives for minutes. */
export async function offerImport(parts: TeamsParts, incoming: Incoming, file: SentFile): Promise<Reply> {
  const way = wayToRead(file.name) ?? wayToShow(file.name);
  if (way === null) return refused(UNREADABLE);
  // The verb without its file asks for it by a form, but only those who may use it.
  const reply = await ask(parts, incoming, { verb: way.verb, input: way.input });
  if (reply.kind !== 'form') return reply;
  return answering(parts, async () => {
    const reference = await parts.uploads.take(file);
    return { kind: 'card', card: offerToRead(way, file.name, reference), files: [] };
  });
}

/** In a channel a file lies in the team's SharePoint, which the app may not read. */
export const SEND_IT_ALONE = refused(
  new Refusal(
    'file-elsewhere',
    'I cannot read a file in a channel or group chat. Send it to me in our own chat: open Changeover, and attach it there.',
  ),
);

const UNREADABLE = new Refusal(
  'file-kind',
  'I read CSV files (the extract, a supplement, ODS files, recipients), calendars that end in .ics, and screenshots of a guided run (PNG or JPEG). Nothing was stored.',
);
