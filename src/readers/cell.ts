import type { CellKind } from '../domain/extract-columns.ts';
import type { FlawCode } from '../domain/extract-flaw.ts';
import { findPatientData } from '../domain/patient-data.ts';

export type CellValue = string | number | boolean | null;
/** What a cell says, or what is wrong with it. A warning gives a value too. */
export interface CellFlaw {
  readonly flaw: FlawCode;
  readonly value: CellValue;
}
export type CellReader = (raw: string) => CellValue | CellFlaw;

/** How each kind of cell is read. A blank cell is null; nothing is guessed. */
export const CELL_READERS: Readonly<Record<CellKind, CellReader>> = {
  'service-id': readServiceId,
  text: readText,
  ods: readOds,
  flag: readFlag,
  date: readDate,
  count: readCount,
  asid: readAsid,
  endpoint: readEndpoint,
  kept: () => null,
};

export function isFlaw(read: CellValue | CellFlaw): read is CellFlaw {
  return typeof read === 'object' && read !== null;
}

/** The value as a flaw may show it: shortened, and null where it could be a patient's. */
export function shown(raw: string): string | null {
  const value = raw.trim();
  if (value === '' || findPatientData(value) !== null) return null;
  return value.length > 80 ? `${value.slice(0, 79)}…` : value;
}

function readServiceId(raw: string): CellValue | CellFlaw {
  const id = raw.trim();
  if (id === '') return null;
  if (!/^\d{1,15}$/.test(id)) return wrong('service-id');
  return id.length >= 10 && findPatientData(id) !== null ? wrong('patient-data') : id;
}

const UNTIDY = /[^\x20-\x7e]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;
/** Anything that the detector could object to has one of these; the rest is spared its dozen patterns. */
const SUSPECT =
  /(?:\d\W{0,4}){9}\d|\b(?:nhs|ubrn|hospital|mrn|crn)\D{0,24}\d|\bpatient|of\s+birth|\bd\.?o\.?b|[^\x20-\x7e]/i;
const PLAIN_PHONE = /^0\d{4} ?\d{3} ?\d{3}$|^0\d{3} ?\d{3} ?\d{4}$|^0\d{2} \d{4} ?\d{4}$|^0\d{4} \d{6}$/;

function readText(raw: string): CellValue | CellFlaw {
  let text = raw.trim();
  if (text === '') return null;
  if (text.length > 1_000) return wrong('too-long');
  if (UNTIDY.test(text)) {
    if (CONTROL.test(text)) return wrong('control');
    text = text.replace(/\s+/g, ' ');
  }
  // Our own files put an apostrophe before what a spreadsheet would run as a formula.
  if (text.charCodeAt(0) === 39 && /^'[=+\-@]/.test(text)) text = text.slice(1);
  if (SUSPECT.test(text) && !PLAIN_PHONE.test(text) && findPatientData(text) !== null) return wrong('patient-data');
  return text;
}

function readEndpoint(raw: string): CellValue | CellFlaw {
  return /^\s*\d{12}\s*$/.test(raw) ? raw.trim() : readText(raw);
}

function readOds(raw: string): CellValue | CellFlaw {
  if (/^[A-Z0-9]{1,9}$/.test(raw)) return raw;
  const code = raw.trim().toUpperCase();
  if (code === '') return null;
  return /^[A-Z0-9]{1,9}$/.test(code) ? code : wrong('ods-code');
}

const FLAG_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['Y', true],
  ['YES', true],
  ['TRUE', true],
  ['0', false],
  ['N', false],
  ['NO', false],
  ['FALSE', false],
]);

function readFlag(raw: string): CellValue | CellFlaw {
  const quick = FLAG_WORDS.get(raw);
  if (quick !== undefined) return quick;
  const word = raw.trim().toUpperCase();
  return word === '' ? null : (FLAG_WORDS.get(word) ?? wrong('flag'));
}

function readCount(raw: string): CellValue | CellFlaw {
  const digits = raw.trim();
  if (digits === '') return null;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : wrong('count');
}

function readAsid(raw: string): CellValue | CellFlaw {
  const asid = raw.trim();
  if (asid === '') return null;
  return /^\d{12}$/.test(asid) ? asid : wrong('asid');
}

/**
 * Dates repeat by the thousand; what was read is remembered, up to a bound. Only short ones: a longer piece of a text keeps
 * the whole text in memory.
 */
const datesRead = new Map<string, CellValue | CellFlaw>();

function readDate(raw: string): CellValue | CellFlaw {
  if (raw === '') return null;
  const known = datesRead.get(raw);
  if (known !== undefined) return known;
  const read = dateOf(raw.trim());
  if (raw.length > 12) return read;
  if (datesRead.size > 20_000) datesRead.clear();
  datesRead.set(raw, read);
  return read;
}

const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:([01]\d|2[0-3])[0-5]\d[0-5]\d)?$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** The day, as ISO text. Years as far off as 2922 and 9202 stand in real extracts: a warning, not an error. */
function dateOf(text: string): CellValue | CellFlaw {
  if (text === '') return null;
  const [, year = '', month = '', day = ''] = COMPACT.exec(text) ?? ISO.exec(text) ?? [];
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const real =
    year !== '' && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysInMonth;
  if (!real) return wrong('date');
  const value = `${year}-${month}-${day}`;
  return Number(year) < 1948 || Number(year) > 2100 ? { flaw: 'odd-year', value } : value;
}

function wrong(flaw: FlawCode): CellFlaw {
  return { flaw, value: null };
}
