/** What a posted card is about: "plan:12", "run:7", "verification:12", "notice:4"; "checklist:3" is of migration 3, in messages alone. */
export type Subject = `${'plan' | 'run' | 'verification' | 'notice' | 'checklist'}:${number}`;

const SUBJECT = /^(?:plan|run|verification|notice|checklist):[1-9]\d{0,8}$/;

/** The subject that this text names, or null: it comes from a client. */
export function readSubject(text: string): Subject | null {
  return SUBJECT.test(text) ? (text as Subject) : null;
}
