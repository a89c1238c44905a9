import type { FileKind } from '../domain/extract.ts';
import {
  EXTRACT_COLUMNS,
  type ExtractColumn,
  headerKey,
  patientColumnIn,
  SUPPLEMENT_COLUMNS,
} from '../domain/extract-columns.ts';
import { Refusal } from '../kernel/errors.ts';

/** Where each known column stands in a file, and the headings that nobody knows. */
export interface Header {
  readonly width: number;
  readonly columns: readonly { readonly at: number; readonly column: ExtractColumn }[];
  readonly ignored: readonly string[];
}

/**
 * What the file is, by its first line; null when that does not tell. ODS files have no header: 27 values, an ODS code
 * first; practices have a status (13) and a prescribing setting (26), trusts have neither.
 */
export function guessKind(head: readonly string[]): FileKind | null {
  const keys = new Set(head.map(headerKey));
  if (keys.has('SERVICEID')) return keys.has('PROVIDERORGID') ? 'extract' : 'supplement';
  if (keys.has('EMAIL') && keys.has('CODE')) return 'recipients';
  if (head.length === 27 && /^[A-Z0-9]{3,9}$/.test(head[0] ?? '')) return head[12] === '' ? 'trusts' : 'practices';
  return null;
}

/** Whether any heading is one that some kind of file has: else there is nothing to ask about. */
export function isFamiliar(head: readonly string[]): boolean {
  return guessKind(head) !== null || head.some((name) => KNOWN.has(headerKey(name)));
}

const KNOWN: ReadonlySet<string> = new Set([
  ...EXTRACT_COLUMNS.map((column) => headerKey(column.name)),
  'CODE',
  'EMAIL',
]);

/** One column that names a patient refuses the whole file, before a row of it is stored (rules 2 and 28). */
export function refusePatientColumns(head: readonly string[]): void {
  const column = patientColumnIn(head);
  if (column === null) return;
  throw new Refusal(
    'patient-column',
    `The file has the column ${column.slice(0, 40)}, which holds patients’ data, so it was refused whole and nothing of it was stored. The services extract (EBSX05) has no such column: check that this is not the patient-level extract (EBSX02). Otherwise take the column out and send the file again.`,
    { facts: { column: column.slice(0, 40) } },
  );
}

export function extractHeader(head: readonly string[]): Header {
  const header = headerOf(head, EXTRACT_COLUMNS);
  const missing = EXTRACT_COLUMNS.filter((c) => c.required && !header.columns.some((there) => there.column === c));
  if (missing.length > 0)
    throw wrongHeader(
      'extract',
      head,
      missing.map((column) => column.name),
    );
  return header;
}

/** A supplement may repeat names and codes for the reader's sake; only what it can say is read. */
export function supplementHeader(head: readonly string[]): Header {
  const header = headerOf(head, SUPPLEMENT_COLUMNS);
  const names = header.columns.map(({ column }) => column.name);
  if (!names.includes('SERVICE_ID')) throw wrongHeader('supplement', head, ['SERVICE_ID']);
  if (names.length < 2)
    throw wrongHeader('supplement', head, ['PATIENT_CONTACT_PHONE or HOURS_OF_OPERATION, for example']);
  return header;
}

function headerOf(head: readonly string[], known: readonly ExtractColumn[]): Header {
  const byKey = new Map(known.map((column) => [headerKey(column.name), column]));
  const columns = head.flatMap((name, at) => {
    const column = byKey.get(headerKey(name));
    return column ? [{ at, column }] : [];
  });
  const names = columns.map(({ column }) => column.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new Refusal(
      'header-twice',
      `The header names ${twice} twice, so it is not clear which one counts. Take one out and send the file again. Nothing was stored.`,
    );
  }
  const ignored = head.filter((name) => name !== '' && !byKey.has(headerKey(name)));
  return { width: head.length, columns, ignored };
}

export function wrongHeader(kind: string, head: readonly string[], missing: readonly string[]): Refusal {
  const separator = head.length < 3 ? [';', '\t', '|'].find((mark) => head.join(',').includes(mark)) : undefined;
  const name = { ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' }[separator ?? ''];
  return new Refusal(
    'wrong-header',
    name === undefined
      ? `The first line of this ${kind} lacks ${missing.join(', ')}. Upper and lower case, spaces, _ and - do not matter. Add the header line or the column, and send the file again. Nothing was stored.`
      : `The values in this file are separated by ${name}. Save it as CSV with commas and send it again. Nothing was stored.`,
    { facts: { missing: [...missing] } },
  );
}
