/** What Changeover asks to be allowed in Slack; each is explained in docs/slack.md. */
export const SCOPES = [
  'commands',
  'chat:write',
  'files:read',
  'files:write',
  'im:write',
  'users:read',
  'users:read.email',
] as const;

/**
 * Only to find a card again whose posting had no answer, and for `bsu doctor` to look whether the bot is in a channel. Without
 * them such a card is posted once more, marked as the replacement, and doctor says what it cannot see.
 */
export const OPTIONAL_SCOPES = [
  'channels:history',
  'groups:history',
  'metadata.message:read',
  'channels:read',
  'groups:read',
] as const;
