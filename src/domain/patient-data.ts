/** What was found. The value itself is never returned: neither screen nor log may repeat it. */
export interface PatientDataFinding {
  readonly kind: 'nhs-number' | 'ubrn' | 'label';
}

/**
 * Looks for patient data in a text that a person typed or a file holds (rule 28): an NHS number by check digit, by its
 * 3-3-4 shape or after its label; a UBRN (12 digits, unless an ASID in `allowed`); a label with a value ("DOB 1/2/1950").
 * Telephone numbers pass. Returns the first finding, or null.
 */
export function findPatientData(text: string, allowed: ReadonlySet<string> = new Set()): PatientDataFinding | null {
  const plain = withoutMachineIds(withoutInternationalPhones(normalised(text)));
  if (LABELLED_NHS_NUMBER.test(plain)) return { kind: 'nhs-number' };
  if (LABELLED_UBRN.test(plain)) return { kind: 'ubrn' };
  if (LABELLED_VALUES.some((pattern) => pattern.test(plain))) return { kind: 'label' };
  if (NHS_SHAPE.test(plain)) return { kind: 'nhs-number' };
  if (digitsOf(plain, TEN_DIGITS).some(looksLikeNhsNumber)) return { kind: 'nhs-number' };
  if (digitsOf(plain, TWELVE_DIGITS).some((digits) => !allowed.has(digits))) return { kind: 'ubrn' };
  return null;
}

/** True when the ten digits carry a right check digit (modulus 11, weights 10 to 2). */
export function nhsCheckDigitHolds(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (10 - i);
  const check = 11 - (sum % 11);
  return check !== 10 && Number(digits[9]) === check % 11;
}

const GAP = '[ ./-]';
const BEFORE = '(?<!\\d)';
const AFTER = '(?!\\d)';

/** The way an NHS number is written, whatever its check digit: the official sample 999 123 4567 fails it. */
const NHS_SHAPE = new RegExp(`${BEFORE}\\d{3}${GAP}\\d{3}${GAP}\\d{4}${AFTER}`);

/** Ten digits in one piece, one by one, in pairs, or in two or three pieces that people use. */
const TEN_DIGITS = pieces([[10], [5, 5], [4, 6], [6, 4], [4, 3, 3], [3, 4, 3], [2, 2, 2, 2, 2], ones(10)]);
/** Twelve digits in one piece or in even pieces. */
const TWELVE_DIGITS = pieces([[12], [4, 4, 4], [3, 3, 3, 3], [6, 6], [2, 2, 2, 2, 2, 2], ones(12)]);

const IS = '\\s*(?:[:=#-]|is|are|was)?\\s*';
const LABELLED_NHS_NUMBER = new RegExp(
  `\\bNHS\\s*(?:numbers?|nos?\\b\\.?|num\\b\\.?|#|id\\b)${IS}\\(?\\d(?:${GAP}?\\d){9}${AFTER}`,
  'i',
);
const LABELLED_UBRN = new RegExp(`\\bUBRNs?(?:\\s*(?:numbers?|nos?\\b\\.?))?${IS}\\(?\\d(?:${GAP}?\\d){3,}`, 'i');
const LABELLED_VALUES = [
  new RegExp(`\\bNHS\\s*(?:numbers?|nos?\\b\\.?|num\\b\\.?|#)${IS}\\(?\\d(?:${GAP}?\\d){3,}`, 'i'),
  new RegExp(
    `(?<![-\\w])(?:(?:patient|hospital)[\\s_-]*(?:id|numbers?|nos?\\b\\.?|ref(?:erence)?)|MRN|CRN)${IS}(?<!\\w)\\d(?:${GAP}?\\d){4,}`,
    'i',
  ),
  /\b(?:DOB|D\.O\.B\.?|date\s+of\s+birth)\s*(?:[:=-]|is)?\s*\d{1,4}[ ./-](?:\d{1,2}|[a-z]{3,9})[ ./-]\d{2,4}/i,
  /\bpatient(?:'s)?\s+name\s*[:=]\s*\S/i,
];

/** A ten-digit number that starts with 0 is a telephone number unless it is labelled or written 3-3-4. */
function looksLikeNhsNumber(digits: string): boolean {
  return !digits.startsWith('0') && nhsCheckDigitHolds(digits);
}

function digitsOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[0].replace(/\D/g, ''));
}

function pieces(shapes: readonly (readonly number[])[]): RegExp {
  const bodies = shapes.map((shape) => shape.map((length) => `\\d{${length}}`).join(GAP));
  return new RegExp(`${BEFORE}(?:${bodies.join('|')})${AFTER}`, 'g');
}

function ones(count: number): readonly number[] {
  return Array.from({ length: count }, () => 1);
}

/** Other scripts' digits become 0 to 9, every kind of space and dash becomes one, invisible characters go. */
function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, digitValue)
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/g, ' ');
}

function digitValue(character: string): string {
  if (/[0-9]/.test(character)) return character;
  const point = character.codePointAt(0) ?? 0;
  let zero = point;
  while (zero > point - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(point - zero);
}

/** "+44 20 7946 0000" has the digits of a UBRN and the shape of an NHS number. */
function withoutInternationalPhones(text: string): string {
  return text
    .replace(/\+44[ ./-]?(?:\(0\))?(?:[ ()./-]{0,2}\d){10}(?!\d)/g, ' ')
    .replace(/\+(?!44)[1-9]\d{0,2}(?:[ ()./-]{0,2}\d){6,12}(?!\d)/g, ' ');
}

/** A hash or a UUID holds runs of digits by chance. It has letters among them, which no patient's number has. */
function withoutMachineIds(text: string): string {
  return text.replace(/\b(?=[0-9a-f-]*[a-f])(?:[0-9a-f]{24,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/gi, ' ');
}
