import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Connection } from '../../db/connect.ts';
import { SlackChannel } from '../../src/delivery/channels/slack/channel.ts';
import { slackClient } from '../../src/delivery/channels/slack/client.ts';
import { fixedClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { type Store, storeOf } from '../../src/store/store.ts';
import { advancePosting, type PostingWork } from '../../src/work/advance-posting.ts';
import { postingPace } from '../../src/work/posting-pace.ts';
import { eachDatabase } from '../support/database.ts';
import { FakeSlack } from '../support/slack-api.ts';

const NOW = '2026-12-01T19:00:00Z';

eachDatabase('advance posting', (database) => {
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);
  let connection: Connection;
  let store: Store;
  let slack: FakeSlack;
  let headline: string;
  let time: number;
  let work: PostingWork;
  let migrationId: number;
  let deputy: number;

  beforeEach(async () => {
    connection = await database.open();
    store = storeOf(connection.db);
    slack = await new FakeSlack().start();
    headline = 'Plan 12 needs 2 more approvals';
    time = 0;
    const client = slackClient({
      botToken: 'xoxb-test',
      apiUrl: slack.apiUrl,
      log: silentLog,
      timeoutMilliseconds: 5_000,
    });
    work = {
      transaction: (inside) => connection.transaction((trx) => inside(storeOf(trx))),
      channels: [new SlackChannel(async () => client)],
      draw: async (_store, subject) => (subject === 'plan:99' ? null : { headline, body: [], actions: [] }),
      clock: fixedClock(NOW),
      pace: postingPace(
        () => time,
        async (milliseconds) => {
          time += milliseconds;
        },
      ),
      owner: 'this process',
      log: silentLog,
    };
    const person = await store.people.add({ name: 'The deputy', email: 'deputy@example.org', telephone: null }, NOW);
    deputy = person.id;
    await store.people.join(deputy, { platform: 'slack', tenant: slack.team, userId: 'U0DEPUTY', guest: false }, NOW);
    migrationId = await startMigration(store, deputy);
    await store.migrations.bind({ platform: 'slack', tenant: slack.team, channelId: 'C0ROOM' }, migrationId, NOW);
  });
  afterEach(() => slack.stop());

  const touch = () => store.postings.touch(migrationId, 'plan:12', NOW);
  const makeDue = () => sql`update posting set due_at = clock_timestamp()`.execute(connection.db);
  const row = () => connection.db.selectFrom('posting').selectAll().executeTakeFirstOrThrow();

  it('posts a card once, and edits it from then on', async () => {
    await touch();
    expect(await advancePosting(work)).toBe(1);
    headline = 'Plan 12 is approved';
    await touch();
    await touch();
    await advancePosting(work);
    expect(await advancePosting(work)).toBe(0);
    expect(slack.messages).toMatchObject([{ channel: 'C0ROOM', edits: 1 }]);
    expect(slack.messages[0]?.text).toContain('Plan 12 is approved');
  });

  it('shows the newest version when a card is touched while it is being posted', async () => {
    await touch();
    const draw = work.draw;
    work = {
      ...work,
      draw: async (...given) => {
        const card = await draw(...given);
        if (headline.includes('2 more')) {
          headline = 'Plan 12 needs 1 more approval';
          await given[0].postings.touch(migrationId, 'plan:12', NOW);
        }
        return card;
      },
    };
    await advancePosting(work);
    expect(slack.messages[0]?.text).toContain('2 more');
    await advancePosting(work);
    expect(slack.messages).toHaveLength(1);
    expect(slack.messages[0]?.text).toContain('1 more');
  });

  it('waits as long as Slack asks, and posts then', async () => {
    slack.fail('chat.postMessage', { kind: 'limited', seconds: 120 });
    await touch();
    await advancePosting(work);
    expect(await row()).toMatchObject({ state: 'waiting', maybe_posted: false, problem: 'rate limit' });
    expect(await advancePosting(work)).toBe(0);
    await makeDue();
    time += 120_000;
    await advancePosting(work);
    expect(slack.messages).toHaveLength(1);
  });

  it('finds a card whose posting had no answer, and does not post it again', async () => {
    slack.fail('chat.postMessage', { kind: 'lost' });
    await touch();
    await advancePosting(work);
    expect(await row()).toMatchObject({ state: 'waiting', maybe_posted: true, message_id: null });
    await makeDue();
    await advancePosting(work);
    expect(slack.messages).toMatchObject([{ edits: 1 }]);
    expect(await row()).toMatchObject({ state: 'posted', maybe_posted: false, message_id: slack.messages[0]?.ts });
  });

  it('posts again where it may not look, and says that it replaces the card above', async () => {
    slack.fail('chat.postMessage', { kind: 'lost' });
    slack.fail('conversations.history', { kind: 'error', error: 'missing_scope' });
    await touch();
    await advancePosting(work);
    await makeDue();
    await advancePosting(work);
    expect(slack.messages).toHaveLength(2);
    expect(JSON.stringify(slack.messages[1]?.blocks)).toContain('This replaces the card above.');
  });

  it('posts anew when somebody deleted the card', async () => {
    await touch();
    await advancePosting(work);
    slack.messages.length = 0;
    await touch();
    await advancePosting(work);
    expect(slack.messages).toHaveLength(1);
    expect(await row()).toMatchObject({ state: 'posted', message_id: slack.messages[0]?.ts });
  });

  it('19: a call for help stands in the thread of its card, and names whom it needs', async () => {
    await touch();
    await store.postings.call(migrationId, 'plan:12', 'The run is paused.', [deputy], NOW);
    await advancePosting(work);
    const [card, call] = slack.messages;
    expect(call).toMatchObject({ threadTs: card?.ts, text: '<@U0DEPUTY> The run is paused.' });
  });

  it('30: a file stands in the thread of its card, as it is when it is posted', async () => {
    work = {
      ...work,
      drawFile: async (_store, subject) => ({ name: 'pack.html', mediaType: 'text/html', text: `<p>${subject}</p>` }),
    };
    await touch();
    await store.postings.attach(migrationId, 'plan:12', 'Keep <this>.', NOW);
    await advancePosting(work);
    expect(slack.uploads).toMatchObject([
      { channel: 'C0ROOM', name: 'pack.html', content: expect.stringContaining('<p>plan:12</p>') },
    ]);
    const complete = slack.calls.find(({ method }) => method === 'files.completeUploadExternal');
    expect(complete?.args).toMatchObject({
      thread_ts: slack.messages[0]?.ts,
      initial_comment: 'Keep &lt;this&gt;.',
    });
    expect(await advancePosting(work)).toBe(0);
  });

  it('30: where a platform takes no file from us, its words say how to get it', async () => {
    const { platform, post, edit, say, find }: Omit<Channel, 'file'> = work.channels[0] as SlackChannel;
    const [channel] = work.channels;
    const bare: Channel = {
      platform,
      post: post.bind(channel),
      edit: edit.bind(channel),
      say: say.bind(channel),
      find: find.bind(channel),
    };
    const drawFile = async () => ({ name: 'pack.html', mediaType: 'text/html', text: '' });
    await store.postings.attach(migrationId, 'plan:12', 'The night pack.', NOW);
    await advancePosting({ ...work, channels: [bare], drawFile });
    expect(slack.messages[0]?.text).toBe('The night pack. Type “/bsu night” to get it.');
  });

  it('19: a direct message goes to the person, outside every thread', async () => {
    await touch();
    await advancePosting(work);
    const rest = { migration_id: migrationId, subject: 'plan:12', people: JSON.stringify([deputy]), message: 'Look.' };
    const to = {
      platform: 'slack',
      tenant: slack.team,
      channel_id: 'U0DEPUTY',
      due_at: '2000-01-01T00:00:00Z',
      created_at: NOW,
    };
    await connection.db
      .insertInto('posting')
      .values({ kind: 'direct', ...rest, ...to })
      .execute();
    await advancePosting(work);
    expect(slack.messages[1]).toMatchObject({ channel: 'U0DEPUTY', threadTs: null, text: '<@U0DEPUTY> Look.' });
  });

  it('sends at most one message a second to a channel', async () => {
    for (const plan of [1, 2, 3] as const) await store.postings.touch(migrationId, `plan:${plan}`, NOW);
    await advancePosting(work);
    expect(time).toBe(2_000);
    expect(slack.messages).toHaveLength(3);
  });

  it('what an owner left behind is taken up when its lease has ended', async () => {
    await touch();
    await connection.transaction((trx) => storeOf(trx).postings.claim('a dead process', ['slack'], 5, 60));
    expect(await advancePosting(work)).toBe(0);
    await sql`update posting set lease_until = clock_timestamp() - interval '1 second'`.execute(connection.db);
    await advancePosting(work);
    expect(slack.messages).toHaveLength(1);
    expect(await row()).toMatchObject({ state: 'posted', owner: null });
  });

  it('gives up on a card that Slack will never take, and on a subject that is gone, and says so', async () => {
    slack.fail('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    await touch();
    await advancePosting(work);
    expect(await row()).toMatchObject({ state: 'failed', problem: 'invalid_blocks' });
    expect(await store.channelTroubles.list(null)).toEqual([]);
    await store.postings.touch(migrationId, 'plan:99', NOW);
    await advancePosting(work);
    expect(slack.messages).toEqual([]);
  });

  it('an archived channel loses nothing: one try at a time, told once, and all of it follows', async () => {
    for (const plan of [1, 2, 3] as const) await store.postings.touch(migrationId, `plan:${plan}`, NOW);
    slack.fail('chat.postMessage', { kind: 'error', error: 'is_archived' }, { kind: 'error', error: 'is_archived' });
    while ((await advancePosting(work)) > 0);
    expect(slack.called('chat.postMessage')).toHaveLength(1);
    await sql`update posting set due_at = clock_timestamp() where subject = 'plan:1'`.execute(connection.db);
    while ((await advancePosting(work)) > 0);
    expect(slack.called('chat.postMessage')).toHaveLength(2);
    expect(await store.channelTroubles.list(migrationId)).toMatchObject([
      { platform: 'slack', channelId: 'C0ROOM', problem: expect.stringContaining('archived') },
    ]);
    await sql`update posting set due_at = clock_timestamp() where subject = 'plan:1'`.execute(connection.db);
    while ((await advancePosting(work)) > 0);
    expect(slack.messages).toHaveLength(3);
    expect(await store.channelTroubles.list(migrationId)).toEqual([]);
  });

  it('leaves other platforms to those who speak on them', async () => {
    await store.migrations.bind({ platform: 'teams', tenant: 'x', channelId: 'y' }, migrationId, NOW);
    await touch();
    expect(await advancePosting(work)).toBe(1);
  });
});

async function startMigration(store: Store, by: number): Promise<number> {
  const migration = await store.migrations.start(
    {
      name: 'Rehearsal PAS migration',
      providerOrg: 'XR1',
      providerName: 'Rehearsal Hospitals NHS Trust',
      oldAsids: ['200000000220'],
      newAsid: '200000001337',
      newOrg: null,
      zone: 'Europe/London',
    },
    by,
    NOW,
  );
  return migration.id;
}
