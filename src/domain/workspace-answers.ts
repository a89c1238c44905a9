/** The Slack workspaces that Changeover is in, and the link that lets in one more. */
export interface WorkspacesFacts {
  readonly zone: string;
  readonly workspaces: readonly {
    readonly id: string;
    readonly name: string;
    readonly installedAt: string;
    readonly installedBy: string;
    readonly ended: { readonly at: string; readonly why: string } | null;
  }[];
  readonly link: { readonly address: string; readonly minutes: number } | null;
}

export interface WorkspaceAnswers {
  readonly workspaces: WorkspacesFacts;
}
