import { z } from 'zod';
import { inTime } from '../../kernel/in-time.ts';
import { type Reply, WORKING } from '../reply.ts';
import { ask } from './ask.ts';
import { follow } from './follow.ts';
import { type Incoming, readEnvelope } from './incoming.ts';
import { offerImport, SEND_IT_ALONE } from './offer-import.ts';
import type { TeamsParts } from './parts.ts';
import { type Mention, mentionsOf, plainTypedText } from './typed-text.ts';
import { filesSent } from './uploads.ts';

const message = z.object({
  text: z.string().nullish(),
  entities: z.unknown().optional(),
  attachments: z.unknown().optional(),
  from: z.object({ role: z.string().nullish() }),
  recipient: z.object({ isTargeted: z.boolean().nullish() }),
});

/**
 * What somebody wrote: `/bsu …` (targeted at us), a mention of us, or anything in the personal chat. Talk of others that reaches
 * us in a channel is not for us.
 */
export async function onMessage(parts: TeamsParts, activity: unknown): Promise<void> {
  const incoming = readEnvelope(activity);
  const { text, entities, attachments, from, recipient } = message.parse(activity);
  if (from.role === 'bot' || incoming.asker.teamsId.startsWith('28:')) return;
  const mentions = mentionsOf(entities);
  const meant = recipient.isTargeted || mentions.some(({ id }) => id === incoming.botId);
  if (incoming.place.kind !== 'personal' && !meant) return;
  const work = answer(parts, incoming, { text: text ?? '', mentions, attachments });
  // Answering goes on after the acknowledgement: Teams delivers again what took 15 s.
  await inTime(parts.inFlight.track(said(parts, incoming, work)), parts.acknowledgeWithin);
}

interface Written {
  readonly text: string;
  readonly mentions: readonly Mention[];
  readonly attachments: unknown;
}

async function answer(parts: TeamsParts, incoming: Incoming, written: Written): Promise<Reply> {
  const { files, elsewhere } = filesSent(written.attachments);
  const [file] = files;
  if (file) return offerImport(parts, incoming, file);
  const names = await namesOf(parts, incoming, written.mentions);
  const text = plainTypedText(written.text, written.mentions, (id) => names.get(id) ?? null);
  if (elsewhere && text === '') return SEND_IT_ALONE;
  return ask(parts, incoming, { text });
}

const MOST_NAMED = 5;

/** People who are mentioned are named by their accounts, as the audit names them. */
async function namesOf(
  parts: TeamsParts,
  { place, botId }: Incoming,
  mentions: readonly Mention[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { id } of mentions.filter((one) => one.id !== botId).slice(0, MOST_NAMED)) {
    const name = await parts.directory.nameOf(id, place);
    if (name !== null) names.set(id, name);
  }
  return names;
}

async function said(parts: TeamsParts, incoming: Incoming, work: Promise<Reply>): Promise<void> {
  const first = await inTime(work, parts.acknowledgeWithin);
  if (first.kind === 'late') await parts.responder.tell(incoming.place, incoming.asker, { text: WORKING });
  await follow(parts, incoming, work);
}
