import { expect, it } from 'vitest';
import type { MappingFacts, RecipientsFacts } from '../../src/domain/notice-answers.ts';
import { sampleFiles } from '../../src/rehearsal/sample-files.ts';
import { eachDatabase } from '../support/database.ts';
import { openImportOffice } from '../support/import-office.ts';

const sample = (name: string): string =>
  sampleFiles(12)
    .find((one) => one.name === name)
    ?.text() ?? '';

eachDatabase('the sample files about commissioners', (database) => {
  it('20: practices follow their commissioner by the sample map, which says of itself that it is fictional', async () => {
    const office = await openImportOffice(await database.open());
    const lead = office.as('communications-lead');
    await office.import(sample('commissioners.csv'));
    await office.import(sample('epraccur.csv'));
    expect(await lead.done('mapping')).toMatchObject({ lines: 0, codes: 191 });
    const file = await office.upload(sample('commissioner-map.csv'), 'commissioner-map.csv');
    const facts = (await lead.done(`mapping ${file}`)) as unknown as MappingFacts;
    expect(facts).toMatchObject({ kept: 188, wrong: 0, listed: { codes: 188 }, unmapped: { codes: 3 } });
    const recipients = (await lead.done('recipients')) as unknown as RecipientsFacts;
    expect(recipients.commissioners).toBe(42);
    // ODS gives no addresses: they are named until a list gives theirs.
    expect(recipients.unreachable).toBe(facts.listed.practices);
    await office.import(sample('practices.csv'));
    expect(await lead.done('recipients')).toMatchObject({ referrers: 6_872, unreachable: 0 });
    expect(await lead.done('recipients A81001')).toMatchObject({ asked: [{ email: 'A81001@referrer.example' }] });
    const [head, ...rows] = sample('commissioner-map.csv').trim().split('\n');
    expect(head).toBe('code,commissioner,from,to,source');
    expect(rows.filter((row) => !/^[A-Z0-9]+,XC\d\d,2026-04-01,,"?FICTIONAL/.test(row))).toEqual([]);
    expect(rows.every((row) => row.includes('Open Government Licence v3.0'))).toBe(true);
  });
});
