import { describe, expect, it } from 'vitest';
import type { RowBatch, Table } from '../../src/domain/extract-file.ts';
import type { Service } from '../../src/domain/service.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { openFile } from '../../src/readers/file.ts';
import { bytesOf, HEADER, ROW } from './bytes.ts';

const OURS = new Set(['XR1']);

async function servicesIn(content: string | Uint8Array): Promise<RowBatch<Service>> {
  const table = (await openFile(bytesOf(content))).table('extract', OURS);
  if (table.kind !== 'extract') throw new Error('not an extract');
  return gathered(table.batches());
}

async function gathered<T>(batches: AsyncIterable<RowBatch<T>>): Promise<RowBatch<T>> {
  let all: RowBatch<T> = { rows: [], flaws: [], read: 0, elsewhere: 0 };
  for await (const batch of batches) {
    all = {
      rows: [...all.rows, ...batch.rows],
      flaws: [...all.flaws, ...batch.flaws],
      read: all.read + batch.read,
      elsewhere: all.elsewhere + batch.elsewhere,
    };
  }
  return all;
}

async function refusalOf(content: string | Uint8Array, kind: Table['kind'] = 'extract'): Promise<Refusal> {
  try {
    (await openFile(bytesOf(content))).table(kind, OURS);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('a file', () => {
  it.each([
    ['empty', '', 'file-empty'],
    ['blank', ' \n\n', 'file-empty'],
    ['a byte order mark alone', '\ufeff', 'file-empty'],
    ['a spreadsheet', 'PK\u0003\u0004rest', 'file-not-csv'],
    ['a PDF', '%PDF-1.7', 'file-not-csv'],
    ['binary', 'abc\u0000def', 'file-not-csv'],
    ['one broken line', '"never closed', 'file-not-csv'],
    ['prose', 'Dear colleague, here is the file.\nBest wishes', 'wrong-header'],
    ['without a needed column', `${HEADER.replace('SERVICE_NAME', 'NAME')}\n${ROW}\n`, 'wrong-header'],
    ['with semicolons', `${HEADER}\n${ROW}\n`.replaceAll(',', ';'), 'wrong-header'],
    ['with a column twice', `${HEADER},service-id\n${ROW},1\n`, 'header-twice'],
  ])('2: %s is refused, with what to do', async (_, content, code) => {
    const refusal = await refusalOf(content);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(/send|Export|Add|Save/);
  });

  it('2: UTF-16 is refused with the remedy', async () => {
    const refusal = await refusalOf(Uint8Array.of(0xff, 0xfe, 0x53, 0x00));
    expect(refusal.code).toBe('file-not-csv');
    expect(refusal.message).toContain('CSV UTF-8');
  });

  it.each([
    'NHS_NUMBER',
    'nhs number',
    'PATIENT_ID',
    'UBRN',
    'DOB',
    'Date-Of-Birth',
    'PATIENT_AGE',
    'PATIENTS_PARTIAL_POSTCODE',
    'POSTCODE',
    'HOME_POSTCODE',
  ])('2: the column %s refuses the whole file', async (column) => {
    const refusal = await refusalOf(`${HEADER},${column}\n${ROW},x\n`);
    expect(refusal.code).toBe('patient-column');
    expect(refusal.message).toContain(column);
  });

  it.each(['PATIENT_CONTACT_PHONE', 'LOCATION_POSTCODE', 'PROVIDER_POSTCODE'])(
    '2: the column %s is no patient’s',
    async (column) => {
      expect((await servicesIn(`${HEADER},${column}\n${ROW},x\n`)).rows.length).toBe(1);
    },
  );

  it('1: case, spaces, _ and - in the header do not matter', async () => {
    const header = 'service id,Service-Name,PROVIDERORGID,location_org_id,Directly Bookable Ind';
    expect((await servicesIn(`${header}\n${ROW}\n`)).rows).toMatchObject([
      { serviceId: '7012001', providerOrg: 'XR1' },
    ]);
  });

  it('1: a byte order mark is no part of the header', async () => {
    expect((await servicesIn(`\ufeff${HEADER}\n${ROW}\n`)).rows.length).toBe(1);
  });

  it('2: what is not UTF-8 is read as Windows-1252', async () => {
    const file = latin1(`${HEADER}\n${ROW.replace('Cardiology', 'M\u00e9ni\u00e8re\u0092s clinic')}\n`);
    expect((await openFile(bytesOf(file, 3))).encoding).toBe('windows-1252');
    expect((await servicesIn(file)).rows[0]?.name).toBe('Ménière’s clinic');
  });

  it('1: UTF-8 is read right wherever a piece ends', async () => {
    const content = new TextEncoder().encode(`${HEADER}\n${ROW.replace('Cardiology', 'Ménière’s clinic')}\n`);
    const opened = await openFile(bytesOf(content, 1));
    expect(opened.encoding).toBe('utf-8');
  });

  it('1: the first line tells what a file is', async () => {
    const guess = async (first: string) => (await openFile(bytesOf(`${first}\nx\n`))).guessed;
    expect(await guess(HEADER)).toBe('extract');
    expect(await guess('SERVICE_ID,PATIENT_CONTACT_PHONE')).toBe('supplement');
    expect(await guess('code,name,kind,email,telephone,from,to')).toBe('recipients');
    expect(await guess(odsLine({ 1: 'A81001', 13: 'A', 26: '4' }))).toBe('practices');
    expect(await guess(odsLine({ 1: 'R0A' }))).toBe('trusts');
    expect(await guess('a,b,c')).toBeNull();
  });
});

function odsLine(values: Readonly<Record<number, string>>): string {
  return Array.from({ length: 27 }, (_, at) => `"${values[at + 1] ?? ''}"`).join(',');
}
