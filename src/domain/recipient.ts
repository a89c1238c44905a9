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
}

/** A line as it lies in the store: with the list that it came from. */
export interface ListedRecipient extends RecipientRow {
  readonly list: string;
}

export type AddressFault = 'missing' | 'not-an-address' | 'not-plain';

export const ADDRESS_FAULT_WORDS: Readonly<Record<AddressFault, string>> = {
  missing: 'no email address',
  'not-an-address': 'the email address is not valid',
  'not-plain': 'the email address has letters that many mail systems refuse',
};

/** What makes an address unusable, or null. Strict: one address, nothing that could start a second header or recipient. */
export function addressFault(email: string | null): AddressFault | null {
  if (email === null || email.trim() === '') return 'missing';
  const address = email.trim();
  if (/[^\x20-\x7e]/.test(address)) return 'not-plain';
  const [local = '', domain = '', ...rest] = address.split('@');
  const fits = rest.length === 0 && address.length <= 254 && LOCAL.test(local) && DOMAIN.test(domain);
  return fits ? null : 'not-an-address';
}

/** An address that nobody is likely to read, as a warning: "noreply@…", "test@…". */
export function looksUnread(email: string): boolean {
  return /^(?:no-?reply|do-?not-?reply|test|testing|postmaster|mailer-daemon|abuse)[+.\d]*@/i.test(email);
}

/** Addresses differ in case only for machines: one key an address, or one an organisation that has none. */
export function addressKey(row: Pick<RecipientRow, 'code' | 'email'>): string {
  return addressFault(row.email) === null ? (row.email ?? '').trim().toLowerCase() : `no address: ${row.code}`;
}

const LOCAL = /^(?=.{1,64}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
