import type { Language } from '../kernel/voice.ts';
import type { AddressFault, ListedRecipient, RecipientKind } from './recipient.ts';
import { addressFault, addressKey, isWelshPractice } from './recipient.ts';

/** Whom a migration tells (rule 20); an input of the plan's hash. */
export interface AudienceRule {
  /** The uploaded lists that count; null: all of them. Commissioners always come from every list. */
  readonly lists: readonly string[] | null;
  /** Commissioner codes of the practice file whose practices are to be told, even if a list is left out. */
  readonly practicesOf: readonly string[];
  /** Who is left out, each with a reason; a commissioner only where somebody else is told in its place. */
  readonly without: readonly LeftOut[];
  /** Why those who are marked for Welsh get English only, as somebody decided and said; null: they get both. */
  readonly englishOnly: string | null;
}

export interface LeftOut {
  readonly code: string;
  readonly reason: string;
  /** The address that gets the mail in its place; null: nobody does. */
  readonly instead: string | null;
}

export const EVERYBODY: AudienceRule = { lists: null, practicesOf: [], without: [], englishOnly: null };

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
  /** Of the mail: Welsh with English, or English alone. */
  readonly language: Language;
}

export interface Audience {
  readonly members: readonly AudienceMember[];
  /** Lines that share an address with another and were put together with it. */
  readonly merged: number;
  /** Listed, but not yet or no longer in effect on that day. */
  readonly notInEffect: number;
  /** Left out or redirected by the rule. */
  readonly leftOut: readonly LeftOut[];
  /** Practices of the practice file that no line of the table of commissioners reaches; 0 where there is no table. */
  readonly unmapped: number;
  /** Who can be mailed and is marked for Welsh, whatever the rule says. */
  readonly markedWelsh: number;
  readonly englishOnly: AudienceRule['englishOnly'];
}

/**
 * Everyone who is told on that day: listed commissioners in effect, referrers of the chosen lists, practices of the chosen
 * commissioners; one member an address, commissioners first. `day` is the ISO day in the migration's zone; `mapped` the codes
 * of the practice file whose commissioner, as of that day, is on the list, to that commissioner.
 */
export function audienceOf(
  rule: AudienceRule,
  listed: readonly ListedRecipient[],
  practices: readonly Practice[],
  day: string,
  mapped: ReadonlyMap<string, string> = new Map(),
): Audience {
  const inEffect = listed.filter((row) => isInEffect(row, day));
  const all = [...fromLists(rule, inEffect), ...fromPractices(rule, inEffect, practices, mapped)];
  const candidates = all.flatMap((one) => redirected(one, rule.without));
  const members = mergedByAddress(candidates);
  return {
    members: rule.englishOnly === null ? members : members.map((one) => ({ ...one, language: 'en' })),
    englishOnly: rule.englishOnly,
    markedWelsh: members.filter((one) => one.fault === null && one.language === 'cy').length,
    merged: candidates.length - members.length - repeatedCodes(members, candidates),
    leftOut: rule.without.filter((one) => all.some((candidate) => candidate.code === one.code)),
    unmapped: 0,
    notInEffect: listed.length - inEffect.length,
  };
}

/** What of the rule a vote covers; nobody left out, and Welsh for whoever is marked, say nothing. */
export function audienceInputs(rule: AudienceRule): Readonly<Record<string, unknown>> {
  const { lists, practicesOf, without, englishOnly } = rule;
  return {
    lists,
    practicesOf,
    ...(without.length > 0 ? { without } : {}),
    ...(englishOnly === null ? {} : { englishOnly }),
  };
}

/** The listed commissioners that are in effect on that day. */
export function commissionersOn(listed: readonly ListedRecipient[], day: string): ReadonlySet<string> {
  const rows = listed.filter((row) => row.kind === 'commissioner' && isInEffect(row, day));
  return new Set(rows.map((row) => row.code));
}

function isInEffect(row: ListedRecipient, day: string): boolean {
  return (row.from ?? '') <= day && day <= (row.to ?? '9999-12-31');
}

/** How many of each kind can be mailed, and how many cannot. */
export function audienceCounts(members: readonly AudienceMember[]) {
  const mailable = members.filter((one) => one.fault === null);
  return {
    commissioners: mailable.filter((one) => one.kind === 'commissioner').length,
    referrers: mailable.filter((one) => one.kind === 'referrer').length,
    unreachable: members.length - mailable.length,
    inWelsh: mailable.filter((one) => one.language === 'cy').length,
  };
}

/** How many practices are in Wales by their codes, and get English only: somebody may want to ask them. */
export function unaskedInWales(members: readonly AudienceMember[]): number {
  return members.filter((one) => one.fault === null && one.language === 'en' && isWelshPractice(one.code)).length;
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
  mapped: ReadonlyMap<string, string>,
): Candidate[] {
  const chosen = new Set([...rule.practicesOf, ...(narrowed(rule) ? [] : mapped.keys())]);
  if (chosen.size === 0) return [];
  const byCode = new Map(rows.filter((row) => row.kind === 'referrer').map((row) => [row.code, row]));
  return practices
    .filter((practice) => practice.commissioner !== null && chosen.has(practice.commissioner))
    .map((practice) => {
      const row = byCode.get(practice.code);
      const today = mapped.get(practice.commissioner ?? '');
      const why = `practice of commissioner ${practice.commissioner}${today === undefined || today === practice.commissioner ? '' : `, today ${today}`}`;
      return candidate(
        row ?? { ...practice, kind: 'referrer', email: null, language: 'en' },
        row ? `${why}, address from list ${row.list}` : why,
      );
    });
}

/** A narrower audience is made by lists alone: then the table of commissioners adds nobody. */
function narrowed(rule: AudienceRule): boolean {
  return rule.lists !== null;
}

/** Nobody, or the address that is told instead, with the reason among the whys. */
function redirected(one: Candidate, without: readonly LeftOut[]): Candidate[] {
  const left = without.find((entry) => entry.code === one.code);
  if (!left) return [one];
  if (left.instead === null) return [];
  return [candidate({ ...one, email: left.instead }, `${one.why}; another address instead: ${left.reason}`)];
}

function candidate(
  row: Pick<ListedRecipient, 'code' | 'name' | 'kind' | 'email' | 'telephone' | 'language'>,
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
    language: row.language,
    why,
    fault,
  };
}

function mergedByAddress(candidates: readonly Candidate[]): AudienceMember[] {
  const commissionersFirst = candidates.toSorted((a, b) => rank(a.kind) - rank(b.kind));
  const byKey = new Map<string, { first: Candidate; also: string[]; language: Language }>();
  for (const one of commissionersFirst) {
    const known = byKey.get(one.key);
    if (!known) {
      byKey.set(one.key, { first: one, also: [], language: one.language });
      continue;
    }
    if (known.first.code !== one.code && !known.also.includes(one.code)) known.also.push(one.code);
    // The mail in both languages is right for all who share the address.
    if (one.language === 'cy') known.language = 'cy';
  }
  return [...byKey.values()].map(({ first, also, language }) => ({ ...first, also, language }));
}

/** The same organisation twice at one address (a list and the practice file, say) is no news to anybody. */
function repeatedCodes(members: readonly AudienceMember[], candidates: readonly Candidate[]): number {
  return candidates.length - members.reduce((sum, one) => sum + 1 + one.also.length, 0);
}

function rank(kind: RecipientKind): number {
  return kind === 'commissioner' ? 0 : 1;
}
