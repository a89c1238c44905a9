import type { z } from 'zod';

/** What is wrong with a field, in plain words; a verb's own sentence stays as it is. */
export function problemWords(issue: z.core.$ZodIssue): string {
  if (!/^(?:Too small|Too big|Invalid)\b/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'too_small':
      return limitWords(issue.origin, `at least ${issue.minimum}`, `${issue.minimum} or more`);
    case 'too_big':
      return limitWords(issue.origin, `at most ${issue.maximum}`, `${issue.maximum} or less`);
    case 'invalid_value':
      return `Choose one of: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'That does not have the form that is wanted here.';
    case 'invalid_type':
      return TYPES[issue.expected] ?? 'That cannot be read. Type it another way.';
    default:
      return 'That cannot be used here. Type it another way.';
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  email: 'Give an e-mail address, for example name@trust.example.',
  url: 'Give an address that begins with https://.',
};

const TYPES: Readonly<Record<string, string>> = {
  number: 'Give a number.',
  int: 'Give a whole number.',
  date: 'Give a date, for example 2026-12-08.',
};

function limitWords(of: string, length: string, size: string): string {
  return of === 'string' ? `Write ${length} characters.` : `Give ${size}.`;
}
