import type { webApi } from '@slack/bolt';

/** A workspace in which Changeover is installed, and the client that holds its token. */
export interface Workspace {
  readonly teamId: string;
  readonly botUserId: string;
  readonly client: webApi.WebClient;
}

/** The workspaces that Changeover is installed in, made by the delivery room. */
export interface Workspaces {
  /** The first of these ids, from most to least certain, that is installed. Refuses where none is, or Slack is silent. */
  of(ids: readonly string[]): Promise<Workspace>;
  /** Slack says that the token of this workspace is no more. */
  ended(id: string, why: 'uninstalled' | 'revoked'): Promise<void>;
}
