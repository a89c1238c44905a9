/** A thing that can be done next: the verb with what is already known. It becomes a button where the asker may do it. */
export interface Next {
  readonly label: string;
  readonly verb: string;
  readonly input: Readonly<Record<string, string>>;
}

export function next(label: string, verb: string, input: Record<string, string> = {}): Next {
  return { label, verb, input };
}

/**
 * An honest "no": what is wrong, why, and what to do. Thrown by rules and commands, shown to the person by every surface.
 * `code` is stable and machine-readable ("working-hours"); `message` is the sentence for the screen; never a patient's data.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly remedy: readonly Next[];
  readonly facts: Readonly<Record<string, unknown>>;
  /** Which named inputs are at fault, for forms: field name to sentence. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    more: { remedy?: readonly Next[]; facts?: Record<string, unknown>; fields?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.remedy = more.remedy ?? [];
    this.facts = more.facts ?? {};
    this.fields = more.fields ?? {};
  }
}

/** Configuration or environment is wrong: one message that names every fault. */
export class ConfigurationError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationError';
    this.faults = faults;
  }
}
