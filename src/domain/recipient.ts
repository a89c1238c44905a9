import type { Language } from '../kernel/voice.ts';

export type RecipientKind = 'commissioner' | 'referrer';

/** One line of a recipients list, as read and checked. Dates are ISO days, both inclusive; null is open. */
export interface RecipientRow {
  readonly code: string;
  readonly name: string;
  readonly kind: RecipientKind;
  readonly email: string | null;
  readonly telephone: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** What its readers asked for; Welsh comes with the English below it. */
  readonly language: Language;
}

/** A line as it lies in the store: with the list that it came from. */
export interface ListedRecipient extends RecipientRow {
  readonly list: string;
}

/** Why no mail goes to somebody. The last is no fault of the address: no mail reached them before, a person did. */
export type AddressFault = 'missing' | 'not-an-address' | 'not-plain' | 'telephoned';

export const ADDRESS_FAULT_WORDS: Readonly<Record<AddressFault, string>> = {
  missing: 'no email address',
  'not-an-address': 'the email address is not valid',
  'not-plain': 'the email address has letters that many mail systems refuse',
  telephoned: 'told by telephone the first time: telephone again',
};

/** Practices in Wales have codes W and five digits, in ODS's files as far as seen: a proposal to ask them, no more. */
export function isWelshPractice(code: string): boolean {
  return /^W\d{5}$/.test(code);
}

/** What makes an address unusable, or null. Strict: one address, nothing that could start a second header or recipient. */
export function addressFault(email: string | null): AddressFault | null {
  if (email === null || email.trim() === '') return 'missing';
  const address = email.trim();
  if (/[^\x20-\x7e]/.test(address)) return 'not-plain';
  const [local = '', domain = '', ...rest] = address.split('@');
  const fits = rest.length === 0 && address.length <= 254 && LOCAL.test(local) && DOMAIN.test(domain);
  return fits ? null : 'not-an-address';
}

/** Why an address that could take mail may not be read; a warning before anybody is mailed. */
export type AddressDoubt = 'no-reply' | 'test' | 'machine' | 'reserved';

export const ADDRESS_DOUBT_WORDS: Readonly<Record<AddressDoubt, string>> = {
  'no-reply': 'an address that takes no answers: nobody reads it',
  test: 'looks like a test address',
  machine: 'an address for machines and their keepers, not for a team',
  reserved: 'an example address: no mail can arrive there',
};

/** Null where nothing is odd. `rehearsal`: example addresses are right there. */
export function addressDoubt(email: string, rehearsal: boolean): AddressDoubt | null {
  if (/^(?:no-?reply|do-?not-?reply|noanswer)[+._\-\d]*@/i.test(email)) return 'no-reply';
  if (/^(?:test|testing|tester|dummy|fake|example|sample)[+._\-\d]*@/i.test(email)) return 'test';
  if (/^(?:postmaster|mailer-daemon|abuse|hostmaster|webmaster|root|bounces?)@/i.test(email)) return 'machine';
  const reserved = /@(?:.+\.)?(?:example|test|invalid|localhost|example\.(?:com|net|org))$/i.test(email);
  return reserved && !rehearsal ? 'reserved' : null;
}

/** Addresses differ in case only for machines: one key an address, or one an organisation that has none. */
export function addressKey(row: Pick<RecipientRow, 'code' | 'email'>): string {
  return addressFault(row.email) === null ? (row.email ?? '').trim().toLowerCase() : `no address: ${row.code}`;
}

const LOCAL = /^(?=.{1,64}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
