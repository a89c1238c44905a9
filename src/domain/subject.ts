/** What a posted card is about: "plan:12", "run:7", "verification:12", "notice:4"; "checklist:3" is of migration 3, in messages alone. */
export type Subject = `${'plan' | 'run' | 'verification' | 'notice' | 'checklist'}:${number}`;
