import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdaptiveCard } from '../../../src/card/adaptive-types.ts';
import type { Form } from '../../../src/card/form.ts';
import type { Answer } from '../../../src/command.ts';
import type { Dispatch, Outcome, Request } from '../../../src/dispatch.ts';
import { next, Refusal } from '../../../src/kernel/errors.ts';
import {
  dialogOpened,
  dialogSent,
  executed,
  fileSent,
  installed,
  membersAdded,
  mentioned,
  type Payload,
  targeted,
  teamsUser,
  written,
} from '../../support/teams-activities.ts';
import { TEAMS_APP } from '../../support/teams-connector.ts';
import { BOT_ID, rememberedInstallations, TeamsOffice } from '../../support/teams-office.ts';

const help: Outcome = {
  kind: 'answer',
  verb: 'help',
  answer: { code: 'help', facts: { verbs: [], contacts: [] }, next: [next('Why?', 'why')] } as unknown as Answer,
  auditSeq: null,
};
const field = (name: string, more = {}) => ({
  name,
  label: `The ${name}`,
  kind: 'text' as const,
  optional: false,
  ...more,
});
const form = (fields: Form['fields']): Form => ({
  verb: 'reject',
  title: 'Send a plan back',
  given: { code: 'K7Q-4F2' },
  fields,
  submit: 'Send it back',
});
const refusal = (more: ConstructorParameters<typeof Refusal>[2] = {}): Outcome => ({
  kind: 'refusal',
  verb: 'reject',
  refusal: new Refusal('author', 'You wrote this plan, so someone else has to.', more),
});

