/** One thing that is wrong with a file: an error leaves its row out, a warning lets it in. */
export interface Flaw {
  readonly code: FlawCode;
  /** The line of the file, the header being line 1; of a row over several lines, its first. */
  readonly line: number;
  readonly column: string | null;
  /** As it stands in the file, shortened; null where it is not to be repeated (a patient's data) or there is none. */
  readonly value: string | null;
  /** Of a duplicate: the line that came first. */
  readonly otherLine: number | null;
}

export type FlawCode = keyof typeof FLAWS;
export type Severity = 'error' | 'warning';

/** Every flaw: what it does to its row, what is wrong, what to do. */
export const FLAWS = {
  'row-short': error('The row is cut short: it has fewer values than the header.', 'Export the file again, whole.'),
  'row-long': error('The row has more values than the header.', 'Put a value that holds a comma in double quotes.'),
  'row-broken': error(
    'A double quote stands in the wrong place.',
    'Quote the whole value and double the quotes in it.',
  ),
  'row-too-big': error(
    'The row goes on for more than 64,000 characters.',
    'Look for a double quote that is not closed.',
  ),
  blank: error('The value is missing.', 'Fill it in: the service cannot be used without it.'),
  'service-id': error('This is not a service ID.', 'Write its digits, nothing else.'),
  duplicate: error('This service ID stands in the file twice; the first row was used.', 'Keep one of the two rows.'),
  'ods-code': error('This is not an ODS code.', 'Write 1 to 9 capital letters and digits.'),
  flag: error('This is not yes or no.', 'Write Y or N (1, 0, YES, NO, TRUE and FALSE are understood).'),
  date: error('This is not a date.', 'Write YYYYMMDD, YYYYMMDDHHMMSS or YYYY-MM-DD.'),
  count: error('This is not a whole number.', 'Write digits, or leave it blank.'),
  asid: error('This is not an ASID.', 'Write 12 digits, with any leading zero: a spreadsheet may have dropped it.'),
  'too-long': error('The value is longer than 1,000 characters.', 'Shorten it.'),
  control: error('The value holds a character that is not text.', 'Take it out, or type the value again.'),
  'patient-data': error(
    'This looks like a patient’s data, so it is not shown.',
    'Take it out: no patient data may be here.',
  ),
  email: error(
    'This is not an email address that can be used.',
    'Correct it, or leave it blank to have the place telephoned.',
  ),
  kind: error('This is not a kind of recipient.', 'Write commissioner or referrer.'),
  language: error('This is not a language of the notices.', 'Write en or cy, or leave it blank for English.'),
  span: error('The last day is before the first.', 'Correct one of the two.'),
  'odd-year': warning('The year is far off.', 'Look whether it is a slip of the pen; the row was used as it is.'),
  'not-utf8': warning(
    'The file is not UTF-8 and was read as Windows-1252.',
    'Look at names with accents; save as CSV UTF-8.',
  ),
  'not-in-extract': warning(
    'No service of the extract has this ID; the row was not used.',
    'Check the ID, or import a newer extract.',
  ),
} as const;

/** Whether the row was left out. */
export function severityOf(code: FlawCode): Severity {
  return FLAWS[code].severity;
}

/** What is wrong, with the other line of a duplicate. */
export function wrongOf(flaw: Flaw): string {
  const text = FLAWS[flaw.code].wrong;
  return flaw.otherLine === null ? text : `${text} First on line ${flaw.otherLine}, again on line ${flaw.line}.`;
}

export const FLAW_FILE_HEADER = ['line', 'column', 'value', 'effect', 'what is wrong', 'what to do'] as const;

/** The row of the flaws' file (rule 2). */
export function flawRow(flaw: Flaw): readonly (string | number | null)[] {
  const effect = severityOf(flaw.code) === 'error' ? 'left out' : 'warning';
  return [flaw.line, flaw.column, flaw.value, effect, wrongOf(flaw), FLAWS[flaw.code].todo];
}

function error(wrong: string, todo: string) {
  return { severity: 'error' as Severity, wrong, todo };
}

function warning(wrong: string, todo: string) {
  return { severity: 'warning' as Severity, wrong, todo };
}
