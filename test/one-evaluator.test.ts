import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCES = ['src', 'commands', 'templates', 'db'].flatMap((folder) => filesUnder(join(ROOT, folder)));

/** The evaluator, what it is made of, and the words for what it says. */
const EVALUATOR = [
  'src/domain/working-hours.ts',
  'src/domain/hours-day.ts',
  'src/domain/hours-policy.ts',
  'src/domain/hours-words.ts',
  'src/domain/hours-stops.ts',
  'src/domain/zone-offsets.ts',
];

/** Who looks at the hour on a wall for another reason than working hours: each is named with it. */
const WALL_CLOCK: Readonly<Record<string, string>> = {
  'src/kernel/time-words.ts': 'puts a time into words',
  'src/domain/local-time.ts': 'reads a typed time',
  'src/domain/local-time-words.ts': 'reads a typed time',
  'src/domain/notice-lead.ts': 'counts working days for a notice, which is no bulk update (rule 24)',
  'src/domain/hours-week.ts': 'lays out a week from Monday; what is open in it the evaluator says',
  'src/domain/opening-reserve.ts': 'keeps a proposed end off 12am',
  'src/calendars/ics-recurrence.ts': 'repeats a calendar’s event',
  'src/jobs/remind-voters.ts': 'writes to people at 9am',
  'src/jobs/remind-owners.ts': 'writes to people at 9am',
  'src/kernel/voice.ts': 'puts a time into words, in each language of the notices',
  'src/jobs/ask-baseline.ts': 'writes to people at 9am of the days before (rule 26)',
  'src/jobs/ask-extract.ts': 'writes to people at 9am once the month of a run is over (rule 26)',
  'src/jobs/ask-after.ts': 'writes to people at 9am of the morning after, a working day or not (rule 25)',
  'src/surfaces/rehearsal-chat/moves.ts': 'moves the rehearsal’s clock',
};

it('11: nobody but the evaluator compares a time with the hour or the day on a wall', () => {
  const looks = /\.(?:hour|minute|dayOfWeek)\b|toPlainTime\(|PlainTime\.compare|\.get(?:UTC)?(?:Hours|Day)\(/;
  const found = filesWith(looks).filter((file) => !EVALUATOR.includes(file) && !(file in WALL_CLOCK));
  expect(found).toEqual([]);
});

it('11: every exception still stands where it is named', () => {
  expect(Object.keys(WALL_CLOCK).filter((file) => !SOURCES.some((source) => rel(source) === file))).toEqual([]);
});

it('11: nobody but the evaluator takes a policy’s ranges or the bank holidays apart', () => {
  const allowed = [
    ...EVALUATOR,
    // Says which day is a holiday; counts working days for notices; moves the rehearsal's clock.
    'src/domain/why.ts',
    'src/domain/notice-lead.ts',
    'src/surfaces/rehearsal-chat/moves.ts',
    // Reads the table.
    'src/calendars/holidays.ts',
  ];
  const parts = /\bminutesOf\(|\bdayPlans\(|\bHoursRange\b|[hH]olidays\.days\b|known\.days\b/;
  expect(filesWith(parts).filter((file) => !allowed.includes(file))).toEqual([]);
});

it('11: an evaluator is made in two places: for a migration, and for hours that are only looked at', () => {
  const made = filesWith(/from '[^']*\/working-hours\.ts'/).filter((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return /import \{[^}]*(?<!type )\b(?:hours|verdict)\b[^}]*\} from '[^']*\/working-hours\.ts'/.test(text);
  });
  expect(made.sort()).toEqual(['commands/hours.ts', 'src/domain/time-rules.ts']);
});

it('12: a run is started in one place, which asks the gates first', () => {
  expect(filesWith(/\bruns\.start\(/)).toEqual(['commands/running/begin.ts']);
  const text = readFileSync(join(ROOT, 'commands/running/begin.ts'), 'utf8');
  expect(text.indexOf('startGates(')).toBeLessThan(text.indexOf('runs.start('));
  // Whatever writes an intention to change services asks the gate in the same file, before it does.
  const intends = filesWith(/runLedger\.intend\(|effect\.kind === 'intend'/);
  expect(intends.sort()).toEqual(['commands/running/guided.ts', 'src/work/advance-run.ts']);
  expect(readFileSync(join(ROOT, 'commands/running/guided.ts'), 'utf8')).toMatch(
    /effect\.kind === 'intend' && \(await holdAtClosedGate\(/,
  );
  const driver = readFileSync(join(ROOT, 'src/work/advance-run.ts'), 'utf8');
  expect(driver.search(/\bgate\(/)).toBeGreaterThan(0);
  expect(driver.search(/\bgate\(/)).toBeLessThan(driver.indexOf('runLedger.intend('));
});

function filesWith(pattern: RegExp): string[] {
  return SOURCES.filter((file) => !rel(file).startsWith('src/rehearsal/'))
    .filter((file) => pattern.test(readFileSync(file, 'utf8')))
    .map(rel);
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith('.ts') && statSync(file).isFile());
}

function rel(file: string): string {
  return relative(ROOT, file).replaceAll('\\', '/');
}
