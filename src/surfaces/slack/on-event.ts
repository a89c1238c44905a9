import { showHome } from './home.ts';
import { readEvent } from './incoming-event.ts';
import { offerImport } from './offer-import.ts';
import type { SlackParts } from './parts.ts';

/** What happened in Slack. Bolt has acknowledged it by now: nothing here is repeated by Slack, and nothing must reject. */
export async function onEvent(parts: SlackParts, body: unknown): Promise<void> {
  const event = readEvent(body);
  if (event?.kind === 'home') await showHome(parts, event.asker, event.eventId);
  if (event?.kind === 'ended') {
    await parts.workspaces
      .ended(event.id, event.why)
      .catch((error: unknown) => parts.log.error({ error: String(error) }, 'the end of an installation was not kept'));
    parts.log.warn({ workspace: event.id, why: event.why }, 'Slack ended the installation in a workspace');
  }
  if (event?.kind !== 'file') return;
  await offerImport(parts, event).catch((error: unknown) =>
    parts.log.warn({ error: String(error) }, 'an import could not be offered'),
  );
}
