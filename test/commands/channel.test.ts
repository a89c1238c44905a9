import { expect, it } from 'vitest';
import type { ChannelRef } from '../../src/command.ts';
import type { Outcome } from '../../src/dispatch.ts';
import { eachDatabase } from '../support/database.ts';
import type { Desk, Office } from '../support/office.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';

const TEAMS: ChannelRef = { platform: 'teams', tenant: 'a tenant', channelId: '19:room@thread.tacv2' };

const from = (office: Office, desk: Desk, channel: ChannelRef | null, text: string): Promise<Outcome> =>
  office.dispatch({ account: office.as(desk).account, channel, text });
const factsOf = (outcome: Outcome): Record<string, unknown> => {
  if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
  return outcome.answer.facts as unknown as Record<string, unknown>;
};

eachDatabase('the channels of a migration', (database) => {
  const cards = (office: Office) =>
    office.connection.db
      .selectFrom('posting')
      .select(['platform', 'subject', 'state'])
      .where('kind', '=', 'card')
      .orderBy('platform')
      .execute();
  const acts = async (office: Office) =>
    (await office.connection.db.selectFrom('audit_event').select('act').orderBy('seq').execute()).map(({ act }) => act);

  it('a second one gets the cards of what is under way, and each later change', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    office.clock.set('2026-12-01T19:05:00Z');
    const added = factsOf(await from(office, 'e-rs-lead', TEAMS, 'channel here'));
    expect(added).toMatchObject({
      done: 'added',
      channels: [
        { platform: 'chat', here: false, trouble: null },
        { platform: 'teams', here: true, trouble: null },
      ],
    });
    expect(await cards(office)).toMatchObject([{ platform: 'chat' }, { platform: 'teams', state: 'waiting' }]);
    // Verbs need no migration there from now on.
    expect(await from(office, 'approver', TEAMS, `approve ${code}`)).toMatchObject({ kind: 'answer' });
    expect(await acts(office)).toContain('channel.added');
    factsOf(await from(office, 'e-rs-lead', TEAMS, 'channel here'));
    expect((await acts(office)).filter((act) => act === 'channel.added')).toHaveLength(1);
  });

  it('one is taken off by its number: nothing more goes there, and it may come back', async () => {
    const office = await openPlanOffice(database);
    await submitted(office);
    office.clock.set('2026-12-01T19:05:00Z');
    await from(office, 'e-rs-lead', TEAMS, 'channel here');
    const left = factsOf(await office.as('e-rs-lead').type('channel off=2'));
    expect(left).toMatchObject({ done: 'taken-off', channels: [{ platform: 'chat' }] });
    expect(await cards(office)).toMatchObject([{ platform: 'chat' }, { platform: 'teams', state: 'failed' }]);
    await from(office, 'e-rs-lead', TEAMS, 'channel here');
    expect(await cards(office)).toMatchObject([{ platform: 'chat' }, { platform: 'teams', state: 'waiting' }]);
  });

  it('says which one takes no messages, and why', async () => {
    const office = await openPlanOffice(database);
    office.clock.set('2026-12-01T19:05:00Z');
    await from(office, 'e-rs-lead', TEAMS, 'channel here');
    await office.store.channelTroubles.raise(TEAMS, office.migrationId, 'Add the app again.', '2026-12-01T19:00:00Z');
    expect(factsOf(await office.as('e-rs-lead').type('channel'))).toMatchObject({
      channels: [{ trouble: null }, { trouble: { problem: 'Add the app again.' } }],
    });
    await office.as('e-rs-lead').done('channel off=2');
    expect(await office.store.channelTroubles.list(null)).toEqual([]);
  });

  it('29: refused are the last one, one that is not there, another migration’s, and no channel at all', async () => {
    const office = await openPlanOffice(database);
    expect(await office.as('e-rs-lead').refused('channel off=1')).toBe('last-channel');
    expect(await office.as('e-rs-lead').refused('channel off=7')).toBe('no-such-channel');
    expect(await from(office, 'e-rs-lead', null, 'channel here')).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'no-channel' },
    });
    const { account } = office.as('administrator');
    const start = 'start name="Another" provider=XR2 providerName="Another trust" from=200000000220 to=200000001338';
    factsOf(await office.dispatch({ account, channel: TEAMS, text: start }));
    const taken = `channel here migration=${office.migrationId}`;
    expect(await from(office, 'e-rs-lead', TEAMS, taken)).toMatchObject({
      kind: 'refusal',
      refusal: { code: 'channel-taken' },
    });
    expect(await office.as('planner').refused('channel here')).toBe('role');
  });
});
