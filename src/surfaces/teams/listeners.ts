import type { App } from '@microsoft/teams.apps';
import { onAction } from './on-action.ts';
import { onMessage } from './on-message.ts';
import type { TeamsParts } from './parts.ts';

/** Few listeners: verbs are told apart behind them, by what is parsed and never by a pattern on the raw text. */
export function listen(app: App, parts: TeamsParts): void {
  app.on('message', ({ activity }) => onMessage(parts, activity));
  app.on('card.action', ({ activity }) => onAction(parts, activity));
}
