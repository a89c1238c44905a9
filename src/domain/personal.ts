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

/** The facts with every personal value replaced by what `seal` gives for it. */
export function sealed(facts: unknown, seal: (value: string) => unknown): unknown {
  if (facts instanceof Personal) return seal(facts.value);
  if (Array.isArray(facts)) return facts.map((each) => sealed(each, seal));
  if (typeof facts !== 'object' || facts === null) return facts;
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, sealed(value, seal)]));
}
