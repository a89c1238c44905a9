/**
 * A personal value in the facts of an audit event (rule 27). The record holds sha256(salt + value) in its place; salt and value
 * are kept elsewhere and deleted together, and the record stays valid.
 */
export class Personal {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

/** Marks a value that names or reaches a person: it enters the record only as its salted hash. */
export function personal(value: string): Personal {
  return new Personal(value);
}

/** In free text the address alone is taken out; what is around it stays readable. */
const ADDRESS = /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/**
 * The facts with every personal value replaced: `{ personal: … }` for what was marked, `[personal …]` for each e-mail address
 * in any text, whoever typed it. `seal` gives the salted hash.
 */
export function sealed(facts: unknown, seal: (value: string) => string): unknown {
  if (facts instanceof Personal) return { personal: seal(facts.value) };
  if (typeof facts === 'string' && !facts.includes('@')) return facts;
  if (typeof facts === 'string') return facts.replace(ADDRESS, (address) => `[personal ${seal(address)}]`);
  if (Array.isArray(facts)) return facts.map((each) => sealed(each, seal));
  if (typeof facts !== 'object' || facts === null) return facts;
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, sealed(value, seal)]));
}
