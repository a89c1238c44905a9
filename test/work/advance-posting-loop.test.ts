import { beforeAll, expect, it, vi } from 'vitest';
import { SlackChannel } from '../../src/delivery/channels/slack/channel.ts';
import { slackClient } from '../../src/delivery/channels/slack/client.ts';
import { fixedClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { installationStore } from '../../src/store/installations.ts';
import { storeOf } from '../../src/store/store.ts';
import { startPostingLoop } from '../../src/work/advance-posting-loop.ts';
import { postingPace } from '../../src/work/posting-pace.ts';
import { eachDatabase } from '../support/database.ts';
import { FakeSlack } from '../support/slack-api.ts';
import { TEAMS_APP } from '../support/teams-connector.ts';
import { openTeams, TEAMS_ROOM, teamsChannel } from '../support/teams-room.ts';

const NOW = '2026-12-01T19:00:00Z';

eachDatabase('the loop of the postings', (database) => {
  beforeAll(async () => void (await database.open()), 120_000);

  it('a platform that does not answer holds up no other', async () => {
    const connection = await database.open();
    const store = storeOf(connection.db);
    const slack = await new FakeSlack().start();
    const { teams } = await openTeams();
    const installations = installationStore(connection.db);
    await installations.seen(
      {
        tenant: TEAMS_APP.tenant,
        conversationId: TEAMS_ROOM,
        kind: 'channel',
        teamId: null,
        serviceUrl: teams.serviceUrl,
      },
      null,
      NOW,
    );
    const client = slackClient({ botToken: 'x', apiUrl: slack.apiUrl, log: silentLog, timeoutMilliseconds: 60_000 });
    const { id: by } = await store.people.add({ name: 'A lead', email: 'lead@example.org', telephone: null }, NOW);
    const given = {
      name: 'Rehearsal PAS migration',
      providerOrg: 'XR1',
      providerName: 'Rehearsal Hospitals NHS Trust',
      oldAsids: ['200000000220'],
      newAsid: '200000001337',
      newOrg: null,
      zone: 'Europe/London',
    };
    const migration = await store.migrations.start(given, by, NOW);
    await store.migrations.bind({ platform: 'slack', tenant: slack.team, channelId: 'C0ROOM' }, migration.id, NOW);
    await store.migrations.bind(
      { platform: 'teams', tenant: TEAMS_APP.tenant, channelId: TEAMS_ROOM },
      migration.id,
      NOW,
    );
    slack.fail('chat.postMessage', { kind: 'hang' });
    let headline = 'Plan 12 needs 2 more approvals';
    const touch = () => store.postings.touch(migration.id, 'plan:12', NOW);
    await touch();
    const loop = startPostingLoop({
      transaction: (inside) => connection.transaction((trx) => inside(storeOf(trx))),
      channels: [new SlackChannel(async () => client), teamsChannel(teams, installations)],
      draw: async () => ({ headline, body: [], actions: [] }),
      clock: fixedClock(NOW),
      pace: postingPace(
        () => performance.now(),
        async () => {},
      ),
      owner: 'this process',
      log: silentLog,
    });
    await vi.waitFor(() => expect([slack.calls.length, teams.messages.length]).toEqual([1, 1]), 5_000);
    headline = 'Plan 12 is approved';
    await touch();
    loop.wake();
    await vi.waitFor(() => expect(teams.messages).toMatchObject([{ edits: 1 }]), 5_000);
    expect(slack.calls).toHaveLength(1);
    await slack.stop();
    await loop.stop();
    await teams.stop();
  });
});
