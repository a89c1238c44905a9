import { Refusal } from '../../../kernel/errors.ts';
import type { SlackInstallations } from '../../../ports/slack-installations.ts';
import type { SlackClient } from './client.ts';

/** A workspace in which Changeover is installed, and the client that holds its token. */
export interface SlackWorkspace {
  readonly teamId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly client: SlackClient;
}

/** The workspaces that this installation speaks to: one by its own token, or as many as were let in. */
export interface SlackWorkspaces {
  /** The first of these ids, from most to least certain, that is installed. Refuses where none is. */
  of(ids: readonly string[]): Promise<SlackWorkspace>;
  /** The client for a channel of this workspace; null where Changeover is not installed (any more). */
  client(teamId: string): Promise<SlackClient | null>;
  /** Slack says that the token of this workspace is no more. */
  ended(id: string, why: 'uninstalled' | 'revoked'): Promise<void>;
}

/** The one workspace that the bot's token belongs to: asked of Slack once, and again only if Slack did not answer. */
export function oneWorkspace(client: SlackClient): SlackWorkspaces {
  let known: Promise<SlackWorkspace> | null = null;
  return {
    of() {
      if (known) return known;
      const asked = askSlack(client);
      known = asked;
      asked.catch(() => {
        known = null;
      });
      return asked;
    },
    client: async () => client,
    // Nothing is stored of it. The next posting says what is wrong, and waits.
    ended: async () => {},
  };
}

/** How long a token is used without looking again, in milliseconds: what another replica was told is known here by then. */
const FRESH = 60_000;
const MOST_KEPT = 1_000;

/** As many workspaces as the database holds; `installations` is for whoever lets one in. `now` in milliseconds. */
export function manyWorkspaces(
  installations: SlackInstallations,
  clientFor: (botToken: string) => SlackClient,
  now: () => number,
): SlackWorkspaces & { readonly installations: SlackInstallations } {
  const kept = new Map<string, { readonly at: number; readonly found: Promise<SlackWorkspace | null> }>();
  const find = async (ids: readonly string[]): Promise<SlackWorkspace | null> => {
    const installed = await installations.find(ids);
    if (!installed) return null;
    const { id, organisation, botId, botUserId, botToken } = installed;
    // An organisation's token serves each of its workspaces: the channel is still the workspace's.
    const teamId = id === organisation ? (ids.find((each) => each.startsWith('T')) ?? id) : id;
    return { teamId, botId, botUserId, client: clientFor(botToken) };
  };
  const lookUp = (ids: readonly string[]): Promise<SlackWorkspace | null> => {
    const key = ids.join(' ');
    const known = kept.get(key);
    if (known && now() - known.at < FRESH) return known.found;
    const found = find(ids);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, { at: now(), found });
    const forget = () => kept.delete(key);
    // One that was just installed is not waited for.
    found.then((workspace) => workspace ?? forget(), forget);
    return found;
  };
  return {
    installations: {
      ...installations,
      async keep(installation, pass) {
        const done = await installations.keep(installation, pass);
        // The token before it is not used any more.
        kept.clear();
        return done;
      },
    },
    async of(ids) {
      const found = ids.length > 0 ? await lookUp(ids) : null;
      if (found) return found;
      throw new Refusal(
        'not-installed',
        'Changeover is not installed in this Slack workspace any more, so nothing was done. Nothing was lost: ask an administrator to install it again with a new link from `/bsu workspaces`.',
      );
    },
    client: async (teamId) => (await lookUp([teamId]))?.client ?? null,
    async ended(id, why) {
      kept.clear();
      await installations.end(id, why);
      kept.clear();
    },
  };
}

async function askSlack(client: SlackClient): Promise<SlackWorkspace> {
  const {
    team_id: teamId,
    bot_id: botId,
    user_id: botUserId,
  } = await client.auth.test().catch((error: unknown) => {
    throw new Refusal(
      'slack-silent',
      'Changeover cannot reach Slack just now, so nothing was done. Try again in a minute.',
      { facts: { reason: error instanceof Error ? error.message : String(error) } },
    );
  });
  if (!teamId || !botId || !botUserId) {
    throw new Refusal('slack-token', 'SLACK_BOT_TOKEN is not a bot’s token. Ask an administrator to run `bsu doctor`.');
  }
  return { teamId, botId, botUserId, client };
}
