import { z } from 'zod';
import { WELCOME_PERSONAL, WELCOME_TEAM } from '../../../templates/cards/welcome.ts';
import { toAdaptiveCard } from '../../card/adaptive-card.ts';
import { inTime } from '../../kernel/in-time.ts';
import { ask, remember } from './ask.ts';
import { tell } from './follow.ts';
import { type Incoming, readEnvelope } from './incoming.ts';
import type { TeamsParts } from './parts.ts';

const installation = z.object({ action: z.string() });
const people = z.array(z.object({ id: z.string() })).nullish();
const update = z.object({ membersAdded: people, membersRemoved: people });

/** The app was added for a person or to a team, or taken out: Teams says it in two ways, of which each may come alone. */
export async function onInstallation(parts: TeamsParts, activity: unknown): Promise<void> {
  const { action } = installation.parse(activity);
  const incoming = readEnvelope(activity);
  if (action.startsWith('add')) await welcome(parts, incoming);
  if (action.startsWith('remove')) await forget(parts, incoming);
}

export async function onMembers(parts: TeamsParts, activity: unknown): Promise<void> {
  const { membersAdded, membersRemoved } = update.parse(activity);
  const incoming = readEnvelope(activity);
  if (membersAdded?.some(({ id }) => id === incoming.botId)) await welcome(parts, incoming);
  else if (membersRemoved?.some(({ id }) => id === incoming.botId)) await forget(parts, incoming);
}

async function welcome(parts: TeamsParts, incoming: Incoming): Promise<void> {
  await inTime(parts.inFlight.track(greet(parts, incoming)), parts.acknowledgeWithin);
}

/** Once: both ways of saying it may come. Never rejects. */
async function greet(parts: TeamsParts, incoming: Incoming): Promise<void> {
  const { place, asker } = incoming;
  try {
    await remember(parts, incoming, place.kind === 'personal' ? asker.userId : null);
    if (!(await parts.replayKeys.claim(`teams:welcome:${place.tenant}:${place.channelId}`))) return;
    const personal = place.kind === 'personal';
    await parts.responder.say(place, { card: toAdaptiveCard(personal ? WELCOME_PERSONAL : WELCOME_TEAM) });
    if (personal) await tell(parts, incoming, await ask(parts, incoming, { text: '' }));
  } catch (error) {
    parts.log.warn({ error: String(error) }, 'a welcome could not be said in Teams');
  }
}

async function forget(parts: TeamsParts, { place }: Incoming): Promise<void> {
  const gone = parts.installations
    .forget(place.tenant, place.channelId)
    .catch((error: unknown) => parts.log.warn({ error: String(error) }, 'a removal in Teams was not remembered'));
  await inTime(parts.inFlight.track(gone), parts.acknowledgeWithin);
}
