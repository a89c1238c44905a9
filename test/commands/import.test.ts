import { describe, expect, it } from 'vitest';
import type { ImportedFacts } from '../../src/domain/extract-answers.ts';
import { generateExtract } from '../../src/rehearsal/extract-generator.ts';
import { etrustText, sampleFiles } from '../../src/rehearsal/sample-files.ts';
import { commissionersCsv, epraccurText } from '../../src/rehearsal/sample-recipients.ts';
import { eachDatabase } from '../support/database.ts';
import { type ImportOffice, openImportOffice } from '../support/import-office.ts';

const TAKEN = 'taken=2026-11-30';

function extract(flaws = {}, seed = 1): string {
  return [...generateExtract({ seed, rows: 3_000, bookable: 1_200, flaws }).lines()].join('');
}

function sample(name: string): string {
  return (
    sampleFiles(12)
      .find((file) => file.name.startsWith(name))
      ?.text() ?? ''
  );
}

async function stored(office: ImportOffice): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [
    'snapshot',
    'service',
    'supplement_row',
    'recipient_row',
    'import_flaw',
    'organisation',
  ] as const) {
    const rows = await office.connection.db.selectFrom(table).selectAll().execute();
    if (rows.length > 0) counts[table] = rows.length;
  }
  return counts;
}

