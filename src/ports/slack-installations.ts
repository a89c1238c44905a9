/** Changeover in one Slack workspace, or in all workspaces of one organisation (Enterprise Grid). */
export interface SlackInstallation {
  /** The workspace's id (T…), or the organisation's (E…). */
  readonly id: string;
  readonly name: string;
  readonly organisation: string | null;
  readonly botId: string;
  readonly botUserId: string;
  readonly botToken: string;
  readonly scopes: readonly string[];
}

/** Where the tokens of many workspaces are kept, encrypted. */
export interface SlackInstallations {
  /** The first of these ids (a workspace, its organisation) that is installed; null when none is, or not any more. */
  find(ids: readonly string[]): Promise<SlackInstallation | null>;
  /** Is this pass, which an administrator was given, still good for one installation? */
  isOpen(pass: string): Promise<boolean>;
  /** Keeps a new installation, or a renewed one, and uses the pass up. False when the pass was used or ran out meanwhile. */
  keep(installation: SlackInstallation, pass: string): Promise<boolean>;
  /** Slack's word that the token is no more; it is forgotten. What waits to be posted stays. */
  end(id: string, why: 'uninstalled' | 'revoked'): Promise<void>;
}
