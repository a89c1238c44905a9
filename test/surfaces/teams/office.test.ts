import { afterEach, beforeAll, expect, it } from 'vitest';
import type { AdaptiveCard } from '../../../src/card/adaptive-types.ts';
import { installationStore } from '../../../src/store/installations.ts';
import { replayKeyStore } from '../../../src/store/replay-keys.ts';
import { eachDatabase } from '../../support/database.ts';
import { type Office, openOffice } from '../../support/office.ts';
import {
  dialogOpened,
  dialogSent,
  executed,
  installed,
  mentioned,
  type Payload,
  TEAM_CHANNEL,
  targeted,
  teamsUser,
  written,
} from '../../support/teams-activities.ts';
import { TEAMS_APP } from '../../support/teams-connector.ts';
import { TeamsOffice } from '../../support/teams-office.ts';

let door: TeamsOffice;
afterEach(() => door.close());

eachDatabase('Teams with the real verbs', (database) => {
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);
  let office: Office;
  let where: { serviceUrl: string };

  const open = async () => {
    office = await openOffice(await database.open());
    const { db } = office.connection;
    const now = office.clock.now().toString();
    door = await new TeamsOffice().open({
      dispatch: office.dispatch,
      replayKeys: replayKeyStore(db),
      installations: installationStore(db),
    });
    where = { serviceUrl: door.teams.serviceUrl };
    const lead = await office.store.people.byEmail('e-rs-lead@rehearsal.example');
    const account = { platform: 'teams', tenant: TEAMS_APP.tenant, userId: teamsUser('lead').aadObjectId } as const;
    await office.store.people.join(lead?.id ?? 0, { ...account, guest: false }, now);
    const room = { platform: 'teams', tenant: TEAMS_APP.tenant, channelId: TEAM_CHANNEL } as const;
    await office.store.migrations.bind(room, office.migrationId, now);
  };
  /** What Teams shows of the last message, and to whom. */
  const last = async () => {
    await door.settled();
    const message = door.teams.messages.at(-1);
    const [attachment] = (message?.activity.attachments ?? []) as { content: AdaptiveCard }[];
    return { onlyFor: message?.onlyFor, text: JSON.stringify(message?.activity ?? null), card: attachment?.content };
  };
  const say = async (activity: Payload) => {
    expect((await door.deliver(activity)).status).toBe(200);
    return last();
  };

  it('answers from the database, in a channel to the asker alone', async () => {
    await open();
    for (const activity of [targeted('/bsu people', where), mentioned('people', where)]) {
      const { onlyFor, text } = await say(activity);
      expect(onlyFor).toBe(teamsUser('lead').id);
      expect(text).toContain('The clinical-safety-officer');
    }
  });

  it('the personal chat is the to-do list, whatever is typed there that is no verb’s', async () => {
    await open();
    for (const text of ['', 'status', '/bsu', '/status']) {
      const answer = await say(written(text, where));
      expect(answer.text, text).toContain('Waits for you');
      expect(answer.onlyFor, text).toBeNull();
    }
    const talk = await say(written('hello', where));
    expect(talk.text).toContain('Waits for you');
    expect(talk.text).toContain('There is no \\"hello\\"');
    expect((await say(targeted('hello', where))).text).not.toContain('Waits for you');
  });

  it('9: tells a stranger whom to ask, and gives nothing away', async () => {
    await open();
    const { text } = await say(targeted('people', { ...where, from: 'planner' }));
    expect(text).toContain('know you yet');
    expect(text).toContain(`teams:${TEAMS_APP.tenant}:${teamsUser('planner').aadObjectId}`);
    expect(text).not.toContain('clinical-safety-officer');
  });

  it('9: the name in a payload is nobody’s: only the Entra id counts', async () => {
    await open();
    const forged = { from: { ...teamsUser('planner'), name: 'The e-rs-lead' } };
    expect((await say(targeted('people', { ...where, more: forged }))).text).toContain('know you yet');
  });

  it('grants in a dialog: what is missing is asked for, with its errors in place, and then done once', async () => {
    await open();
    const opener = await say(targeted('grant', where));
    const [button] = opener.card?.actions ?? [];
    if (button?.type !== 'Action.Submit') throw new Error('There is no button that opens the form.');
    const { body } = await door.deliver(dialogOpened({ ...button.data }, where));
    const form: AdaptiveCard = body.task.value.card.content;
    const ids = JSON.stringify(form).match(/field\.\w+/g) ?? [];
    expect(ids.length).toBeGreaterThan(3);
    const [submit] = form.actions;
    if (submit?.type !== 'Action.Submit') throw new Error('The form has no button.');
    const filled = {
      'field.name': 'A new planner',
      'field.email': 'not an address',
      'field.role': 'planner',
      'field.who': `teams:${TEAMS_APP.tenant}:${teamsUser('planner').aadObjectId}`,
    };
    const wrong = await door.deliver(dialogSent({ ...submit.data, ...filled }, where));
    const again = JSON.stringify(wrong.body);
    expect(again).toContain('not an address');
    expect(again).toContain('A new planner');
    const right = { ...filled, 'field.email': 'new-planner@trust.example' };
    const sent = dialogSent({ ...submit.data, ...right }, { ...where, id: 'f:grant' });
    expect(JSON.stringify((await door.deliver(sent)).body)).toContain('A new planner');
    expect(JSON.stringify((await door.deliver(sent)).body)).toContain('done once');
    expect((await say(targeted('help', { ...where, from: 'planner' }))).text).toContain('What you can ask for');
  });

  it('an unknown verb and unreadable text are refused with a sentence', async () => {
    await open();
    const { body } = await door.deliver(executed({ verb: 'no-such-verb', input: {} }, where));
    expect(JSON.stringify(body)).toContain('There is no \\"no-such-verb\\"');
    const nul = await door.deliver(executed({ verb: 'freeze', input: { reason: 'a\u0000b' } }, where));
    expect(JSON.stringify(nul.body)).toContain('cannot be stored');
  });

  it('28: patient data is refused in a card’s form, without repeating the value, and the rest is kept', async () => {
    await open();
    const reason = 'patient 943 476 5919 rang';
    const { body } = await door.deliver(
      executed(
        {
          verb: 'freeze',
          input: {},
          form: 'reason,from,to',
          'field.reason': reason,
          'field.from': '9pm',
          'field.to': '',
        },
        where,
      ),
    );
    const text = JSON.stringify(body);
    expect(text).toContain('looks like patient data');
    expect(text).toContain('9pm');
    const kept = await office.connection.db.selectFrom('audit_event').select('text').execute();
    expect(JSON.stringify(kept)).not.toContain('5919');
  });

  it('a migration is brought to one more channel by whoever leads it, but not to a chat of their own', async () => {
    await open();
    const other = { id: '19:other@thread.tacv2', conversationType: 'channel', tenantId: TEAMS_APP.tenant };
    const lead = { ...teamsUser('lead'), userRole: 'user' as const };
    door.teams.addConversation(other.id, 'channel', [lead]);
    const here = await say(targeted('channel here', { ...where, more: { conversation: other } }));
    expect(here.text).toContain('Microsoft Teams');
    const channels = await office.store.migrations.channels(office.migrationId);
    expect(channels.map(({ channelId }) => channelId).sort()).toEqual([other.id, TEAM_CHANNEL, 'migration'].sort());
    expect((await say(written('channel here', where))).text).toContain('Type it in that channel');
    expect(await office.store.migrations.channels(office.migrationId)).toHaveLength(3);
  });

  it('remembers where the app was installed, and forgets where it was taken out', async () => {
    await open();
    await door.deliver(installed(where));
    const store = installationStore(office.connection.db);
    expect(await store.conversation(TEAMS_APP.tenant, TEAM_CHANNEL)).toMatchObject({ kind: 'channel' });
    await door.deliver(installed({ ...where, action: 'remove' }));
    expect(await store.conversation(TEAMS_APP.tenant, TEAM_CHANNEL)).toBeNull();
  });
});
