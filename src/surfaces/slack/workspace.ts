import type { webApi } from '@slack/bolt';
import { Refusal } from '../../kernel/errors.ts';
import type { Workspace } from './parts.ts';

/** The workspace that the bot's token belongs to: asked of Slack once, and again only if Slack did not answer. */
export function workspaceOf(client: webApi.WebClient): () => Promise<Workspace> {
  let known: Promise<Workspace> | null = null;
  return () => {
    if (known) return known;
    const asked = askSlack(client);
    known = asked;
    asked.catch(() => {
      known = null;
    });
    return asked;
  };
}

async function askSlack(client: webApi.WebClient): Promise<Workspace> {
  const {
    team_id: teamId,
    bot_id: botId,
    user_id: botUserId,
  } = await client.auth.test().catch((error: unknown) => {
    throw new Refusal(
      'slack-silent',
      'Changeover cannot reach Slack just now, so nothing was done. Try again in a minute.',
      {
        facts: { reason: error instanceof Error ? error.message : String(error) },
      },
    );
  });
  if (!teamId || !botId || !botUserId) {
    throw new Refusal('slack-token', 'SLACK_BOT_TOKEN is not a bot’s token. Ask an administrator to run `bsu doctor`.');
  }
  return { teamId, botId, botUserId };
}
