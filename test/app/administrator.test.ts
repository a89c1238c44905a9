import { expect, it } from 'vitest';
import { ensureAdministrator } from '../../src/app/administrator.ts';
import { storeOf } from '../../src/store/store.ts';
import { eachDatabase } from '../support/database.ts';

const NOW = '2026-12-01T19:00:00Z';

eachDatabase('the first administrator', (database) => {
  it('9: is made by configuration, once however often it starts, and it is in the audit', async () => {
    const connection = await database.open();
    for (let start = 0; start < 3; start++) await ensureAdministrator(connection, 'first@trust.example', NOW);
    const store = storeOf(connection.db);
    const person = await store.people.byEmail('first@trust.example');
    expect(await store.people.rolesOf(person?.id ?? 0, null)).toEqual(['administrator']);
    const events = await connection.db.selectFrom('audit_event').selectAll().execute();
    expect(events.filter(({ act }) => act === 'role.granted')).toHaveLength(1);
  });
});
