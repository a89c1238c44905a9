import type { App } from '@microsoft/teams.apps';
import { onAction } from './on-action.ts';
import { onDialog } from './on-dialog.ts';
import { onInstallation, onMembers } from './on-install.ts';
import { onMessage } from './on-message.ts';
import type { TeamsParts } from './parts.ts';

/** Few listeners: verbs are told apart behind them, by what is parsed and never by a pattern on the raw text. */
export function listen(app: App, parts: TeamsParts): void {
  app.on('message', ({ activity }) => onMessage(parts, activity));
  app.on('card.action', ({ activity }) => onAction(parts, activity));
  app.on('dialog.open', ({ activity }) => onDialog(parts, activity));
  app.on('dialog.submit', ({ activity }) => onDialog(parts, activity));
  app.on('installationUpdate', ({ activity }) => onInstallation(parts, activity));
  app.on('conversationUpdate', ({ activity }) => onMembers(parts, activity));
  // The SDK's own listeners for signing in would call out; whatever else comes is not for us, and hears so.
  for (const name of ['signin.token-exchange', 'signin.verify-state', 'signin.failure', 'invoke'] as const) {
    app.on(name, async () => ({ status: 400 }));
  }
}
