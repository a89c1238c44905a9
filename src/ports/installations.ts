/** How Teams lets us speak first: where a conversation is, and how it is reached. All of it comes from proven requests. */
export interface TeamsConversation {
  readonly tenant: string;
  /** Without `;messageid=…`. */
  readonly conversationId: string;
  readonly kind: 'personal' | 'group' | 'channel';
  /** The team that a channel belongs to. */
  readonly teamId: string | null;
  /** Checked against the hosts that may be called. */
  readonly serviceUrl: string;
}

/** Somebody as Teams names them: the Entra object id that we know them by, and the id that mentions and refreshes want. */
export interface TeamsPerson {
  readonly tenant: string;
  /** The Entra object id: the account's `userId`. */
  readonly userId: string;
  /** "29:…". */
  readonly teamsId: string;
  /** Where to speak with them alone; null until they have written to us or installed the app. */
  readonly conversationId: string | null;
  readonly serviceUrl: string;
}

/** Where Changeover is installed in Teams, and whom it met there. What comes later replaces what was known. */
export interface Installations {
  /** `now` is ISO, by the machine's clock. */
  seen(where: TeamsConversation, who: { userId: string; teamsId: string } | null, now: string): Promise<void>;
  /** The app was taken out. */
  forget(tenant: string, conversationId: string): Promise<void>;
  conversation(tenant: string, conversationId: string): Promise<TeamsConversation | null>;
  people(tenant: string, userIds: readonly string[]): Promise<readonly TeamsPerson[]>;
  /** The newest address by which this tenant was reached; null when nobody there has spoken to us. */
  serviceUrl(tenant: string): Promise<string | null>;
  /**
   * A card of this subject stands there: its buttons or its refresh told us. Where posting it had no answer, that is how the
   * message's id is found after all, so that it is edited and not posted again.
   */
  cardSeen(tenant: string, conversationId: string, subject: string, messageId: string): Promise<void>;
}