eachDatabase('import', (database) => {
  const open = async (given = {}) => openImportOffice(await database.open(), given);

  it('1: an extract becomes snapshot 1 with the provider’s services; others are counted', async () => {
    const office = await open();
    const facts = (await office.import(extract(), TAKEN)) as unknown as ImportedFacts;
    expect(facts).toMatchObject({ kind: 'extract', number: 1, read: 3_000, kept: 1_272, elsewhere: 1_728, errors: 0 });
    const current = await office.store.snapshots.current(office.migrationId);
    expect(current).toMatchObject({ number: 1, taken: '2026-11-30', services: 1_272, importedBy: expect.any(Number) });
    expect((await office.store.snapshots.services(current?.id ?? 0)).length).toBe(1_272);
  });

  it('2: the reply counts the bad rows, and a file lists each with line, column, value and remedy', async () => {
    const office = await open();
    const ref = await office.upload(extract({ date: 3, 'patient-data': 1, duplicate: 2, 'odd-year': 4 }));
    const outcome = await office.as('planner').type(`import ${ref} ${TAKEN}`);
    if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
    expect(outcome.answer.facts).toMatchObject({ errors: 6, warnings: 4, kept: 1_266 });
    const lines = outcome.answer.files?.[0]?.text.trim().split('\r\n') ?? [];
    expect(lines.length).toBe(11);
    expect(lines.filter((line) => line.includes('20261399')).length).toBe(3);
    expect(lines.join('\n')).not.toContain('999 123');
  });

  it('2: the file that lists flaws runs no formula', async () => {
    const office = await open();
    const header = 'SERVICE_ID,SERVICE_NAME,PROVIDER_ORG_ID,LOCATION_ORG_ID,DIRECTLY_BOOKABLE_IND';
    const ref = await office.upload(`${header}\n7012001,A,XR1,XR101,Y\n7012002,B,XR1,XR101,=1+1\n`);
    const outcome = await office.as('planner').type(`import ${ref} ${TAKEN}`);
    expect(outcome.kind === 'answer' && outcome.answer.files?.[0]?.text).toContain(",'=1+1,");
  });

  it('2: without the month end the verb asks for it, and the upload stays for the answer', async () => {
    const office = await open();
    const ref = await office.upload(extract());
    const outcome = await office.as('planner').type(`import ${ref}`);
    if (outcome.kind !== 'form') throw new Error(JSON.stringify(outcome));
    expect(outcome.form.fields.map(({ name }) => name)).toContain('taken');
    expect(outcome.form.given).toMatchObject({ file: ref });
    const facts = await office.as('planner').done(`import ${ref} ${TAKEN}`);
    expect(facts).toMatchObject({ number: 1 });
  });

  it('2: an extract of over 45 days is told', async () => {
    const office = await open();
    expect(await office.import(extract(), 'taken=2026-10-16')).toMatchObject({ ageDays: 46, limitDays: 45 });
  });

  it('2: a month end that is still to come is asked again', async () => {
    const office = await open();
    const outcome = await office.as('planner').type(`import ${await office.upload(extract())} taken=2026-12-31`);
    expect(outcome.kind).toBe('form');
  });

  it('2: a patient column refuses the whole file, nothing is stored and the upload is gone', async () => {
    const office = await open();
    const [header = '', ...rows] = extract().split('\n');
    const ref = await office.upload([`${header},NHS_NUMBER`, ...rows.map((row) => `${row},1`)].join('\n'));
    expect(await office.as('planner').refused(`import ${ref} ${TAKEN}`)).toBe('patient-column');
    expect(await stored(office)).toEqual({});
    await expect(office.files.open(ref)).rejects.toMatchObject({ code: 'file-gone' });
  });

  it('2: a file of which nothing can be used leaves nothing behind', async () => {
    const office = await open();
    const other = extract().replaceAll('XR1,', 'XQ9,');
    expect(await office.as('planner').refused(`import ${await office.upload(other)} ${TAKEN}`)).toBe(
      'nothing-in-scope',
    );
    const bad = extract()
      .replaceAll(/^7/gm, 'S7')
      .split('\n')
      .filter((line) => !line.startsWith('1'))
      .join('\n');
    expect(await office.as('planner').refused(`import ${await office.upload(bad)} ${TAKEN}`)).toBe('nothing-usable');
    expect(await stored(office)).toEqual({});
  });

  it('2: Latin-1 is read, with a warning', async () => {
    const office = await open();
    const bytes = Uint8Array.from(sample('ebsx05').replace('Chest pain', 'Chest pain \u00e9'), (c) => c.charCodeAt(0));
    const facts = (await office.import(bytes, TAKEN)) as unknown as ImportedFacts;
    expect(facts.flaws.map(({ code }) => code)).toEqual(['not-utf8']);
    const found = await office.as('planner').done('services é');
    expect(found).toMatchObject({ services: 1 });
  });

  it('2: a first line that says nothing is refused; one that says too little is asked about', async () => {
    const office = await open();
    expect(await office.as('planner').refused(`import ${await office.upload('a,b,c\n1,2,3\n')}`)).toBe('wrong-header');
    const outcome = await office.as('planner').type(`import ${await office.upload('SERVICE_NAME,x\n1,2\n')}`);
    expect(outcome.kind).toBe('form');
  });

  it('3: the same file twice is recognised and changes nothing', async () => {
    const office = await open();
    await office.import(extract(), TAKEN);
    const before = await stored(office);
    expect(await office.import(extract(), TAKEN)).toMatchObject({ outcome: 'known', number: 1 });
    expect(await office.import(extract())).toMatchObject({ outcome: 'known', number: 1 });
    expect(await stored(office)).toEqual(before);
  });

  it('3: the same file with another month end corrects the date alone', async () => {
    const office = await open();
    await office.import(extract(), 'taken=2026-11-30');
    expect(await office.import(extract(), 'taken=2026-10-31')).toMatchObject({
      outcome: 'redated',
      taken: '2026-10-31',
    });
    expect((await office.store.snapshots.list(office.migrationId)).length).toBe(1);
  });

  it('1: a supplement makes a new snapshot out of the one before and its own values', async () => {
    const office = await open();
    await office.import(sample('ebsx05'), TAKEN);
    const blanks = 'SERVICE_ID,PATIENT_CONTACT_PHONE,HOURS_OF_OPERATION\n';
    const given = `${blanks}7012001,'+44 1632 960777,\n9999999,01632 960778,\n`;
    const facts = (await office.import(given)) as unknown as ImportedFacts;
    expect(facts).toMatchObject({ kind: 'supplement', number: 2, baseNumber: 1, warnings: 1 });
    const [first, second] = [...(await office.store.snapshots.list(office.migrationId))].reverse();
    const one = async (id = 0) => (await office.store.snapshots.services(id, { ids: ['7012001'] }))[0];
    expect((await one(first?.id))?.contactPhone).toBe('01632 960100');
    expect(await one(second?.id)).toMatchObject({
      contactPhone: '+44 1632 960777',
      hoursOfOperation: expect.any(String),
    });
    expect(second?.services).toBe(first?.services);
    expect(await office.import(given)).toMatchObject({ outcome: 'known', number: 2 });
  });

  it('1: a supplement without an extract is refused with the next step', async () => {
    const office = await open();
    const ref = await office.upload('SERVICE_ID,PATIENT_CONTACT_PHONE\n7012001,01632 960777\n');
    expect(await office.as('planner').refused(`import ${ref}`)).toBe('no-extract');
  });

  it('1: ODS files give practices, trusts and the names of sites', async () => {
    const office = await open();
    await office.import(sample('ebsx05'), TAKEN);
    expect(await office.import(epraccurText())).toMatchObject({ kind: 'practices', kept: 6_872, errors: 0 });
    expect(await office.import(etrustText())).toMatchObject({ kind: 'trusts', errors: 0 });
    const names = await office.store.organisations.names(office.migrationId, ['XR101', 'A81001']);
    expect(names.get('XR101')).toBe('REHEARSAL CITY HOSPITAL');
    expect(names.get('A81001')).toBe('THE DENSHAM SURGERY');
    expect((await office.store.recipients.practices(office.migrationId, ['00K'])).length).toBeGreaterThan(10);
  });

  it('1: a list gives recipients; a bad line is told, and no address stays in the staging table', async () => {
    const office = await open();
    const facts = await office.import(`${commissionersCsv()}XC99,Somewhere,commissioner,not an address,,,\n`);
    expect(facts).toMatchObject({ kind: 'recipients', kept: 42, errors: 1 });
    expect((await office.store.recipients.listed(office.migrationId)).length).toBe(42);
    expect(await stored(office)).not.toHaveProperty('recipient_row');
  });

  it('2: nobody sees a snapshot that is still being read, and a crash’s leftovers are swept', async () => {
    const office = await open();
    const id = await office.store.staging.begin({
      migrationId: office.migrationId,
      kind: 'extract',
      fileName: 'half.csv',
      sha256: 'x',
      encoding: 'utf-8',
      taken: '2026-11-30',
      columns: [],
      baseId: null,
      extractId: null,
      personId: 1,
    });
    expect(await office.store.snapshots.current(office.migrationId)).toBeNull();
    expect(await office.as('planner').refused('services')).toBe('no-extract');
    expect(await office.store.staging.sweep()).toBe(0);
    await office.connection.db
      .updateTable('snapshot')
      .set({ touched_at: '2020-01-01T00:00:00Z' })
      .where('id', '=', id)
      .execute();
    expect(await office.store.staging.sweep()).toBe(1);
    expect(await stored(office)).toEqual({});
  });

  it('27: an import is remembered with the hash of its file', async () => {
    const office = await open();
    await office.import(sample('ebsx05'), TAKEN);
    const events = await office.connection.db.selectFrom('audit_event').select(['act', 'about']).execute();
    expect(events).toContainEqual({ act: 'imported', about: 'snapshot:1' });
  });

  it('28: an unknown reference, or one that reaches out of the folder, is refused', async () => {
    const office = await open();
    const outcome = await office.as('planner').click('import', { file: '../../secret', taken: '2026-11-30' });
    expect(outcome).toMatchObject({ kind: 'refusal', refusal: { code: 'file-gone' } });
  });
});

describe('who imports', () => {
  eachDatabase('29: an observer', (database) => {
    it('is refused before the file is read', async () => {
      const office = await openImportOffice(await database.open());
      const ref = await office.upload(extract());
      expect(await office.as('observer').refused(`import ${ref} ${TAKEN}`)).toBe('role');
      expect((await office.files.open(ref)).name).toBe('file.csv');
    });
  });
});
