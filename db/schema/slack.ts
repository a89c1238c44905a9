import type { Instant, Json, Nullable } from './installation.ts';

export interface SlackWorkspaceTable {
  /** The workspace's id, or the organisation's where it was installed for all of it. */
  id: string;
  name: string;
  organisation: string | null;
  bot_id: string;
  bot_user_id: string;
  scopes: Json<readonly string[]>;
  /** Null once Slack ended it: no token outlives its installation. */
  sealed_token: string | null;
  installed_at: Instant;
  installed_by: number;
  ended_at: Nullable<Instant>;
  ended_why: Nullable<string>;
}

export interface SlackInstallPassTable {
  /** Of the code in the link; the code itself is nowhere. */
  hash: string;
  person_id: number;
  expires_at: Instant;
  used_at: Nullable<Instant>;
}

/** Which workspaces of an organisation have been heard from: the organisation's token is theirs. */
export interface SlackOrganisationTeamTable {
  team_id: string;
  organisation: string;
}
