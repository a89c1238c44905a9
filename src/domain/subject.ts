/** What a posted card is about: "plan:12", "run:7", "verification:12", "notice:4". */
export type Subject = `${'plan' | 'run' | 'verification' | 'notice'}:${number}`;
