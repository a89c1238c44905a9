import { expect, it } from 'vitest';
import type { ComparedFacts, GapsFacts, ServicesFacts } from '../../src/domain/extract-answers.ts';
import { generateExtract } from '../../src/rehearsal/extract-generator.ts';
import { contactCsv, extractCsv } from '../../src/rehearsal/sample-files.ts';
import { sampleServices } from '../../src/rehearsal/sample-services.ts';
import { eachDatabase } from '../support/database.ts';
import { type ImportOffice, openImportOffice } from '../support/import-office.ts';

const TAKEN = 'taken=2026-11-30';
const services = sampleServices(120);

eachDatabase('what an extract holds', (database) => {
  const open = async (): Promise<ImportOffice> => {
    const office = await openImportOffice(await database.open());
    await office.import(extractCsv(services), TAKEN);
    return office;
  };

  it('services: by site with counts, and narrowed by site, specialty, name and id', async () => {
    const office = await open();
    const ask = async (words: string) =>
      (await office.as('observer').done(`services ${words}`)) as unknown as ServicesFacts;
    const all = await ask('');
    expect(all.services).toBe(services.length);
    expect(all.sites.map(({ site }) => site)).toEqual(['XR101', 'XR102', 'XR103']);
    expect(all.directlyBookable).toBe(120);
    const cardiology = services.filter((one) => one.name.startsWith('Cardiology'));
    expect((await ask('cardio*')).services).toBe(cardiology.length);
    expect((await ask('specialty=320,330 site=XR102')).services).toBe(
      services.filter((one) => ['320', '330'].includes(one.specialtyCode) && one.site === 'XR102').length,
    );
    expect((await ask('7012001')).first).toEqual([{ serviceId: '7012001', name: services[0]?.name, site: 'XR101' }]);
  });

  it('services: nothing that matches is a refusal with the next step', async () => {
    const office = await open();
    expect(await office.as('observer').refused('services 100%_')).toBe('nothing-matches');
  });

  it('3: two snapshots are compared: new, gone, changed, and what changed', async () => {
    const office = await open();
    const [first, second, ...rest] = services;
    if (!first || !second) throw new Error('no services');
    await office.import(
      extractCsv([{ ...second, name: 'Renamed', published: false }, ...rest, { ...first, serviceId: '7999999' }]),
      TAKEN,
    );
    const facts = (await office.as('planner').done('compare')) as unknown as ComparedFacts;
    expect(facts).toMatchObject({ added: 1, removed: 1, changed: 1, unchanged: services.length - 2 });
    expect(facts.from.number).toBe(1);
    expect(facts.fields).toContainEqual({ field: 'name', count: 1 });
    const changed = facts.first.find((one) => one.what === 'changed');
    expect(changed?.changes).toContainEqual({ field: 'name', from: second.name, to: 'Renamed' });
  });

  it('3: one snapshot alone cannot be compared', async () => {
    const office = await open();
    expect(await office.as('planner').refused('compare')).toBe('one-snapshot');
  });

  it('5: gaps are listed by site with one file each, and a supplement closes them', async () => {
    const office = await open();
    const missing = services.filter(
      (one) => one.directlyBookable && (one.contactPhone === null || one.hoursOfOperation === null),
    );
    const outcome = await office.as('planner').type('gaps');
    if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
    const facts = outcome.answer.facts as GapsFacts;
    expect(facts).toMatchObject({ missing: missing.length, unknown: 0, blocks: true });
    const files = outcome.answer.files ?? [];
    expect(files.length).toBe(new Set(missing.map((one) => one.site)).size);
    for (const one of missing)
      expect(files.find((file) => file.name.includes(one.site))?.text).toContain(one.serviceId);
    await office.import(contactCsv(services));
    expect(await office.as('planner').done('gaps')).toMatchObject({ missing: 0, blocks: false });
  });

  it('5: the file of a site, filled in, is the supplement that closes its gaps', async () => {
    const office = await open();
    const outcome = await office.as('planner').type('gaps');
    if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
    for (const file of outcome.answer.files ?? []) {
      const [header = '', ...rows] = file.text.trim().split('\r\n');
      const filled = rows.map((row) =>
        row.replace(/,,$/, ',01632 960999,').replace(/,$/, ',Monday 9am to 5pm').replace(/,,/, ',01632 960999,'),
      );
      await office.import([header, ...filled].join('\r\n'));
    }
    expect(await office.as('planner').done('gaps')).toMatchObject({ blocks: false });
  });

  it('5: a column that the file lacks is unknown and blocks, until a named person attests each site', async () => {
    const office = await openImportOffice(await database.open());
    const made = generateExtract({ seed: 1, rows: 200, bookable: 120, without: ['HOURS_OF_OPERATION'] });
    await office.import([...made.lines()].join(''), TAKEN);
    const gaps = async (words = '') => (await office.as('planner').done(`gaps ${words}`)) as unknown as GapsFacts;
    expect((await gaps()).unknown).toBe(120);
    for (const site of ['XR101', 'XR102', 'XR103']) await gaps(`attest site=${site} column=HOURS_OF_OPERATION`);
    const after = await gaps();
    expect(after.unknown).toBe(0);
    expect(after.sites[0]?.attested).toMatchObject([{ column: 'HOURS_OF_OPERATION', by: 'The planner' }]);
    expect(await office.as('planner').refused('gaps attest XR101')).toBe('nothing-to-attest');
    expect(await office.as('planner').refused('gaps attest')).toBe('which-site');
    expect(await office.as('observer').refused('gaps attest XR102')).toBe('role');
  });

  it('5: what was attested holds for a supplement over the extract, not for the next extract', async () => {
    const office = await openImportOffice(await database.open());
    const file = (seed: number) =>
      [...generateExtract({ seed, rows: 200 + seed, bookable: 120, without: ['HOURS_OF_OPERATION'] }).lines()].join('');
    await office.import(file(1), TAKEN);
    await office.as('planner').done('gaps attest site=XR101');
    await office.import(
      contactCsv(services)
        .replaceAll(/,[^,]*$/gm, '')
        .replace(/^SERVICE_ID.*$/m, 'SERVICE_ID,PATIENT_CONTACT_PHONE'),
    );
    const unknown = async () => ((await office.as('planner').done('gaps')) as unknown as GapsFacts).unknown;
    const left = services.filter((one) => one.directlyBookable && one.site !== 'XR101').length;
    expect(await unknown()).toBe(left);
    await office.import(file(2), TAKEN);
    expect(await unknown()).toBe(120);
  });
});
