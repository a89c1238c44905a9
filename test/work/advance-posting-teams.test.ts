import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import { SlackChannel } from '../../src/delivery/channels/slack/channel.ts';
import { slackClient } from '../../src/delivery/channels/slack/client.ts';
import { fixedClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Installations } from '../../src/ports/installations.ts';
import { installationStore } from '../../src/store/installations.ts';
import { type Store, storeOf } from '../../src/store/store.ts';
import { advancePosting, type PostingWork } from '../../src/work/advance-posting.ts';
import { postingPace } from '../../src/work/posting-pace.ts';
import { eachDatabase } from '../support/database.ts';
import { FakeSlack } from '../support/slack-api.ts';
import { type FakeTeams, TEAMS_APP, type TeamsMember } from '../support/teams-connector.ts';
import { openTeams, TEAMS_ROOM, teamsChannel } from '../support/teams-room.ts';

const NOW = '2026-12-01T19:00:00Z';
const { tenant } = TEAMS_APP;

eachDatabase('advance posting in Microsoft Teams', (database) => {
  beforeAll(async () => void (await database.open()), 120_000);
  let connection: Connection;
  let store: Store;
  let installations: Installations;
  let teams: FakeTeams;
  let lead: TeamsMember;
  let leadId: number;
  let migrationId: number;
  let headline: string;
  let time: number;
  let errors: Record<string, unknown>[];
  let work: PostingWork;

  beforeEach(async () => {
    connection = await database.open();
    store = storeOf(connection.db);
    installations = installationStore(connection.db);
    ({ teams, lead } = await openTeams());
    headline = 'Plan 12 needs 2 more approvals';
    time = 0;
    errors = [];
    work = {
      transaction: (inside) => connection.transaction((trx) => inside(storeOf(trx))),
      channels: [teamsChannel(teams, installations)],
      draw: async (_store, subject) => ({
        headline: `${headline} (${subject})`,
        body: [],
        actions: [{ kind: 'do', label: 'Approve', verb: 'approve', input: {} }],
      }),
      clock: fixedClock(NOW),
      pace: postingPace(
        () => time,
        async (milliseconds) => {
          time += milliseconds;
        },
      ),
      owner: 'this process',
      log: { ...silentLog, error: (facts: object) => void errors.push({ ...facts }) } as typeof silentLog,
    };
    const person = await store.people.add({ name: lead.name, email: 'lead@example.org', telephone: null }, NOW);
    leadId = person.id;
    await store.people.join(leadId, { platform: 'teams', tenant, userId: lead.aadObjectId, guest: false }, NOW);
    const given = {
      name: 'Rehearsal PAS migration',
      providerOrg: 'XR1',
      providerName: 'Rehearsal Hospitals NHS Trust',
      oldAsids: ['200000000220'],
      newAsid: '200000001337',
      newOrg: null,
      zone: 'Europe/London',
    };
    migrationId = (await store.migrations.start(given, leadId, NOW)).id;
    await store.people.grant(leadId, migrationId, 'e-rs-lead', null, NOW);
    await store.migrations.bind({ platform: 'teams', tenant, channelId: TEAMS_ROOM }, migrationId, NOW);
    await met();
  });
  afterEach(() => teams.stop());

  const met = () =>
    installations.seen(
      { tenant, conversationId: TEAMS_ROOM, kind: 'channel', teamId: null, serviceUrl: teams.serviceUrl },
      { userId: lead.aadObjectId, teamsId: lead.id },
      NOW,
    );
  const touch = (plan = 12) => store.postings.touch(migrationId, `plan:${plan}`, NOW);
  const call = (message: string) => store.postings.call(migrationId, 'plan:12', message, [leadId], NOW);
  const makeDue = (kind: 'call' | null = null) =>
    sql`update posting set due_at = clock_timestamp() where kind = coalesce(${kind}, kind)`.execute(connection.db);
  const rounds = async () => {
    while ((await advancePosting(work)) > 0);
  };
  const rows = () => connection.db.selectFrom('posting').selectAll().orderBy('id').execute();
  const shown = () => teams.shown(TEAMS_ROOM).map(({ activity }) => JSON.stringify(activity));
  const alone = () => teams.shown(`a:${lead.aadObjectId}`).map(({ activity }) => String(activity.text));

  it('posts a card once, edits it from then on, and asks for the buttons of whoever can do something', async () => {
    await touch();
    await rounds();
    headline = 'Plan 12 is approved';
    await touch();
    await touch();
    await rounds();
    expect(teams.messages).toMatchObject([{ edits: 1 }]);
    expect(shown()[0]).toContain('Plan 12 is approved');
    expect(shown()[0]).toContain(`"userIds":["${lead.id}"]`);
  });

  it('19: a call for help stands in the thread of its card, and names whom it needs', async () => {
    await touch();
    await call('The run is paused.');
    await rounds();
    const [card, called] = teams.messages;
    expect(called).toMatchObject({ thread: card?.id });
    expect(called?.activity.text).toBe('<at>The e-RS lead</at> The run is paused.');
  });

  it('posts again after an unknown outcome, and says that it replaces the card above', async () => {
    teams.fail('post', { kind: 'lost' });
    await touch();
    await rounds();
    expect(await rows()).toMatchObject([{ state: 'waiting', maybe_posted: true, message_id: null }]);
    await makeDue();
    await rounds();
    expect(shown()).toHaveLength(2);
    expect(shown()[0]).not.toContain('This replaces the card above.');
    expect(shown()[1]).toContain('This replaces the card above.');
    expect(await rows()).toMatchObject([{ state: 'posted', message_id: teams.messages[1]?.id }]);
  });

  it('does not post again when the card itself has told its id by then', async () => {
    teams.fail('post', { kind: 'lost' });
    await touch();
    await rounds();
    await installations.cardSeen(tenant, TEAMS_ROOM, 'plan:12', teams.messages[0]?.id ?? '');
    await makeDue();
    await rounds();
    expect(teams.messages).toMatchObject([{ edits: 1 }]);
    expect(shown()[0]).not.toContain('This replaces the card above.');
    expect(await rows()).toMatchObject([{ state: 'posted', maybe_posted: false }]);
  });

  it('a card that is known stays the one that is edited, whatever an older one tells', async () => {
    await touch();
    await rounds();
    await installations.cardSeen(tenant, TEAMS_ROOM, 'plan:12', 'an older one');
    expect(await rows()).toMatchObject([{ message_id: teams.messages[0]?.id }]);
  });

  it('posts nothing twice where Teams said that it took nothing', async () => {
    teams.fail(
      'post',
      { kind: 'http', status: 412 },
      { kind: 'http', status: 503 },
      { kind: 'limited', retryAfter: '3' },
      { kind: 'http', status: 401 },
    );
    await touch();
    for (let nth = 0; nth < 5; nth += 1) {
      await makeDue();
      time += 10_000;
      await rounds();
    }
    expect(shown()).toHaveLength(1);
    expect(shown()[0]).not.toContain('This replaces the card above.');
  });

  it('says of a repeated call that it is one', async () => {
    await touch();
    await rounds();
    teams.fail('post', { kind: 'lost' });
    await call('The run is paused.');
    await rounds();
    await makeDue();
    await rounds();
    expect(shown()[2]).toContain('The run is paused. (Sent again: there was no answer the first time.)');
  });

  it('a rate limit holds everything in that conversation, and the newest state alone is sent afterwards', async () => {
    await touch();
    await rounds();
    teams.fail('edit', { kind: 'limited', retryAfter: '30' });
    headline = 'Plan 12 needs 1 more approval';
    await touch();
    await call('Look.');
    await rounds();
    expect(teams.called('edit')).toHaveLength(1);
    expect(teams.called('post')).toHaveLength(1);
    expect(await rows()).toMatchObject([
      { state: 'waiting', problem: 'rate limit' },
      { state: 'waiting', attempts: 0 },
    ]);
    headline = 'Plan 12 is approved';
    await touch();
    await touch();
    time += 30_000;
    await makeDue();
    await rounds();
    expect(teams.called('edit')).toHaveLength(2);
    expect(shown()[0]).toContain('Plan 12 is approved');
    expect(shown()[1]).toContain('Look.');
  });

  it('a busy evening meets no rate limit of Teams, and every card is there in the end', async () => {
    teams.rates.enforce(() => time);
    for (let plan = 1; plan <= 70; plan += 1) await touch(plan);
    for (let guard = 0; guard < 400 && shown().length < 70; guard += 1) {
      if ((await advancePosting(work)) > 0) continue;
      time += 1_000;
      await makeDue();
    }
    expect(shown()).toHaveLength(70);
    expect(teams.called('post')).toHaveLength(70);
  });

  it('an app that was taken out is told once, loses nothing, and goes on by itself when it is added again', async () => {
    await touch();
    await rounds();
    teams.close(TEAMS_ROOM);
    headline = 'Plan 12 needs 1 more approval';
    await touch();
    await call('The run is paused.');
    await rounds();
    // What comes after a failure waits two seconds; the card itself five minutes.
    await makeDue('call');
    await rounds();
    headline = 'Plan 12 is approved';
    await touch();
    await makeDue();
    await rounds();
    expect(await store.channelTroubles.list(migrationId)).toMatchObject([
      { platform: 'teams', channelId: TEAMS_ROOM, problem: expect.stringContaining('Add the app again') },
    ]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ channelId: TEAMS_ROOM, problem: expect.stringContaining('Add the app again') });
    expect(alone()).toEqual([
      expect.stringContaining('Microsoft Teams channel of this migration takes no messages: Changeover was taken out'),
      'The run is paused. (To you directly: the channel takes no messages now.)',
    ]);
    const room = teams.conversations.get(TEAMS_ROOM);
    if (room) room.closed = null;
    await met();
    await rounds();
    expect(teams.shown(TEAMS_ROOM)).toMatchObject([{ edits: 1 }, { edits: 0 }]);
    expect(shown()[0]).toContain('Plan 12 is approved');
    expect(shown()[1]).toContain('The run is paused.');
    expect(await store.channelTroubles.list(null)).toEqual([]);
    expect(alone()).toHaveLength(2);
  });

  it('somebody without the app is tried for some two hours, then the message is old', async () => {
    teams.people.clear();
    await store.directMessages.tell(leadId, migrationId, 'plan:12', 'Look at your checklist.', NOW);
    for (let nth = 0; nth < 23; nth += 1) {
      await makeDue();
      await rounds();
    }
    expect(await rows()).toMatchObject([{ state: 'waiting', problem: expect.stringContaining('Add the app') }]);
    await makeDue();
    await rounds();
    expect(await rows()).toMatchObject([{ state: 'failed', problem: expect.stringContaining('Add the app') }]);
    expect(errors).toEqual([]);
  });

  it('a channel that was deleted fails for good: its leads are told, and whom a call was for', async () => {
    teams.close(TEAMS_ROOM, 404, 'ConversationNotFound');
    await touch();
    await call('The run is paused.');
    await rounds();
    expect(await rows()).toMatchObject([
      { kind: 'card', state: 'failed', problem: expect.stringContaining('not there any more') },
      { kind: 'call', state: 'failed' },
      { kind: 'direct', state: 'posted' },
      { kind: 'direct', state: 'posted' },
    ]);
    expect(alone().join()).toContain('The run is paused.');
  });

  it('a revoked secret stops everything, says so once to the operator, and goes on with a new one', async () => {
    teams.tokenRefusal = { status: 401, error: 'invalid_client', description: 'AADSTS7000222: expired' };
    for (const plan of [12, 13]) await touch(plan);
    await rounds();
    await makeDue();
    await rounds();
    expect(errors).toMatchObject([{ problem: expect.stringContaining('TEAMS_APP_SECRET') }]);
    expect(teams.messages).toEqual([]);
    teams.tokenRefusal = null;
    await makeDue();
    await rounds();
    expect(shown()).toHaveLength(2);
    expect(await store.channelTroubles.list(null)).toEqual([]);
  });

  it('one plan in a Slack channel and a Teams channel: both cards change, whatever the other platform does', async () => {
    const slack = await new FakeSlack().start();
    const client = slackClient({ botToken: 'x', apiUrl: slack.apiUrl, log: silentLog, timeoutMilliseconds: 5_000 });
    work = { ...work, channels: [...work.channels, new SlackChannel(async () => client)] };
    await store.migrations.bind({ platform: 'slack', tenant: slack.team, channelId: 'C0ROOM' }, migrationId, NOW);
    await touch();
    await rounds();
    slack.fail('chat.update', { kind: 'error', error: 'internal_error' });
    headline = 'Plan 12 is approved';
    await touch();
    await rounds();
    expect(shown()[0]).toContain('Plan 12 is approved');
    await makeDue();
    await rounds();
    expect(slack.messages).toMatchObject([{ edits: 1, text: expect.stringContaining('Plan 12 is approved') }]);
    expect(teams.messages).toMatchObject([{ edits: 1 }]);
    await slack.stop();
  });
});
