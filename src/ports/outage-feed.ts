import type { NoticeFacts } from '../domain/notice.ts';

/** The outage of a migration as its readers were last told of it. */
export interface OutageTold {
  readonly facts: NoticeFacts;
  /** Of the page of the notice that said it. */
  readonly noticeToken: string;
}

/** The outage for whoever has the address of its calendar; a token that nobody was given finds nothing. Looking changes nothing. */
export interface OutageFeeds {
  /** Null too while nobody was told of an outage. */
  told(token: string): Promise<OutageTold | null>;
}
