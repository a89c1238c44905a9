import type { Doors, Outcome } from './doors.ts';
import type { ServiceHandle } from './service-handle.ts';
import type { WorldDoor } from './world-door.ts';

/** What every chapter of the story works with. */
export interface Stage {
  readonly doors: Doors;
  readonly world: WorldDoor;
  readonly service: ServiceHandle;
  readonly transcript: Transcript;
  /** True in a rehearsal with kills. */
  readonly kill: boolean;
  /** True where a person is guided through the screen; else the automation is called. */
  readonly guided: boolean;
}

/** Tells the story as it goes, and remembers what did not hold. */
export interface Transcript {
  chapter(title: string): void;
  say(line: string): void;
  /** Something that must be true for the rehearsal to count. */
  hold(condition: boolean, words: string): void;
  readonly broken: readonly string[];
}

export function createTranscript(write: (line: string) => void, started = performance.now()): Transcript {
  const broken: string[] = [];
  return {
    broken,
    chapter: (title) => write(`\n${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`),
    say: (line) => write(`  ${line}`),
    hold: (condition, words) => {
      if (!condition) broken.push(words);
      write(`  ${condition ? '✔' : '✖ did not hold:'} ${words}`);
    },
  };
}

/** The answer's facts, where the verb must not have been refused; else the rehearsal ends here with what was said. */
export function answered(outcome: Outcome): Readonly<Record<string, unknown>> {
  if (outcome.kind === 'answer') return outcome.facts ?? {};
  const fields = outcome.form?.fields.map((one) => `${one.name}${one.problem ? ` (${one.problem})` : ''}`).join(', ');
  throw new Error(
    `"${outcome.verb ?? 'a verb'}" was not answered: ${outcome.code ?? 'form'} ${outcome.message ?? fields}`,
  );
}
