/**
 * What a card that shows each person their own buttons asks for on their behalf: the card of this subject ("plan:12"), as they
 * may see it. No verb of ours: nothing is done by it.
 */
export interface Refresh {
  readonly subject: string;
  /** Whose client asks by itself, as the platform names them; the others see the card as it was posted. */
  readonly userIds: readonly string[];
}

const VERB = 'refresh';
/** Teams refuses a card with more. */
export const MOST_REFRESHED = 60;

export function refreshData(subject: string): { verb: string; input: { subject: string } } {
  return { verb: VERB, input: { subject } };
}

/** The subject of a refresh; null for the data of any other button. */
export function refreshedSubject(verb: string, input: Readonly<Record<string, string>>): string | null {
  return verb === VERB ? (input.subject ?? '') : null;
}
