import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../src/card/form.ts';
import type { Answer } from '../../../src/command.ts';
import type { Dispatch, Outcome, Request } from '../../../src/dispatch.ts';
import { next, Refusal } from '../../../src/kernel/errors.ts';
import { SlackOffice } from '../../support/slack-office.ts';
import { clicked, happened, nextTrigger, submitted, typedCommand } from '../../support/slack-payloads.ts';
import { sendSigned } from '../../support/slack-request.ts';

const help: Outcome = {
  kind: 'answer',
  verb: 'help',
  answer: { code: 'help', facts: { verbs: [], contacts: [] }, next: [next('Why?', 'why')] } as unknown as Answer,
  auditSeq: null,
};
const form: Form = {
  verb: 'approve',
  title: 'Approve a plan',
  given: { plan: '12' },
  fields: [{ name: 'reason', label: 'Reason', kind: 'text', optional: false }],
  submit: 'Approve',
};
const refusal = (more: ConstructorParameters<typeof Refusal>[2] = {}): Outcome => ({
  kind: 'refusal',
  verb: 'approve',
  refusal: new Refusal('author', 'You wrote this plan, so someone else has to approve it.', more),
});

describe('Slack as a surface', () => {
  let office: SlackOffice;
  let asked: Request[];
  let dispatch: Dispatch;
  let where: { slackUrl: string };

  beforeEach(async () => {
    asked = [];
    dispatch = async () => help;
    office = await new SlackOffice().open({
      dispatch: (request) => {
        asked.push(request);
        return dispatch(request);
      },
      acknowledgeWithin: 400,
      giveUpAfter: 400,
    });
    where = { slackUrl: office.slack.url };
  });
  afterEach(() => office.close());

  const send = (body: string) => sendSigned(office.url, body);
  const openedView = () => office.slack.called('views.open')[0]?.args.view as Record<string, unknown>;

  it('answers a typed command in its acknowledgement, to the asker alone', async () => {
    const answer = await (await send(typedCommand('help', where))).json();
    expect(answer).toMatchObject({ response_type: 'ephemeral', blocks: [{ type: 'header' }, { type: 'actions' }] });
    expect(asked).toEqual([
      {
        account: { platform: 'slack', tenant: 'T0TEAM', userId: 'U0PLANNER', guest: false },
        channel: { platform: 'slack', tenant: 'T0TEAM', channelId: 'C0ROOM' },
        private: true,
        text: 'help',
      },
    ]);
  });

  it('reads what Slack escaped as it was typed', async () => {
    await send(
      typedCommand('grant &lt;x&gt; <@U0LEAD|lead> <mailto:a@b.example|a@b.example> <#C1|room> R&amp;D', where),
    );
    expect(asked[0]?.text).toBe('grant <x> slack:T0TEAM:U0LEAD a@b.example #room R&D');
  });

  it('acts once on a request that comes twice', async () => {
    const body = typedCommand('abort', where);
    await send(body);
    const again = await send(body);
    expect([again.status, await again.text()]).toEqual([200, '']);
    expect(asked).toHaveLength(1);
  });

  it('says "working on it" in time when the work is slow, and answers by response_url', async () => {
    const slow = Promise.withResolvers<Outcome>();
    dispatch = () => slow.promise;
    const first = await (await send(typedCommand('help', where))).json();
    expect(first).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('Working on it') });
    slow.resolve(help);
    await office.settled();
    expect(office.slack.responses).toMatchObject([{ path: '/response/command', body: { response_type: 'ephemeral' } }]);
    expect(office.slack.responses[0]?.body.text).toContain('What you can ask for');
  });

  it('29: says that no answer came, when the work never ends', async () => {
    dispatch = () => new Promise(() => {});
    await send(typedCommand('run', where));
    await office.settled();
    expect(office.slack.responses[0]?.body.text).toContain('no answer');
  });

  it('29: tells the person by direct message when the response_url is dead', async () => {
    const slow = Promise.withResolvers<Outcome>();
    dispatch = () => slow.promise;
    await send(typedCommand('help', { slackUrl: 'https://elsewhere.example' }));
    slow.resolve(help);
    await office.settled();
    expect(office.slack.messages).toMatchObject([{ channel: 'U0PLANNER' }]);
  });

  it('29: refuses with a sentence when the replay keys cannot be read', async () => {
    await office.close();
    office = await new SlackOffice().open({
      dispatch: async () => help,
      replayKeys: { claim: () => Promise.reject(new Error('connect ECONNREFUSED')) },
    });
    const answer = (await (await send(typedCommand('abort', { slackUrl: office.slack.url }))).json()) as {
      text: string;
    };
    expect(answer.text).toContain('nothing was changed');
  });

  it('9: a guest, and somebody of another workspace in a shared channel, come as guests', async () => {
    await send(clicked('why', {}, { ...where, userId: 'U0GUEST' }));
    await send(clicked('why', {}, { ...where, userId: 'U0OTHER', teamId: 'T0OTHER' }));
    expect(asked.map((request) => request.account)).toEqual([
      { platform: 'slack', tenant: 'T0TEAM', userId: 'U0GUEST', guest: true },
      { platform: 'slack', tenant: 'T0OTHER', userId: 'U0OTHER', guest: true },
    ]);
  });

  it('29: does nothing for somebody whom Slack does not vouch for', async () => {
    const answer = (await (await send(typedCommand('approve', { ...where, userId: 'U0UNKNOWN' }))).json()) as {
      text: string;
    };
    expect(answer.text).toContain('Slack did not say');
    expect(asked).toEqual([]);
  });

  it('a click runs its verb, and is answered beside the message', async () => {
    const response = await send(clicked('approve', { plan: '12', code: 'K7Q-4F2' }, where));
    expect([response.status, await response.text()]).toEqual([200, '']);
    await office.settled();
    expect(asked[0]).toMatchObject({ verb: 'approve', input: { plan: '12', code: 'K7Q-4F2' } });
    expect(office.slack.responses).toMatchObject([
      { path: '/response/click', body: { replace_original: false, response_type: 'ephemeral' } },
    ]);
  });

  it('a click on something that we did not draw is not taken', async () => {
    const response = await send(clicked('approve', {}, where).replace('verb', 'berv'));
    expect(response.status).toBe(400);
    expect(asked).toEqual([]);
  });

  it('opens the form of a verb at once, and carries on with what was typed', async () => {
    dispatch = async () => ({ kind: 'form', form });
    const response = await send(typedCommand('approve 12', where));
    expect(await response.text()).toBe('');
    dispatch = async () => help;
    const answer = (await (await send(submitted(openedView(), { reason: 'all checked' }, where))).json()) as object;
    expect(asked[1]).toMatchObject({
      verb: 'approve',
      input: { plan: '12', reason: 'all checked' },
      channel: { channelId: 'C0ROOM' },
    });
    expect(answer).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
  });

  it('shows what is wrong at the field, where what was typed stays', async () => {
    dispatch = async () => ({ kind: 'form', form });
    await send(typedCommand('approve 12', where));
    const [field] = form.fields;
    dispatch = async () => ({
      kind: 'form',
      form: { ...form, fields: field ? [{ ...field, problem: 'Say at least three words.' }] : [] },
    });
    const answer = await (await send(submitted(openedView(), { reason: 'ok' }, where))).json();
    expect(answer).toEqual({ response_action: 'errors', errors: { 'field:reason': 'Say at least three words.' } });
  });

  it('28: keeps the rest of a form when a field is refused', async () => {
    dispatch = async () => ({ kind: 'form', form });
    await send(typedCommand('approve 12', where));
    dispatch = async () => refusal({ fields: { reason: 'Take the patient data out and send it again.' } });
    const answer = await (await send(submitted(openedView(), { reason: 'x' }, where))).json();
    expect(answer).toMatchObject({
      response_action: 'errors',
      errors: { 'field:reason': expect.stringContaining('Take') },
    });
  });

  it('lays any other refusal on top of the form, which stays filled in below', async () => {
    dispatch = async () => ({ kind: 'form', form });
    await send(typedCommand('approve 12', where));
    dispatch = async () => refusal();
    const answer = await (await send(submitted(openedView(), { reason: 'x' }, where))).json();
    expect(answer).toMatchObject({ response_action: 'push' });
  });

  it('a form whose answer is slow says so in the modal, and shows the answer there', async () => {
    dispatch = async () => ({ kind: 'form', form });
    await send(typedCommand('approve 12', where));
    const slow = Promise.withResolvers<Outcome>();
    dispatch = () => slow.promise;
    const answer = await (await send(submitted(openedView(), { reason: 'x' }, where))).json();
    expect(JSON.stringify(answer)).toContain('Working on it');
    slow.resolve(help);
    await office.settled();
    expect(office.slack.called('views.update')[0]?.args).toMatchObject({ view_id: 'V0VIEW', view: { type: 'modal' } });
  });

  it('offers the form again when Slack would not open it', async () => {
    dispatch = async () => ({ kind: 'form', form });
    office.slack.fail('views.open', { kind: 'error', error: 'expired_trigger_id' });
    const answer = (await (await send(typedCommand('approve 12', where))).json()) as { text: string };
    expect(answer.text).toContain('could not be opened in time');
    expect(JSON.stringify(answer)).toContain(
      JSON.stringify(JSON.stringify({ verb: 'approve', input: { plan: '12' } })).slice(1, -1),
    );
  });

  it('draws the home tab with what `/bsu` alone answers', async () => {
    const body = happened({ type: 'app_home_opened', user: 'U0PLANNER', channel: 'D0ME', tab: 'home' });
    expect((await sendSigned(office.url, body, { contentType: 'application/json' })).status).toBe(200);
    await office.settled();
    expect(asked[0]).toMatchObject({ text: '', channel: null });
    expect(office.slack.called('views.publish')[0]?.args).toMatchObject({
      user_id: 'U0PLANNER',
      view: { type: 'home' },
    });
  });

  it('answers a click in the home tab in a modal, and draws the tab anew', async () => {
    await send(
      clicked('approve', { plan: '12' }, { ...where, view: { id: 'V0HOME', type: 'home', private_metadata: '' } }),
    );
    await office.settled();
    expect(office.slack.calls.map((call) => call.method)).toEqual([
      'auth.test',
      'users.info',
      'views.open',
      'views.publish',
    ]);
  });

  it('sends files to the direct messages of the asker', async () => {
    const files = [{ name: 'gaps.csv', mediaType: 'text/csv', text: 'SERVICE_ID\n' }];
    dispatch = async () => ({ ...help, answer: { ...help.answer, files } }) as Outcome;
    await send(typedCommand('gaps', where));
    await office.settled();
    expect(office.slack.uploads).toEqual([
      { channel: 'D0PLANNER', name: 'gaps.csv', content: expect.stringContaining('SERVICE_ID\n') },
    ]);
  });

  it('repeats nothing that Slack sends again', async () => {
    const body = happened({ type: 'app_home_opened', user: 'U0PLANNER', tab: 'home' }, nextTrigger());
    for (const _ of [1, 2, 3]) await sendSigned(office.url, body, { contentType: 'application/json' });
    await office.settled();
    expect(asked).toHaveLength(1);
  });
});
