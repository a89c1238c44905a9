import type { Role } from './role.ts';

/** `cli` is an operator's command line; `page` is a personal page opened by a link that an operator gave out (rule 30). */
export type Platform = 'slack' | 'teams' | 'chat' | 'cli' | 'page';

/** A chat platform proves who is typing; the other two take an operator's word for it. */
export function isProven(platform: Platform): boolean {
  return platform !== 'cli' && platform !== 'page';
}

/** How somebody reached us: proven by the surface, never typed. `tenant` is the workspace or the Entra tenant. */
export interface Account {
  readonly platform: Platform;
  readonly tenant: string;
  readonly userId: string;
  readonly guest: boolean;
}

/** A person made by `grant` (rule 9); several accounts may be theirs. */
export interface Person {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly telephone: string | null;
}

export interface RoleHolder {
  readonly person: Person;
  readonly role: Role;
  /** Whose role it is, while it is lent for a time; null: their own (rule 9). */
  readonly lentBy: number | null;
}

/**
 * The account in the record. An operator's is known by an e-mail address, which the record does not hold: the person's number
 * stands for it (rule 27).
 */
export function recordedAccount(account: Account, personId: number): string {
  return isProven(account.platform) ? accountName(account) : `${account.platform}:${account.tenant}:person-${personId}`;
}

/** The account as a chat names it: "slack:T012:U345". */
export function accountName(account: Account): string {
  return `${account.platform}:${account.tenant}:${account.userId}`;
}
