import { expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Request } from '../../src/dispatch.ts';
import { eachDatabase } from '../support/database.ts';
import { type Desk, openOffice } from '../support/office.ts';

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

  it('9: help lists exactly what the asker may do, for each role and for a guest', async () => {
    const office = await openOffice(await database.open());
    const listed = async (desk: Desk) =>
      new Set(((await office.as(desk).done('help')).verbs as { verb: string }[]).map(({ verb }) => verb));
    for (const desk of ['planner', 'approver', 'tester', 'observer', 'administrator'] as const) {
      const verbs = await listed(desk);
      for (const { verb } of commands) {
        const outcome = await office.as(desk).click(verb);
        const refused = outcome.kind === 'refusal' && ['role', 'no-role'].includes(outcome.refusal.code);
        expect({ desk, verb, refused }).toEqual({ desk, verb, refused: !verbs.has(verb) });
      }
    }
    const now = office.clock.now().toString();
    const approver = await office.store.people.byEmail('approver@rehearsal.example');
    const guest = { platform: 'slack' as const, tenant: 'T1', userId: 'U1', guest: true };
    await office.store.people.join(approver?.id ?? 0, guest, now);
    const asked = await office.dispatch({ account: guest, channel: office.channel, text: 'help' });
    const guests = asked.kind === 'answer' ? JSON.stringify(asked.answer.facts) : '';
    expect(guests).not.toContain('"verb":"approve"');
    const vote = await office.dispatch({ account: guest, channel: office.channel, text: 'approve A35-HH4' });
    expect(vote).toMatchObject({ kind: 'refusal', refusal: { code: 'guest' } });
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

  it('30: on the command line the administrator’s only migration is meant; in a channel without one nothing is guessed', async () => {
    const office = await openOffice(await database.open());
    const account = { platform: 'cli', tenant: 'local', userId: 'operator', guest: false } as const;
    const now = office.clock.now().toString();
    const operator = await office.store.people.add(
      { name: 'An operator', email: 'operator@rehearsal.example', telephone: null },
      now,
    );
    await office.store.people.join(operator.id, account, now);
    await office.store.people.grant(operator.id, null, 'administrator', null, now);
    const ask = (channel: Request['channel']) => office.dispatch({ account, channel, verb: 'people' });
    expect(await ask(null)).toMatchObject({ kind: 'answer' });
    const elsewhere = { platform: 'slack', tenant: 'T1', channelId: 'C0ELSEWHERE' } as const;
    expect(await ask(elsewhere)).toMatchObject({ kind: 'refusal', refusal: { code: 'no-migration' } });
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
