import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Connection } from '../../../../db/connect.ts';
import { ADAPTIVE_CARD_BUDGET } from '../../../../src/card/adaptive-card.ts';
import type { Card } from '../../../../src/card/card.ts';
import type { TeamsChannel } from '../../../../src/delivery/channels/teams/channel.ts';
import type { Installations } from '../../../../src/ports/installations.ts';
import { installationStore } from '../../../../src/store/installations.ts';
import { eachDatabase } from '../../../support/database.ts';
import { FakeTeams, TEAMS_APP, type TeamsFault, type TeamsMember } from '../../../support/teams-connector.ts';
import { openTeams, TEAMS_GROUP, TEAMS_ROOM, teamsChannel, teamsMember } from '../../../support/teams-room.ts';

const NOW = '2026-12-01T19:00:00Z';
const { tenant } = TEAMS_APP;
const room = { tenant, channelId: TEAMS_ROOM };
const card = (headline: string): Card => ({
  headline,
  body: [{ kind: 'text', text: 'by <at>everybody</at>' }],
  actions: [{ kind: 'do', label: 'Approve', verb: 'approve', input: { plan: '12' } }],
});
const called = (member: TeamsMember) => ({ userId: member.aadObjectId, name: member.name });

eachDatabase('Microsoft Teams as a channel', (database) => {
  beforeAll(async () => void (await database.open()), 120_000);
  let connection: Connection;
  let installations: Installations;
  let teams: FakeTeams;
  let lead: TeamsMember;
  let deputy: TeamsMember;
  let channel: TeamsChannel;

  beforeEach(async () => {
    connection = await database.open();
    installations = installationStore(connection.db);
    ({ teams, lead, deputy } = await openTeams());
    channel = teamsChannel(teams, installations);
    await met(TEAMS_ROOM, 'channel', lead);
  });
  afterEach(() => teams.stop());

  const met = (conversationId: string, kind: 'personal' | 'group' | 'channel', who: TeamsMember) =>
    installations.seen(
      { tenant, conversationId, kind, teamId: null, serviceUrl: teams.serviceUrl },
      { userId: who.aadObjectId, teamsId: who.id },
      NOW,
    );
  const contentOf = (at: number) =>
    (teams.messages[at]?.activity.attachments as { content: Record<string, unknown> }[] | undefined)?.[0]?.content;
  const personalChat = () => ({ tenant, channelId: lead.aadObjectId });

  it('posts a card of its own thread and edits it in place, for everybody', async () => {
    const posted = await channel.post(room, card('Plan 12 needs 1 more approval'), 'plan:12');
    const [message] = teams.messages;
    expect(posted).toEqual({ kind: 'done', messageId: message?.id });
    expect(message).toMatchObject({ conversation: TEAMS_ROOM, thread: null, onlyFor: null });
    expect(message?.activity.summary).toContain('Plan 12 needs 1 more approval');
    expect(await channel.edit(room, message?.id ?? '', card('Plan 12 is approved'), 'plan:12')).toEqual(posted);
    expect(teams.messages).toMatchObject([{ edits: 1 }]);
    expect(JSON.stringify(contentOf(0))).toContain('Plan 12 is approved');
  });

  it('shows each person with a role their own buttons: at most sixty, as Teams names them', async () => {
    const many = Array.from({ length: 70 }, (_, nth) => teamsMember(100 + nth, `Person ${nth}`));
    for (const one of many) await met(TEAMS_ROOM, 'channel', one);
    const audience = ['00000000-0000-4000-8000-00000000ffff', ...many.map((one) => one.aadObjectId)];
    await channel.post(room, card('Plan 12'), 'plan:12', audience);
    expect(contentOf(0)?.refresh).toEqual({
      action: {
        type: 'Action.Execute',
        title: 'Refresh',
        verb: 'bsu',
        data: { verb: 'refresh', input: { subject: 'plan:12' } },
      },
      userIds: many.slice(0, 60).map((one) => one.id),
    });
    await channel.post(room, { ...card('Plan 12 is completed'), actions: [] }, 'plan:12', audience);
    expect(contentOf(1)?.refresh).toBeUndefined();
  });

  it('19: calls for a person by name, in the thread of the card', async () => {
    const said = await channel.say(
      room,
      '1700000000007',
      'The run is paused & waits.',
      [called(lead), called(deputy)],
      'call:1',
    );
    const [message] = teams.messages;
    expect(said).toEqual({ kind: 'done', messageId: message?.id });
    expect(message).toMatchObject({ thread: '1700000000007' });
    expect(message?.activity).toMatchObject({
      textFormat: 'xml',
      text: '<at>The e-RS lead</at> <at>The deputy</at> The run is paused &amp; waits.',
      entities: [
        { type: 'mention', text: '<at>The e-RS lead</at>', mentioned: { id: lead.id, name: 'The e-RS lead' } },
        // Somebody whom Teams has not named to us yet.
        { type: 'mention', text: '<at>The deputy</at>', mentioned: { id: deputy.aadObjectId, name: 'The deputy' } },
      ],
    });
  });

  it('cannot be made to call somebody by what a person typed', async () => {
    const forged = { userId: deputy.aadObjectId, name: 'x</at><at>Everybody' };
    await channel.say(room, null, 'look <at>Everybody</at> <a href="https://example.org">here</a>', [forged], 'call:1');
    const text = String(teams.messages[0]?.activity.text);
    expect(text.match(/<at>/g)).toHaveLength(1);
    expect(text).not.toContain('<a ');
    const mentions = teams.messages[0]?.activity.entities as { text: string }[] | undefined;
    expect(text).toContain(mentions?.[0]?.text ?? 'no mention');
  });

  it('a group chat has no threads: a call stands below its card', async () => {
    await met(TEAMS_GROUP, 'group', lead);
    const said = await channel.say({ tenant, channelId: TEAMS_GROUP }, '1700000000007', 'Look.', [], 'call:1');
    expect(said.kind).toBe('done');
    expect(teams.called('post')[0]?.path).not.toContain('messageid');
  });

  it('speaks to one person alone, in a chat that Teams opens when there is none', async () => {
    expect(await channel.say(personalChat(), null, 'Look at your checklist.', [called(lead)], 'call:1')).toMatchObject({
      kind: 'done',
    });
    expect(teams.called('create')[0]?.json).toMatchObject({ tenantId: tenant, members: [{ id: lead.id }] });
    expect(teams.messages).toMatchObject([{ conversation: `a:${lead.aadObjectId}`, thread: null }]);
    expect(teams.messages[0]?.activity.text).toBe('Look at your checklist.');
  });

  it('speaks in the chat that a person has with it, and opens no other', async () => {
    teams.addConversation('a:own', 'personal', [lead]);
    await met('a:own', 'personal', lead);
    await channel.say(personalChat(), null, 'Look.', [], 'call:1');
    expect(teams.called('create')).toEqual([]);
    expect(teams.shown('a:own')).toHaveLength(1);
  });

  it('says what to do when a person has no app, or nobody of a tenant has spoken to it', async () => {
    expect(await channel.say({ tenant, channelId: deputy.aadObjectId }, null, 'Look.', [], 'call:1')).toMatchObject({
      kind: 'retry',
      because: 'person',
      reason: expect.stringContaining('Add the app'),
    });
    const unknown = { tenant: 'bbbbbbbb-0000-4000-8000-000000000002', channelId: TEAMS_ROOM };
    expect(await channel.post(unknown, card('x'), 'plan:12')).toMatchObject({ kind: 'retry', because: 'person' });
    expect(teams.messages).toEqual([]);
  });

  it('says the same where Teams does not take the Entra id of somebody whom it never named to us', async () => {
    teams.fail('create', { kind: 'http', status: 400, code: 'BadSyntax' });
    expect(await channel.say({ tenant, channelId: deputy.aadObjectId }, null, 'Look.', [], 'call:1')).toMatchObject({
      kind: 'retry',
      because: 'person',
    });
  });

  it('a channel whose address was never kept is reached by its tenant’s', async () => {
    teams.addConversation('19:other@thread.tacv2', 'channel');
    const posted = await channel.say({ tenant, channelId: '19:other@thread.tacv2' }, '17', 'x', [], 'call:1');
    expect(posted.kind).toBe('done');
    expect(teams.shown('19:other@thread.tacv2')).toMatchObject([{ thread: '17' }]);
  });

  it.each<[string, TeamsFault, object]>([
    ['a rate limit', { kind: 'limited', retryAfter: '7' }, { kind: 'retry', afterSeconds: 7, because: 'limit' }],
    ['a rate limit without a time', { kind: 'limited', retryAfter: null }, { kind: 'retry', afterSeconds: 15 }],
    ['HTTP 412', { kind: 'http', status: 412 }, { kind: 'retry', afterSeconds: 15 }],
    ['HTTP 503', { kind: 'http', status: 503 }, { kind: 'retry', afterSeconds: 15 }],
    ['HTTP 502', { kind: 'http', status: 502 }, { kind: 'unknown' }],
    ['HTTP 504', { kind: 'http', status: 504 }, { kind: 'unknown' }],
    ['HTTP 500', { kind: 'http', status: 500 }, { kind: 'unknown' }],
    ['HTTP 401', { kind: 'http', status: 401 }, { kind: 'retry', afterSeconds: 15 }],
    [
      'the app taken out',
      { kind: 'http', status: 403, code: 'BotNotInConversationRoster' },
      { kind: 'retry', because: 'person', reason: expect.stringContaining('Add the app again') },
    ],
    [
      'the app blocked by an administrator',
      { kind: 'http', status: 403, code: 'BotDisabledByAdmin' },
      { kind: 'retry', because: 'person', reason: expect.stringContaining('administrator') },
    ],
    [
      'a channel that is archived',
      { kind: 'http', status: 403, code: 'MessageWritesBlocked' },
      { kind: 'retry', because: 'person', reason: expect.stringContaining('archived') },
    ],
    [
      'a channel that was deleted',
      { kind: 'http', status: 404, code: 'ConversationNotFound' },
      { kind: 'final', because: 'channel' },
    ],
    ['a message that is too large', { kind: 'http', status: 413, code: 'MessageSizeTooBig' }, { kind: 'final' }],
    [
      'a pointer elsewhere',
      { kind: 'elsewhere', address: 'https://example.org' },
      { kind: 'retry', because: 'person' },
    ],
    ['a connection cut before the answer', { kind: 'cut' }, { kind: 'unknown' }],
    ['an answer that was lost', { kind: 'lost' }, { kind: 'unknown' }],
  ])('%s: asks once, and says what is known', async (_words, fault, expected) => {
    teams.fail('post', fault);
    expect(await channel.post(room, card('x'), 'plan:12')).toMatchObject(expected);
    expect(teams.called('post')).toHaveLength(1);
  });

  it('no answer in time: nothing is known', async () => {
    teams.fail('post', { kind: 'hang' });
    const hasty = teamsChannel(teams, installations, { patience: 200 });
    expect(await hasty.post(room, card('x'), 'plan:12')).toMatchObject({ kind: 'unknown' });
  });

  it('says that a deleted message is gone, so that it is posted anew', async () => {
    expect(await channel.edit(room, '17', card('x'), 'plan:12')).toMatchObject({ kind: 'gone' });
  });

  it('a secret that was revoked is a sentence for the operator; an Entra that is away is not', async () => {
    teams.tokenRefusal = { status: 401, error: 'invalid_client', description: 'AADSTS7000222: expired' };
    expect(await channel.post(room, card('x'), 'plan:12')).toMatchObject({
      kind: 'retry',
      because: 'person',
      reason: expect.stringContaining('TEAMS_APP_SECRET'),
    });
    teams.tokenRefusal = null;
    teams.fail('token', { kind: 'http', status: 503 });
    expect(await channel.post(room, card('x'), 'plan:12')).toEqual({
      kind: 'retry',
      afterSeconds: 15,
      reason: expect.stringContaining('Entra'),
    });
    expect(await channel.post(room, card('x'), 'plan:12')).toMatchObject({ kind: 'done' });
  });

  it('a connector that never took the connection is tried again without a word about it', async () => {
    const gone = await new FakeTeams().start();
    await gone.stop();
    const away = teamsChannel(teams, installations, { origins: [gone.url] });
    await installations.seen(
      { tenant, conversationId: TEAMS_ROOM, kind: 'channel', teamId: null, serviceUrl: gone.serviceUrl },
      null,
      NOW,
    );
    expect(await away.post(room, card('x'), 'plan:12')).toMatchObject({ kind: 'retry', reason: 'ECONNREFUSED' });
  });

  it('29: an address that somebody slipped in gets neither the message nor the token', async () => {
    const thief = await new FakeTeams().start();
    thief.addConversation(TEAMS_ROOM, 'channel');
    await installations.seen(
      { tenant, conversationId: TEAMS_ROOM, kind: 'channel', teamId: null, serviceUrl: thief.serviceUrl },
      null,
      NOW,
    );
    expect(await channel.post(room, card('x'), 'plan:12')).toMatchObject({ kind: 'retry', because: 'person' });
    expect(thief.calls).toEqual([]);
    expect(teams.called('token')).toEqual([]);
    await thief.stop();
  });

  it('29: a conversation id that is more than an id is not put into a path', async () => {
    for (const channelId of ['19:x/../../secrets', '19:x?y', '19:x#y', '%2e%2e', '']) {
      expect(await channel.post({ tenant, channelId }, card('x'), 'plan:12')).toMatchObject({ kind: 'retry' });
    }
    expect(teams.calls).toEqual([]);
  });

  it('the largest card is within 25 KB, its message within what Teams takes, refresh included', async () => {
    const body = Array.from({ length: 400 }, (_, nth) => ({
      kind: 'text' as const,
      text: `${'é'.repeat(200)} ${nth}`,
    }));
    const many = Array.from({ length: 60 }, (_, nth) => teamsMember(100 + nth, `Person ${nth}`));
    for (const one of many) await met(TEAMS_ROOM, 'channel', one);
    const audience = many.map((one) => one.aadObjectId);
    expect(await channel.post(room, { ...card('x'.repeat(5_000)), body }, 'plan:12', audience)).toMatchObject({
      kind: 'done',
    });
    expect(JSON.stringify(contentOf(0)).length * 2).toBeLessThanOrEqual(ADAPTIVE_CARD_BUDGET);
  });

  it('finds nothing by looking: a bot may not read what was written', async () => {
    await channel.post(room, card('x'), 'plan:12');
    expect(await channel.find()).toBeNull();
  });
});
