import type { Account } from './person.ts';

/** A page of the asker's own that an answer leads to. The path begins with "/pages/". */
export interface AnswerPage {
  readonly label: string;
  readonly path: string;
}

/** The same with its address for one person: it goes into no channel and no log. */
export interface PersonalLink {
  readonly label: string;
  readonly url: string;
}

/** Whom a link or a session stands for: all that they do is judged as theirs, through this account. */
export interface PageOwner {
  readonly personId: number;
  readonly name: string;
  readonly account: Account;
}

/** The account of a person who came by a link that an operator gave out: the record shows that no chat platform proved it. */
export function vouchedAccount(email: string): Account {
  return { platform: 'page', tenant: 'operator', userId: email.toLowerCase(), guest: false };
}
