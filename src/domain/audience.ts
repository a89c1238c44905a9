import type { AddressFault, ListedRecipient, RecipientKind } from './recipient.ts';
import { addressFault, addressKey, looksUnread } from './recipient.ts';

/** Whom a migration tells (rule 20); an input of the plan's hash. */
export interface AudienceRule {
  /** The uploaded lists that count; null: all of them. Commissioners always come from every list. */
  readonly lists: readonly string[] | null;
  /** Commissioner codes of the practice file whose practices are to be told, even if a list is left out. */
  readonly practicesOf: readonly string[];
}

export const EVERYBODY: AudienceRule = { lists: null, practicesOf: [] };

/** An active practice of the organisation file; ODS has no mail addresses. */
export interface Practice {
  readonly code: string;
  readonly name: string;
  readonly commissioner: string | null;
  readonly telephone: string | null;
}

/** One organisation that is told, and why. */
export interface AudienceMember {
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly kind: RecipientKind;
  readonly email: string | null;
  readonly telephone: string | null;
  readonly why: string;
  /** Why no mail can go there; then it is a telephone task or listed as not told. */
  readonly fault: AddressFault | null;
  /** Others with the same address: one mail for all. */
  readonly also: readonly string[];
}

export interface Audience {
  readonly members: readonly AudienceMember[];
  /** Lines that share an address with another and were put together with it. */
  readonly merged: number;
  /** Codes whose address looks like nobody reads it. */
  readonly unread: readonly string[];
  /** Listed, but not yet or no longer in effect on that day. */
  readonly notInEffect: number;
}

/**
 * Everyone who is told on that day: listed commissioners in effect, referrers of the chosen lists, practices of the chosen
 * commissioners; one member an address, commissioners first. `day` is the ISO day in the migration's zone.
 */
export function audienceOf(
  rule: AudienceRule,
  listed: readonly ListedRecipient[],
  practices: readonly Practice[],
  day: string,
): Audience {
  const inEffect = listed.filter((row) => (row.from ?? '') <= day && day <= (row.to ?? '9999-12-31'));
  const candidates = [...fromLists(rule, inEffect), ...fromPractices(rule, inEffect, practices)];
  const members = mergedByAddress(candidates);
  return {
    members,
    merged: candidates.length - members.length - repeatedCodes(members, candidates),
    unread: members.filter((one) => one.email !== null && looksUnread(one.email)).map((one) => one.code),
    notInEffect: listed.length - inEffect.length,
  };
}

/** How many of each kind can be mailed, and how many cannot. */
export function audienceCounts(members: readonly AudienceMember[]) {
  const mailable = members.filter((one) => one.fault === null);
  return {
    commissioners: mailable.filter((one) => one.kind === 'commissioner').length,
    referrers: mailable.filter((one) => one.kind === 'referrer').length,
    unreachable: members.length - mailable.length,
  };
}

type Candidate = Omit<AudienceMember, 'also'>;

function fromLists(rule: AudienceRule, rows: readonly ListedRecipient[]): Candidate[] {
  return rows
    .filter((row) => row.kind === 'commissioner' || rule.lists === null || rule.lists.includes(row.list))
    .map((row) => candidate(row, row.kind === 'commissioner' ? `commissioner, list ${row.list}` : `list ${row.list}`));
}

function fromPractices(
  rule: AudienceRule,
  rows: readonly ListedRecipient[],
  practices: readonly Practice[],
): Candidate[] {
  if (rule.practicesOf.length === 0) return [];
  const chosen = new Set(rule.practicesOf);
  const byCode = new Map(rows.filter((row) => row.kind === 'referrer').map((row) => [row.code, row]));
  return practices
    .filter((practice) => practice.commissioner !== null && chosen.has(practice.commissioner))
    .map((practice) => {
      const row = byCode.get(practice.code);
      const why = `practice of commissioner ${practice.commissioner}`;
      return candidate(
        row ?? { ...practice, kind: 'referrer', email: null },
        row ? `${why}, address from list ${row.list}` : why,
      );
    });
}

function candidate(
  row: Pick<ListedRecipient, 'code' | 'name' | 'kind' | 'email' | 'telephone'>,
  why: string,
): Candidate {
  const fault = addressFault(row.email);
  return {
    key: addressKey(row),
    code: row.code,
    name: row.name,
    kind: row.kind,
    email: fault === null ? (row.email ?? '').trim() : row.email,
    telephone: row.telephone,
    why,
    fault,
  };
}

function mergedByAddress(candidates: readonly Candidate[]): AudienceMember[] {
  const commissionersFirst = candidates.toSorted((a, b) => rank(a.kind) - rank(b.kind));
  const byKey = new Map<string, { first: Candidate; also: string[] }>();
  for (const one of commissionersFirst) {
    const known = byKey.get(one.key);
    if (!known) byKey.set(one.key, { first: one, also: [] });
    else if (known.first.code !== one.code && !known.also.includes(one.code)) known.also.push(one.code);
  }
  return [...byKey.values()].map(({ first, also }) => ({ ...first, also }));
}

/** The same organisation twice at one address (a list and the practice file, say) is no news to anybody. */
function repeatedCodes(members: readonly AudienceMember[], candidates: readonly Candidate[]): number {
  return candidates.length - members.reduce((sum, one) => sum + 1 + one.also.length, 0);
}

function rank(kind: RecipientKind): number {
  return kind === 'commissioner' ? 0 : 1;
}
