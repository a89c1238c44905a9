import type { Account } from './person.ts';

/** A person's second account, and roles lent for a time (rule 9). Instants are ISO texts. */
export interface JoiningAnswers {
  /** Shown once, to its owner alone. */
  readonly 'link.code': { readonly code: string; readonly minutes: number };
  /** The owner's open code: waiting for the other account, or typed there and waiting for the owner's yes. */
  readonly 'link.waiting': { readonly account: string | null; readonly minutes: number };
  /** To the new account: the code was right. */
  readonly 'link.claimed': { readonly minutes: number };
  readonly 'link.ended': { readonly account: string; readonly joined: boolean };
  /** A role lent to a colleague for a time. */
  readonly 'role.lent': {
    readonly role: string;
    readonly to: string;
    readonly until: string;
    readonly zone: string;
  };
  readonly 'role.taken-back': { readonly roles: readonly string[] };
}

/** A code that was given out and has neither run out nor ended. */
export interface OpenLink {
  readonly id: number;
  readonly personId: number;
  readonly expiresAt: string;
  /** The account that typed the code; null while nobody has. */
  readonly account: Account | null;
}

/** A code lasts so long, from when it is given to the owner's yes. */
export const LINK_MINUTES = 15;

/** Whole minutes that are left, at least one. */
export function minutesLeft(expiresAt: string, now: Temporal.Instant): number {
  return Math.max(1, Math.ceil(now.until(expiresAt).total('minutes')));
}
