import type { Instant, Nullable } from './installation.ts';

export interface TeamsConversationTable {
  tenant: string;
  conversation_id: string;
  kind: 'personal' | 'group' | 'channel';
  team_id: Nullable<string>;
  service_url: string;
  /** When it was first known so. */
  seen_at: Instant;
}

export interface TeamsPersonTable {
  tenant: string;
  /** The Entra object id. */
  user_id: string;
  /** "29:…". */
  teams_id: string;
  /** The chat with them alone. */
  conversation_id: Nullable<string>;
  service_url: string;
  seen_at: Instant;
}
