import { describe, expect, it } from 'vitest';
import type { Flaw } from '../../src/domain/extract-flaw.ts';
import type { Service } from '../../src/domain/service.ts';
import { openFile } from '../../src/readers/file.ts';
import { FLAW_NAMES } from '../../src/rehearsal/extract-flaw-makers.ts';
import { generateExtract } from '../../src/rehearsal/extract-generator.ts';
import { bytesOf, HEADER, ROW } from './bytes.ts';

async function read(text: string): Promise<{ services: Service[]; flaws: Flaw[]; elsewhere: number }> {
  const table = (await openFile(bytesOf(text, 10_000))).table('extract', new Set(['XR1']));
  if (table.kind !== 'extract') throw new Error('not an extract');
  const found = { services: [] as Service[], flaws: [] as Flaw[], elsewhere: 0 };
  for await (const batch of table.batches()) {
    found.services.push(...batch.rows);
    found.flaws.push(...batch.flaws);
    found.elsewhere += batch.elsewhere;
  }
  return found;
}

describe('the services extract', () => {
  it.each([1, 2, 3])('2: exactly the flaws that were planted are found, each on its line (seed %i)', async (seed) => {
    const flaws = Object.fromEntries(FLAW_NAMES.map((name, at) => [name, 1 + ((at + seed) % 4)]));
    const made = generateExtract({ seed, rows: 2_000, bookable: 400, flaws });
    const found = await read([...made.lines()].join(''));
    const told = found.flaws.map(({ code, line, otherLine }) => ({ name: code, line, otherLine }));
    expect(told).toEqual(made.planted);
    expect(found.services.length).toBe(made.services);
    expect(found.elsewhere).toBe(made.elsewhere);
  });

  it('2: a bad row costs no good one, and each of its flaws is told', async () => {
    const { services, flaws } = await read(`${HEADER}\n7012001,,XR1,XR 1,maybe\n7012002,Good,XR1,XR101,Y\n`);
    expect(services.map(({ serviceId }) => serviceId)).toEqual(['7012002']);
    expect(flaws.map(({ line, column, code, value }) => [line, column, code, value])).toEqual([
      [2, 'SERVICE_NAME', 'blank', null],
      [2, 'LOCATION_ORG_ID', 'ods-code', 'XR 1'],
      [2, 'DIRECTLY_BOOKABLE_IND', 'flag', 'maybe'],
    ]);
  });

  it('2: a duplicate names both lines, also across providers, and the first is used', async () => {
    const { services, flaws } = await read(`${HEADER}\n${ROW}\n7012001,Other,XQ1,XQ101,Y\n`);
    expect(services.length).toBe(1);
    expect(flaws).toEqual([{ code: 'duplicate', line: 3, column: 'SERVICE_ID', value: '7012001', otherLine: 2 }]);
  });

  it('28: a patient’s number in a cell refuses its row, and is not repeated', async () => {
    const { services, flaws } = await read(`${HEADER}\n7012001,Clinic of 943 476 5919,XR1,XR101,Y\n`);
    expect(services).toEqual([]);
    expect(flaws).toMatchObject([{ code: 'patient-data', value: null }]);
    expect(JSON.stringify(flaws)).not.toContain('5919');
  });

  it('4: a column that the file lacks is null in every service', async () => {
    const { services } = await read(`${HEADER}\n${ROW}\n`);
    expect(services[0]).toMatchObject({
      contactPhone: null,
      currentAsid: null,
      published: null,
      directlyBookable: true,
    });
  });

  it('reads other providers’ rows only as far as to count them', async () => {
    const { elsewhere, flaws } = await read(`${HEADER}\n7012001,,XQ1,not a code,perhaps\n`);
    expect([elsewhere, flaws]).toEqual([1, []]);
  });
});

describe('the extract generator', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    const text = (seed: number) =>
      [...generateExtract({ seed, rows: 500, bookable: 100, flaws: { date: 3 } }).lines()].join('');
    expect(text(5)).toBe(text(5));
    expect(text(5)).not.toBe(text(6));
  });

  it('makes as many rows as asked, and leaves out columns', () => {
    const made = generateExtract({ seed: 1, rows: 300, bookable: 50, without: ['PATIENT_CONTACT_PHONE'] });
    const lines = [...made.lines()];
    expect(lines.length).toBe(301);
    expect(lines[0]).not.toContain('PATIENT_CONTACT_PHONE');
    expect(made.services + made.elsewhere).toBe(300);
  });
});