describe('Teams as a surface', () => {
  let office: TeamsOffice;
  let asked: Request[];
  let dispatch: Dispatch;
  let installations: ReturnType<typeof rememberedInstallations>;
  let where: { serviceUrl: string };

  const open = async (patience: number) => {
    office = await new TeamsOffice().open({
      dispatch: (request) => {
        asked.push(request);
        return dispatch(request);
      },
      installations,
      acknowledgeWithin: patience,
      giveUpAfter: patience,
    });
    where = { serviceUrl: office.teams.serviceUrl };
  };
  /** For work that never comes in time. */
  const impatient = async () => {
    await office.close();
    await open(60);
  };

  beforeEach(async () => {
    asked = [];
    dispatch = async () => help;
    installations = rememberedInstallations();
    await open(20_000);
  });
  afterEach(() => office.close());

  /** What is said to people, and to whom: null is everybody there. */
  const said = async () => {
    await office.settled();
    return office.teams.messages.map(({ activity, onlyFor, conversation }) => {
      const [attachment] = (activity.attachments ?? []) as { content: AdaptiveCard }[];
      return {
        onlyFor,
        conversation,
        text: String(activity.text || attachment?.content.fallbackText),
        card: attachment?.content,
      };
    });
  };
  const click = (data: Payload, more = {}) => office.deliver(executed(data, { ...where, ...more }));

  it('answers /bsu in a channel to the asker alone, and asks for the channel without its thread', async () => {
    const answer = await office.deliver(targeted('/bsu help', where));
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(asked).toEqual([
      {
        account: { platform: 'teams', tenant: TEAMS_APP.tenant, userId: teamsUser('lead').aadObjectId, guest: false },
        channel: { platform: 'teams', tenant: TEAMS_APP.tenant, channelId: '19:migration@thread.tacv2' },
        text: '/bsu help',
        private: true,
      },
    ]);
    expect(await said()).toMatchObject([{ onlyFor: teamsUser('lead').id, text: 'What you can ask for' }]);
    expect(office.teams.called('post')[0]?.thread).toBe('1700000000001');
  });

  it('takes the mention of the app out of the text, and answers to the asker alone', async () => {
    await office.deliver(mentioned('plan site=XDH01 &amp; R&lt;D', where));
    expect(asked[0]?.text).toBe('plan site=XDH01 & R<D');
    expect(await said()).toMatchObject([{ onlyFor: teamsUser('lead').id }]);
  });

  it('names somebody who is mentioned by their account', async () => {
    const other = teamsUser('planner');
    const more = {
      text: '<at>Changeover</at> grant <at>The planner</at> planner',
      entities: [
        { type: 'mention', mentioned: { id: BOT_ID }, text: '<at>Changeover</at>' },
        { type: 'mention', mentioned: { id: other.id }, text: '<at>The planner</at>' },
      ],
    };
    await office.deliver(mentioned('', { ...where, more }));
    expect(asked[0]?.text).toBe(`grant  teams:${TEAMS_APP.tenant}:${other.aadObjectId}  planner`);
  });

  it('takes plain text in the personal chat, as no migration’s channel', async () => {
    await office.deliver(written('help', where));
    expect(asked[0]).toMatchObject({ channel: null, text: 'help' });
    expect(await said()).toMatchObject([{ onlyFor: null, conversation: `a:${teamsUser('lead').aadObjectId}` }]);
  });

  it('says nothing to talk of others in a channel, and to another app', async () => {
    const talk = { ...targeted('help', where), recipient: { id: BOT_ID } };
    await office.deliver(talk);
    await office.deliver(written('help', { ...where, more: { from: { ...teamsUser('x'), role: 'bot' } } }));
    expect(asked).toEqual([]);
    expect(await said()).toEqual([]);
  });

  it('acts once on a delivery that comes twice, in whichever thread it is said to be', async () => {
    const activity = targeted('abort', { ...where, id: '1' });
    await office.deliver(activity);
    await office.deliver(activity);
    expect(asked).toHaveLength(1);
    expect(await said()).toHaveLength(1);
  });

  it('acts once on a click that is tried again, and says so', async () => {
    const again = executed({ verb: 'abort', input: {} }, { ...where, id: 'f:1' });
    await office.deliver(again);
    const { body } = await office.deliver(again);
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.activity.message' });
    expect(body.value).toContain('done once');
    expect(asked).toHaveLength(1);
  });

  it('says "working on it" in time when the work is slow, and answers later', async () => {
    await impatient();
    const slow = Promise.withResolvers<Outcome>();
    dispatch = () => slow.promise;
    expect((await office.deliver(targeted('run', where))).status).toBe(200);
    slow.resolve(help);
    expect((await said()).map(({ text }) => text)).toEqual([
      expect.stringContaining('Working on it'),
      'What you can ask for',
    ]);
  });

  it('29: says that no answer came, when the work never ends', async () => {
    await impatient();
    dispatch = () => new Promise(() => {});
    await office.deliver(targeted('run', where));
    expect((await said()).at(-1)?.text).toContain('no answer');
  });

  it('29: refuses with a sentence when the replay keys cannot be read', async () => {
    await office.close();
    office = await new TeamsOffice().open({
      dispatch: async () => help,
      replayKeys: { claim: () => Promise.reject(new Error('connect ECONNREFUSED')) },
    });
    expect((await office.deliver(targeted('abort', { serviceUrl: office.teams.serviceUrl }))).status).toBe(200);
    expect((await said())[0]?.text).toContain('nothing was changed');
  });

  it('acknowledges all the same when the database hangs', async () => {
    await office.close();
    const hanging = () => new Promise<never>(() => {});
    office = await new TeamsOffice().open({
      dispatch: async () => help,
      replayKeys: { claim: hanging },
      installations: { ...installations, seen: hanging, forget: hanging, cardSeen: hanging },
      acknowledgeWithin: 60,
      giveUpAfter: 60,
    });
    where = { serviceUrl: office.teams.serviceUrl };
    const requests = [
      targeted('why', where),
      executed({ verb: 'why', input: {}, subject: 'plan:1' }, where),
      executed({ verb: 'refresh', input: { subject: 'plan:1' } }, where),
      dialogSent({ verb: 'why', input: {} }, where),
      installed(where),
      installed({ ...where, action: 'remove' }),
    ];
    for (const one of requests) expect((await office.deliver(one)).status).toBe(200);
  });

  it('9: a guest of the tenant, and somebody of another one in a shared channel, come as guests', async () => {
    const channel = office.teams.conversations.get('19:migration@thread.tacv2');
    const other = {
      ...teamsUser('other'),
      userRole: 'user' as const,
      tenantId: 'FFFFFFFF-0000-4000-8000-00000000000F',
    };
    channel?.members.push(other);
    await office.deliver(targeted('why', { ...where, from: 'guest' }));
    await office.deliver(targeted('why', { ...where, from: 'other' }));
    expect(asked.map(({ account }) => [account.tenant, account.guest])).toEqual([
      [TEAMS_APP.tenant, true],
      ['ffffffff-0000-4000-8000-00000000000f', true],
    ]);
  });

  it('29: does nothing for somebody whom Teams does not vouch for, or who has no Entra id', async () => {
    await office.deliver(targeted('approve', { ...where, from: 'nobody' }));
    const anonymous = { from: { id: '29:anonymous', name: 'The approver' } };
    await office.deliver(targeted('approve', { ...where, more: anonymous }));
    const texts = (await said()).map(({ text }) => text);
    expect(texts).toEqual([expect.stringContaining('did not say'), expect.stringContaining('who you are')]);
    expect(asked).toEqual([]);
  });

  it('answers in the personal chat where a channel takes no private message, else says where to ask, and nothing more', async () => {
    await office.deliver(written('help', where));
    office.teams.fail('post', { kind: 'http', status: 400 });
    await office.deliver(targeted('people', where));
    expect((await said()).map(({ conversation }) => conversation.slice(0, 2))).toEqual(['a:', 'a:']);
    office.teams.fail('post', { kind: 'http', status: 400 });
    await office.deliver(targeted('people', { ...where, from: 'planner' }));
    const last = (await said()).at(-1);
    expect(last).toMatchObject({ onlyFor: null, conversation: '19:migration@thread.tacv2' });
    expect(last?.text).toContain('privately');
    expect(last?.card).toBeUndefined();
  });

  describe('buttons', () => {
    it('runs the verb, and the answer takes the card’s place for this person', async () => {
      const { body } = await click({ verb: 'approve', input: { plan: '12', code: 'K7Q-4F2' } });
      expect(asked[0]).toMatchObject({ verb: 'approve', input: { plan: '12', code: 'K7Q-4F2' } });
      expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
      expect(body.value.fallbackText).toBe('What you can ask for');
      expect(await said()).toEqual([]);
    });

    it('leads back to the posted card, and learns where it stands', async () => {
      const { body } = await click({ verb: 'notices', input: {}, subject: 'plan:12' });
      expect(body.value.actions.at(-1)).toMatchObject({
        title: 'Back',
        data: { verb: 'refresh', input: { subject: 'plan:12' } },
      });
      await office.settled();
      expect(installations.cards).toEqual([`${TEAMS_APP.tenant} 19:migration@thread.tacv2 plan:12 1700000050000`]);
    });

    it('explains a verb that is none of ours, and data that is none of ours', async () => {
      for (const one of [
        executed({ verb: 'approve', input: {} }, { ...where, verb: 'other' }),
        executed({ berv: 'approve' }, where),
        executed({ verb: 'approve', input: { plan: 12 } }, where),
        { ...executed({}, where), value: {} },
        { ...executed({}, where), value: undefined },
      ]) {
        const { status, body } = await office.deliver(one);
        expect([status, body.type]).toEqual([200, 'application/vnd.microsoft.activity.message']);
        expect(body.value).toContain('Nothing was done');
      }
      expect(asked).toEqual([]);
    });

    it('asks for a subject as the asker may act on it, as often as the card is looked at', async () => {
      const look = executed(
        { verb: 'refresh', input: { subject: 'plan:12' } },
        { ...where, id: 'f:2', trigger: 'automatic' },
      );
      await office.deliver(look);
      const { body } = await office.deliver(look);
      expect(body.value.refresh).toBeUndefined();
      expect(body.value.actions[0].data).toEqual({ verb: 'why', input: {}, subject: 'plan:12' });
      expect(asked).toMatchObject([{ subject: 'plan:12' }, { subject: 'plan:12' }]);
      expect(asked[0]?.verb).toBeUndefined();
    });

    it('answers a late click with a sentence, and then to the asker alone', async () => {
      await impatient();
      const slow = Promise.withResolvers<Outcome>();
      dispatch = () => slow.promise;
      const { body } = await click({ verb: 'run', input: {} });
      expect(body.value).toContain('Working on it');
      slow.resolve(help);
      expect(await said()).toMatchObject([{ onlyFor: teamsUser('lead').id, text: 'What you can ask for' }]);
    });

    it('a reason typed beside the button goes along; refused, it comes back with what is wrong', async () => {
      dispatch = async ({ again }) =>
        again
          ? { kind: 'form', form: form([field('reason', { value: 'no', problem: 'Too short.' })]) }
          : refusal({ fields: { reason: 'Too short.' } });
      const { body } = await click({
        verb: 'reject',
        input: { code: 'K7Q-4F2' },
        form: 'reason',
        'field.reason': 'no',
      });
      expect(asked).toMatchObject([
        { verb: 'reject', input: { code: 'K7Q-4F2', reason: 'no' } },
        { again: { fields: ['reason'], problems: { reason: 'Too short.' } } },
      ]);
      const text = JSON.stringify(body.value);
      expect(text).toContain('You wrote this plan');
      expect(text).toContain('"value":"no"');
      expect(text).toContain('✖ Too short.');
    });

    it('a refusal of the whole keeps its remedy, and leads back to what was typed', async () => {
      dispatch = async () => refusal({ remedy: [next('Show the plan', 'show')] });
      const { body } = await click({
        verb: 'reject',
        input: { code: 'K7Q-4F2' },
        form: 'reason',
        'field.reason': 'too early',
      });
      expect(body.value.actions.map(({ title }: { title: string }) => title)).toEqual([
        'Show the plan',
        'Back to the form',
      ]);
      const back = body.value.actions[1].data;
      expect(back).toEqual({ verb: 'reject', input: { code: 'K7Q-4F2', reason: 'too early' }, again: 'reason' });
      asked.length = 0;
      dispatch = async () => ({ kind: 'form', form: form([field('reason', { value: 'too early' })]) });
      expect(JSON.stringify((await click(back)).body.value)).toContain('too early');
      expect(asked).toMatchObject([{ verb: 'reject', again: { fields: ['reason'], problems: {} } }]);
    });
  });

  describe('forms', () => {
    const many = form(['a', 'b', 'c', 'd'].map((name) => field(name, name === 'a' ? { value: 'typed' } : {})));

    it('asks for few fields in the card, and for many in a dialog that knows what was typed', async () => {
      dispatch = async () => ({ kind: 'form', form: form([field('reason')]) });
      const few = (await click({ verb: 'reject', input: {} })).body.value;
      expect(few.actions[0]).toMatchObject({ type: 'Action.Execute', data: { form: 'reason' } });
      dispatch = async () => ({ kind: 'form', form: many });
      await office.deliver(targeted('reject', where));
      expect((await said())[0]?.card?.actions).toMatchObject([
        {
          type: 'Action.Submit',
          title: 'Open the form',
          data: { verb: 'reject', input: { code: 'K7Q-4F2', a: 'typed' }, msteams: { type: 'task/fetch' } },
        },
      ]);
    });

    it('opens the dialog with buttons that a dialog knows', async () => {
      dispatch = async () => ({ kind: 'form', form: many });
      const { status, body } = await office.deliver(dialogOpened({ verb: 'reject', input: {} }, where));
      expect(status).toBe(200);
      expect(body.task.type).toBe('continue');
      expect(body.task.value.card.contentType).toBe('application/vnd.microsoft.card.adaptive');
      expect(body.task.value.card.content.actions).toMatchObject([
        { type: 'Action.Submit', data: { form: 'a,b,c,d' } },
      ]);
      expect(JSON.stringify(body)).not.toContain('Action.Execute');
    });

    it('sends it: errors come in place with all that was typed, and the answer in the form’s stead', async () => {
      dispatch = async ({ again }) =>
        again
          ? {
              kind: 'form',
              form: form([field('a', { value: 'x' }), field('b', { value: 'y', problem: 'Not a time.' })]),
            }
          : { kind: 'form', form: form([field('b', { value: 'y', problem: 'Not a time.' })]) };
      const data = { verb: 'reject', input: {}, form: 'a,b', 'field.a': 'x', 'field.b': 'y' };
      const wrong = JSON.stringify((await office.deliver(dialogSent(data, where))).body);
      expect(wrong).toContain('Not a time.');
      expect(wrong).toContain('"value":"x"');
      dispatch = async () => help;
      const { body } = await office.deliver(dialogSent(data, where));
      expect(body.task.value.card.content.fallbackText).toBe('What you can ask for');
      expect(JSON.stringify(body)).not.toContain('Action.Execute');
    });

    it('closes with a sentence what is late, came before, or is none of ours', async () => {
      const once = dialogSent({ verb: 'reject', input: {} }, { ...where, id: 'f:3' });
      await office.deliver(once);
      expect((await office.deliver(once)).body.task).toMatchObject({
        type: 'message',
        value: expect.stringContaining('done once'),
      });
      expect((await office.deliver(dialogSent({ x: 1 }, where))).body.task.value).toContain('Nothing was done');
      await impatient();
      dispatch = () => new Promise(() => {});
      expect((await office.deliver(dialogSent({ verb: 'run', input: {} }, where))).body.task.value).toContain(
        'Working on it',
      );
    });
  });

  describe('files', () => {
    const file = { kind: 'form' as const, form: form([field('file', { kind: 'file' })]) };
    const csv = 'SERVICE_ID\n7000001\n';

    it('1: a CSV in the personal chat is fetched without a token, and offered to be read', async () => {
      office.teams.files.set('extract', Buffer.from(csv));
      dispatch = async () => file;
      await office.deliver(fileSent('extract.csv', `${office.teams.url}/files/extract`, where));
      const [offer] = await said();
      expect(offer?.text).toContain('You shared extract.csv');
      expect(offer?.card?.actions).toMatchObject([{ data: { verb: 'import', input: { file: 'file-0' } } }]);
      expect(office.kept.get('file-0')).toBe(`extract.csv: ${csv}`);
      expect(office.teams.called('file')[0]?.authorization).toBeNull();
      expect(JSON.stringify(offer?.card)).not.toContain('/files/');
    });

    it('15: a screenshot in the personal chat is offered as the confirmation of a count', async () => {
      office.teams.files.set('screen', Buffer.from('a picture'));
      dispatch = async () => file;
      await office.deliver(fileSent('screen.PNG', `${office.teams.url}/files/screen`, where));
      expect((await said())[0]?.card?.actions).toMatchObject([
        { data: { verb: 'step', input: { what: 'confirm', how: 'screenshot', picture: 'file-0' } } },
      ]);
    });

    it('1: is not fetched for somebody who may not import, nor from a foreign host', async () => {
      dispatch = async () => refusal();
      await office.deliver(fileSent('extract.csv', `${office.teams.url}/files/extract`, where));
      dispatch = async () => file;
      await office.deliver(fileSent('extract.csv', 'https://evil.example/extract.csv', where));
      await office.deliver(fileSent('extract.csv', 'https://evilsharepoint.com/extract.csv', where));
      await office.deliver(fileSent('extract.csv', 'http://trust.sharepoint.com/extract.csv', where));
      expect(office.teams.called('file')).toEqual([]);
      expect(office.kept.size).toBe(0);
      expect((await said()).slice(1).map(({ text }) => text)).toEqual(
        Array.from({ length: 3 }, () => expect.stringContaining('did not give Changeover that file')),
      );
    });

    it('says what it reads, and where a file must be sent', async () => {
      await office.deliver(fileSent('minutes.docx', `${office.teams.url}/files/x`, where));
      const attachments = [
        { contentType: 'reference', contentUrl: 'https://trust.sharepoint.com/x.csv', name: 'x.csv' },
      ];
      await office.deliver({ ...targeted('', where), attachments });
      expect((await said()).map(({ text }) => text)).toEqual([
        expect.stringContaining('I read CSV files'),
        expect.stringContaining('in our own chat'),
      ]);
      expect(asked).toEqual([]);
    });
  });

  describe('being installed', () => {
    it('welcomes a team once, however Teams says it, and remembers where it is', async () => {
      await office.deliver(membersAdded([BOT_ID], where));
      await office.deliver(installed(where));
      expect(await said()).toMatchObject([{ onlyFor: null, text: expect.stringContaining('Changeover is here') }]);
      expect(await installations.conversation(TEAMS_APP.tenant, '19:migration@thread.tacv2')).toMatchObject({
        kind: 'channel',
        teamId: '19:team@thread.tacv2',
        serviceUrl: where.serviceUrl,
      });
    });

    it('welcomes a person with what waits for them', async () => {
      await office.deliver(installed({ ...where, personal: true }));
      expect((await said()).map(({ text }) => text)).toEqual([
        expect.stringContaining('our own chat'),
        'What you can ask for',
      ]);
      expect(asked).toMatchObject([{ channel: null, text: '' }]);
      const [person] = await installations.people(TEAMS_APP.tenant, [teamsUser('lead').aadObjectId]);
      expect(person).toMatchObject({
        teamsId: teamsUser('lead').id,
        conversationId: `a:${teamsUser('lead').aadObjectId}`,
      });
    });

    it('says nothing when somebody else joins, and forgets where it was taken out', async () => {
      await office.deliver(membersAdded(['29:somebody'], where));
      await office.deliver(installed(where));
      await office.deliver(installed({ ...where, action: 'remove' }));
      expect(await said()).toHaveLength(1);
      expect(await installations.conversation(TEAMS_APP.tenant, '19:migration@thread.tacv2')).toBeNull();
    });
  });

  it('answers what it does not do with a short refusal, and calls nobody for it', async () => {
    for (const name of ['signin/tokenExchange', 'signin/verifyState', 'composeExtension/query', 'nothing/known']) {
      const { status, body } = await office.deliver({ ...executed({}, where), name });
      expect([status, body]).toEqual([400, { error: expect.any(String) }]);
    }
    expect((await office.deliver({ ...targeted('', where), type: 'typing' })).status).toBe(200);
    expect(office.teams.calls).toEqual([]);
  });
});
