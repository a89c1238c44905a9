import type { Account } from '../../domain/person.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { TeamsApiFor } from './api-for.ts';
import type { Incoming } from './incoming.ts';

/** How long Teams' word on a person holds, in milliseconds: somebody made a guest is one here after ten minutes. */
const FRESH = 10 * 60_000;
const MOST_KEPT = 5_000;

interface Standing {
  readonly tenant: string | null;
  readonly guest: boolean;
  readonly userId: string | null;
}

/** Who somebody is to Teams: a full member of a tenant that is let in, or a guest. Asked once, then remembered for a while. */
export class TeamsDirectory {
  readonly #api: TeamsApiFor;
  readonly #tenantIds: readonly string[];
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly standing: Promise<Standing>; readonly at: number }>();

  constructor(api: TeamsApiFor, tenantIds: readonly string[], now: () => number) {
    this.#api = api;
    this.#tenantIds = tenantIds;
    this.#now = now;
  }

  /**
   * The account behind a proven request. Guests of the tenant, people of another one in a shared channel, and whoever Teams does
   * not call a user are guests (rule 9). Refuses somebody without an Entra id, and everybody when Teams does not say (rule 29).
   */
  async account({ asker, place }: Incoming): Promise<Account> {
    if (asker.userId === null) {
      throw new Refusal(
        'no-entra-id',
        'Microsoft Teams does not say who you are (a guest without an account, or somebody anonymous in a meeting), so nothing was done. Sign in with your own account.',
      );
    }
    const { tenant, guest } = await this.#standing(asker.teamsId, place);
    const home = tenant ?? place.tenant;
    return {
      platform: 'teams',
      tenant: home,
      userId: asker.userId,
      guest: guest || !this.#tenantIds.includes(home),
    };
  }

  /** The account's name of somebody who was mentioned ("teams:TENANT:ID"); null when Teams does not know them. */
  async nameOf(teamsId: string, place: Incoming['place']): Promise<string | null> {
    const known = await this.#standing(teamsId, place).catch(() => null);
    return known?.userId ? `teams:${known.tenant ?? place.tenant}:${known.userId}` : null;
  }

  #standing(teamsId: string, place: Incoming['place']): Promise<Standing> {
    const key = `${place.tenant}:${teamsId}`;
    const known = this.#known.get(key);
    if (known && this.#now() - known.at < FRESH) return known.standing;
    const standing = this.#ask(teamsId, place);
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(key, { standing, at: this.#now() });
    standing.catch(() => this.#known.delete(key));
    return standing;
  }

  async #ask(teamsId: string, { channelId, serviceUrl }: Incoming['place']): Promise<Standing> {
    const member = await this.#api(serviceUrl)
      .conversations.getMemberById(channelId, teamsId)
      .catch((error: unknown) => {
        throw new Refusal(
          'teams-silent',
          'Microsoft Teams did not say whether you are a full member of this organisation, so nothing was done. Try again in a minute.',
          { facts: { reason: error instanceof Error ? error.message : String(error) } },
        );
      });
    return {
      tenant: member.tenantId?.toLowerCase() ?? null,
      guest: !isMember(member.userRole, member.userPrincipalName),
      userId: member.aadObjectId?.toLowerCase() ?? null,
    };
  }
}

/** Entra marks a guest's name by #EXT#; where Teams gives no role, only a name without that mark is a member's. */
function isMember(role: string | undefined, name: string | undefined): boolean {
  const external = /#EXT#/i.test(name ?? '');
  return role === undefined ? name !== undefined && !external : role.toLowerCase() === 'user' && !external;
}
