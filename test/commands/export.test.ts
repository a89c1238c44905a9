import { expect, it } from 'vitest';
import { verifyChain } from '../../src/domain/audit-check.ts';
import { readRecordFile } from '../../src/readers/record-file.ts';
import { eachDatabase } from '../support/database.ts';
import { openApprovedOffice } from '../support/run-office.ts';

eachDatabase('27: taking all of a migration along', (database) => {
  it('27: one file with every row of it and its whole record, no secret of a link, and nothing of another migration', async () => {
    const office = await openApprovedOffice(database);
    const { store, connection } = office;
    const other = await store.migrations.start(
      {
        name: 'Elsewhere',
        providerOrg: 'XR9',
        providerName: 'Other',
        oldAsids: ['1'],
        newAsid: '2',
        newOrg: null,
        zone: 'Europe/London',
      },
      1,
      '2026-12-01T19:00:00Z',
    );
    expect(await office.as('planner').refused('export')).toBe('role');
    const word = {
      extract_id: 1,
      site: 'XR101',
      column_name: 'PATIENT_CONTACT_PHONE',
      person_id: 1,
      at: '2026-12-01T19:00:00Z',
    };
    await connection.db.insertInto('attestation').values(word).execute();
    const outcome = await office.as('e-rs-lead').type('export');
    if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
    const text = outcome.answer.files?.[0]?.text ?? '';
    const { tables } = JSON.parse(text) as { tables: Record<string, Record<string, unknown>[]> };
    for (const name of ['migration', 'plan', 'plan_service', 'vote', 'notice', 'delivery', 'role_grant', 'person']) {
      expect(tables[name]?.length, name).toBeGreaterThan(0);
    }
    expect(tables).toHaveProperty('recipient');
    expect(tables.attestation).toMatchObject([{ site: 'XR101' }]);
    expect(tables.migration?.map(({ id }) => id)).toEqual([office.migrationId]);
    expect(text).not.toContain(other.name);
    const secrets = await connection.db.selectFrom('notice').select(['token', 'mail_key']).execute();
    const hours = await connection.db.selectFrom('migration').select('hours_token').execute();
    for (const secret of [...secrets.flatMap(Object.values), ...hours.map((one) => one.hours_token)]) {
      expect(text).not.toContain(secret);
    }
    const record = readRecordFile(text);
    expect(record.rows.length).toBeGreaterThan(5);
    expect(verifyChain(record.rows, record.head)).toEqual([]);
  });
});
