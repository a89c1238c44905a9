import { headerKey } from '../domain/extract-columns.ts';
import type { WelshRow } from '../domain/notice-welsh-check.ts';
import { Refusal } from '../kernel/errors.ts';
import type { CsvRecord } from './csv.ts';
import { refusePatientColumns, wrongHeader } from './header.ts';
import { headOf, rowsOf, shapeFlaw } from './records.ts';
import { openText } from './text-source.ts';

const COLUMNS = ['key', 'english', 'welsh'] as const;
type Places = Readonly<Record<(typeof COLUMNS)[number], number>> & { readonly width: number };

/** Reads the file of Welsh words as it came back: columns `key`, `english` and `welsh`, others are left alone. Refuses an encoding without ŵ and ŷ. */
export async function readWelshWords(bytes: Uint8Array): Promise<readonly WelshRow[]> {
  const source = await openText(async function* () {
    yield bytes;
  });
  if (source.encoding !== 'utf-8') {
    throw new Refusal(
      'not-utf8',
      'This file was saved in an encoding that has no ŵ and ŷ, so words may be spoiled. In the spreadsheet choose "Save as", then "CSV UTF-8 (comma delimited)", and send it again. Nothing was stored.',
    );
  }
  const head = await headOf(source);
  refusePatientColumns(head);
  const places = placesOf(head);
  const rows: WelshRow[] = [];
  for await (const records of rowsOf(source)) for (const record of records) rows.push(rowOf(record, places));
  return rows;
}

function placesOf(head: readonly string[]): Places {
  const keys = head.map(headerKey);
  const at = (column: string) => keys.indexOf(headerKey(column));
  const missing = COLUMNS.filter((column) => at(column) === -1);
  if (missing.length > 0) throw wrongHeader('file of Welsh words', head, missing);
  return { key: at('key'), english: at('english'), welsh: at('welsh'), width: head.length };
}

function rowOf(record: CsvRecord, places: Places): WelshRow {
  const cell = (at: number) => withoutGuard((record.cells[at] ?? '').trim());
  const broken = shapeFlaw(record, places.width) !== null;
  const { key, english, welsh } = places;
  return { line: record.line, key: cell(key), english: cell(english), welsh: cell(welsh), broken };
}

/** The apostrophe that keeps a spreadsheet from running a cell as a formula (kernel/csv-text). */
function withoutGuard(cell: string): string {
  return cell.replace(/^'(?=[=+\-@])/, '');
}
