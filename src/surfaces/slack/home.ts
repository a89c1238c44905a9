import { ask } from './ask.ts';
import type { Asker } from './incoming.ts';
import type { SlackParts } from './parts.ts';
import { homeView } from './views.ts';

/** The home tab: what `/bsu` alone answers, that is where the migration is and what waits for this person. Never rejects. */
export async function showHome(parts: SlackParts, asker: Asker, once: string): Promise<void> {
  const reply = await ask(parts, { asker, channelId: null, text: '', once: `home:${once}` });
  if (reply.kind !== 'card' && reply.kind !== 'refusal') return;
  try {
    const { client } = await parts.workspaces.of(asker.installed);
    await client.views.publish({ user_id: asker.userId, view: homeView(reply.card) });
  } catch (error) {
    parts.log.warn({ error: String(error) }, 'a home tab could not be drawn');
  }
}
