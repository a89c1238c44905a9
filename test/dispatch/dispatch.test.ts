import { expect, it } from 'vitest';
import { eachDatabase } from '../support/database.ts';
import { openOffice } from '../support/office.ts';

eachDatabase('dispatch', (database) => {
  it('29: a stranger is refused and told whom to ask', async () => {
    const office = await openOffice(await database.open());
    const outcome = await office.as('stranger').type('help');
    expect(outcome).toMatchObject({ kind: 'refusal', refusal: { code: 'stranger' } });
    expect(outcome.kind === 'refusal' && outcome.refusal.message).toContain('The e-rs-lead');
  });

  it('answers help with the verbs that the asker may use', async () => {
    const office = await openOffice(await database.open());
    const facts = await office.as('planner').done('help');
    expect(facts.verbs).toContainEqual(expect.objectContaining({ verb: 'help' }));
  });

  it('names the nearest verb for a wrong one', async () => {
    const office = await openOffice(await database.open());
    const outcome = await office.as('planner').type('hlep');
    expect(outcome).toMatchObject({ kind: 'refusal', refusal: { code: 'unknown-verb', facts: { near: 'help' } } });
  });

  it('29: a NUL or half a character is refused with a sentence', async () => {
    const office = await openOffice(await database.open());
    expect(await office.as('planner').refused('help a\0b')).toBe('unreadable-text');
    expect(await office.as('planner').refused('help \ud83d')).toBe('unreadable-text');
  });

  it('29: a migration that is named by its number is shown only to somebody with a role there', async () => {
    const office = await openOffice(await database.open());
    const { store } = office;
    const now = office.clock.now().toString();
    const administrator = await store.people.byEmail('administrator@rehearsal.example');
    const own = await store.migrations.byId(office.migrationId);
    if (!administrator || !own) throw new Error('The office is not seated.');
    const other = await store.migrations.start({ ...own, name: 'Another trust' }, administrator.id, now);
    for (const verb of ['status', 'help', 'tonight', 'why']) {
      expect(await office.as('planner').refused(`${verb} migration=${other.id}`), verb).toBe('no-migration');
    }
    expect(await office.as('administrator').done(`status migration=${other.id}`)).toMatchObject({
      migration: 'Another trust',
    });
    expect(await office.as('planner').done(`status migration=${own.id}`)).toMatchObject({ migration: own.name });
  });
});
