import type { webApi } from '@slack/bolt';
import type { Account } from '../../domain/person.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { Asker } from './incoming.ts';
import type { Workspace } from './workspaces.ts';

/** How long Slack's word on a person holds, in milliseconds: somebody made a guest is one here after ten minutes. */
const FRESH = 10 * 60_000;
const MOST_KEPT = 5_000;

/** Who somebody is to Slack: a full member of the installed workspace, or a guest. Asked once, then remembered for a while. */
export class SlackDirectory {
  readonly #now: () => number;
  readonly #known = new Map<string, { guest: Promise<boolean>; at: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * The account behind a signed request. Somebody of another workspace is a guest (rule 9). Refuses a deactivated account, and
   * everybody when Slack does not say (rule 29): a guest must not pass for a member.
   */
  async account({ teamId, userId }: Asker, workspace: Workspace): Promise<Account> {
    const guest = teamId !== workspace.teamId || (await this.#isGuest(userId, workspace));
    return { platform: 'slack', tenant: teamId, userId, guest };
  }

  #isGuest(userId: string, { teamId, client }: Workspace): Promise<boolean> {
    const key = `${teamId}:${userId}`;
    const known = this.#known.get(key);
    if (known && this.#now() - known.at < FRESH) return known.guest;
    const guest = ask(client, userId);
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(key, { guest, at: this.#now() });
    guest.catch(() => this.#known.delete(key));
    return guest;
  }
}

async function ask(client: webApi.WebClient, userId: string): Promise<boolean> {
  const { user } = await client.users.info({ user: userId }).catch((error: unknown) => {
    throw new Refusal(
      'slack-silent',
      'Slack did not say whether you are a full member of this workspace, so nothing was done. Try again in a minute.',
      { facts: { reason: error instanceof Error ? error.message : String(error) } },
    );
  });
  if (user?.deleted || user?.is_bot) {
    throw new Refusal(
      'deactivated',
      'Slack says that this account is not a person’s active account. Ask an administrator.',
    );
  }
  return Boolean(user === undefined || user.is_restricted || user.is_ultra_restricted || user.is_stranger);
}
