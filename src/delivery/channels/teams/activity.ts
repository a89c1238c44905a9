import type { ConversationActivityClient } from '@microsoft/teams.api';
import { toAdaptiveCard } from '../../../card/adaptive-card.ts';
import type { Card } from '../../../card/card.ts';
import { toNotification } from '../../../card/plain-text.ts';
import { clean, clip } from '../../../card/text.ts';
import type { Named } from '../../../ports/channel.ts';

/** What the SDK takes as a message. */
export type TeamsActivity = Parameters<ConversationActivityClient['create']>[1];

/** A card as a message; `teamsIds` are shown their own buttons, where it has any. */
export function cardActivity(card: Card, key: string, teamsIds: readonly string[]): TeamsActivity {
  const refresh = card.actions.length > 0 ? { subject: key, userIds: teamsIds } : null;
  return {
    type: 'message',
    summary: clip(toNotification(card), 300),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: toAdaptiveCard(card, refresh) }],
  };
}

/** A line of text that calls people by name: `<at>` in the text and the person it stands for beside it. */
export function textActivity(text: string, people: readonly (Named & { readonly teamsId: string })[]): TeamsActivity {
  const mentions = people.map(({ teamsId, name }) => ({
    type: 'mention' as const,
    text: `<at>${escaped(name)}</at>`,
    mentioned: { id: teamsId, name: clean(name), role: 'user' as const },
  }));
  return {
    type: 'message',
    textFormat: 'xml',
    text: [...mentions.map((mention) => mention.text), escaped(text)].join(' '),
    summary: clip(clean(text), 300),
    entities: mentions,
  };
}

/** Nothing that somebody typed becomes a mention, a link or a style. */
function escaped(text: string): string {
  return clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br/>');
}
