/** The channels in which a migration's cards stand. */
export interface ChannelsFacts {
  readonly migration: string;
  readonly zone: string;
  /** What was done just now. */
  readonly done: 'added' | 'taken-off' | null;
  /** In the order in which they were added. */
  readonly channels: readonly {
    readonly platform: string;
    readonly channelId: string;
    /** Asked from there. */
    readonly here: boolean;
    /** It takes no messages. */
    readonly trouble: { readonly problem: string; readonly since: string } | null;
  }[];
}

export interface ChannelAnswers {
  readonly channels: ChannelsFacts;
}
