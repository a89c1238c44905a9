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

function practices(): readonly { readonly code: string; readonly name: string }[] {
  return epraccurText()
    .split('\r\n')
    .flatMap((line) => {
      const [, code, name] = /^"([^"]*)","([^"]*)"/.exec(line) ?? [];
      return code === undefined || name === undefined ? [] : [{ code, name }];
    });
}

const RECIPIENT_COLUMNS = ['code', 'name', 'kind', 'email', 'telephone', 'from', 'to'];
