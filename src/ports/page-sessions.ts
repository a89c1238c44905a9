import type { PageOwner } from '../domain/page-link.ts';

/** A link to a personal page opens for so long, and once (contracts, Capability links). */
export const PAGE_LINK_MINUTES = 15;
/** So long a session holds that a link began. */
export const PAGE_SESSION_HOURS = 12;

/** Links to personal pages and the sessions that they begin. Tokens come in and go out; only hashes are kept. */
export interface PageSessions {
  /** Whose link it is and where it leads, also when it was used or is too old; null for one that nobody has. Changes nothing. */
  look(linkToken: string): Promise<LinkLook | null>;
  /** The one use of a link: the new session's token and where to go. Of two at the same moment, one gets it. */
  open(linkToken: string): Promise<{ readonly sessionToken: string; readonly path: string } | null>;
  /** Who is behind a session's token; null when it ended, or the account is not that person's any more. */
  ownerOf(sessionToken: string): Promise<PageOwner | null>;
  end(sessionToken: string): Promise<void>;
}

export interface LinkLook {
  readonly owner: PageOwner;
  readonly path: string;
  readonly good: boolean;
}
