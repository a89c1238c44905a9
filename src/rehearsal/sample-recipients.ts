import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { lines } from './csv-lines.ts';

export const COMMISSIONERS = 42;

/** The commissioners of the rehearsal, all fictional. */
export function commissionersCsv(): string {
  const rows = Array.from({ length: COMMISSIONERS }, (_, index) => {
    const number = String(index + 1).padStart(2, '0');
    const email = `commissioner-${number}@commissioner.example`;
    return [
      `XC${number}`,
      `Rehearsal Integrated Care Board ${index + 1}`,
      'commissioner',
      email,
      `01632 9600${number}`,
      '2026-04-01',
      '',
    ];
  });
  return lines(RECIPIENT_COLUMNS, rows);
}

/** Codes that the map says nothing about, so that `mapping` has some to name. */
const UNMAPPED = 3;
const MADE_UP =
  'FICTIONAL, made up for the rehearsal. Codes: NHS Digital, Organisation Data Service (Open Government Licence v3.0)';

/**
 * A table for `mapping`: which fictional commissioner stands for which code of the practice file. The codes are real, what they
 * stand for here is not, and each line says so.
 */
export function commissionerMapCsv(): string {
  const codes = [...new Set(practices().map(({ commissioner }) => commissioner))].toSorted();
  const rows = codes.slice(0, -UNMAPPED).map((code, at) => {
    const number = String((at % COMMISSIONERS) + 1).padStart(2, '0');
    return [code, `XC${number}`, '2026-04-01', '', MADE_UP];
  });
  return lines(['code', 'commissioner', 'from', 'to', 'source'], rows);
}

/** Active GP practices as recipients, all of them or the first so many: code and name are real (ODS), the address is not. */
export function practicesCsv(most = Number.POSITIVE_INFINITY): string {
  return lines(
    RECIPIENT_COLUMNS,
    practices()
      .slice(0, most)
      .map(({ code, name }) => [code, name, 'referrer', `${code}@referrer.example`, '', '', '']),
  );
}

/** The real ODS rows of the active GP practices, in ODS's published form (see data/README.md for the licence). */
export function epraccurText(): string {
  return gunzipSync(readFileSync(new URL('data/epraccur-active-practices.csv.gz', import.meta.url))).toString('latin1');
}

function practices(): readonly { readonly code: string; readonly name: string; readonly commissioner: string }[] {
  return epraccurText()
    .split('\r\n')
    .flatMap((line) => {
      const [code, name, , , , , , , , , , , , , commissioner] = line.slice(1, -1).split('","');
      return name === undefined || commissioner === undefined ? [] : [{ code: code ?? '', name, commissioner }];
    });
}

const RECIPIENT_COLUMNS = ['code', 'name', 'kind', 'email', 'telephone', 'from', 'to'];
