import { showHome } from './home.ts';
import { readEvent } from './incoming.ts';
import type { SlackParts } from './parts.ts';
import { offerImport } from './uploads.ts';

/** What happened in Slack. Bolt has acknowledged it by now: nothing here is repeated by Slack, and nothing must reject. */
export async function onEvent(parts: SlackParts, body: unknown): Promise<void> {
  const event = readEvent(body);
  if (event?.kind === 'home') await showHome(parts, event.asker, event.eventId);
  if (event?.kind === 'file') await offerImport(parts, event);
}
