import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import type { Installations, TeamsConversation } from '../../src/ports/installations.ts';
import { installationStore } from '../../src/store/installations.ts';
import { eachDatabase } from '../support/database.ts';

const NOW = '2026-12-01T19:00:00Z';
const LATER = '2026-12-01T20:00:00Z';
const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const channel: TeamsConversation = {
  tenant: TENANT,
  conversationId: '19:room@thread.tacv2',
  kind: 'channel',
  teamId: '19:team@thread.tacv2',
  serviceUrl: 'https://smba.trafficmanager.net/uk/',
};
const alone: TeamsConversation = { ...channel, conversationId: 'a:planner', kind: 'personal', teamId: null };
const planner = { userId: '00000000-0000-4000-8000-0000000000aa', teamsId: '29:planner' };

eachDatabase('where Teams lets us speak first', (database) => {
  beforeAll(async () => void (await database.open()), 120_000);
  let connection: Connection;
  let installations: Installations;
  beforeEach(async () => {
    connection = await database.open();
    installations = installationStore(connection.db);
  });

  it('keeps a conversation, and whom it met there', async () => {
    await installations.seen(channel, planner, NOW);
    expect(await installations.conversation(TENANT, channel.conversationId)).toEqual(channel);
    expect(await installations.people(TENANT, [planner.userId, 'somebody else'])).toEqual([
      { tenant: TENANT, ...planner, conversationId: null, serviceUrl: channel.serviceUrl },
    ]);
  });

  it('keeps the chat with a person when they speak in a channel afterwards', async () => {
    await installations.seen(alone, planner, NOW);
    await installations.seen(channel, planner, LATER);
    expect(await installations.people(TENANT, [planner.userId])).toMatchObject([{ conversationId: 'a:planner' }]);
  });

  it('what comes later replaces what was known: the newest address, a team once learnt', async () => {
    await installations.seen(channel, null, NOW);
    await installations.seen(
      { ...channel, teamId: null, serviceUrl: 'https://smba.trafficmanager.net/emea/' },
      planner,
      LATER,
    );
    expect(await installations.conversation(TENANT, channel.conversationId)).toEqual({
      ...channel,
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
    });
    expect(await installations.serviceUrl(TENANT)).toBe('https://smba.trafficmanager.net/emea/');
    expect(await installations.serviceUrl('another tenant')).toBeNull();
  });

  it('writes nothing when nothing changed', async () => {
    await installations.seen(alone, planner, NOW);
    await installations.seen(alone, planner, LATER);
    const seen = [
      ...(await connection.db.selectFrom('teams_conversation').select('seen_at').execute()),
      ...(await connection.db.selectFrom('teams_person').select('seen_at').execute()),
    ];
    expect(seen.map(({ seen_at }) => Temporal.Instant.from(seen_at).toString())).toEqual([NOW, NOW]);
  });

  it('forgets where it was taken out, and the chat with that person', async () => {
    await installations.seen(alone, planner, NOW);
    await installations.seen(channel, null, NOW);
    await installations.forget(TENANT, 'a:planner');
    expect(await installations.conversation(TENANT, 'a:planner')).toBeNull();
    expect(await installations.conversation(TENANT, channel.conversationId)).not.toBeNull();
    expect(await installations.people(TENANT, [planner.userId])).toMatchObject([{ conversationId: null }]);
  });

  it('one tenant knows nothing of the other', async () => {
    await installations.seen(channel, planner, NOW);
    expect(await installations.conversation('another tenant', channel.conversationId)).toBeNull();
    expect(await installations.people('another tenant', [planner.userId])).toEqual([]);
  });
});
