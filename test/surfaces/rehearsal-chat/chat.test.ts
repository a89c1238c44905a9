import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { type ChatOffice, openChatOffice } from '../../support/chat-office.ts';
import { eachDatabase } from '../../support/database.ts';
import { planCard } from '../../support/sample-card.ts';

eachDatabase('the chat page', (database) => {
  let chat: ChatOffice;
  const open = async () => {
    chat = await openChatOffice(await database.open());
    return chat;
  };
  afterEach(() => chat.close());

  const HERE = { tenant: 'rehearsal', channelId: 'migration' };

  interface Message {
    readonly id: number;
    readonly author: string;
    readonly private: boolean;
    readonly text: string | null;
    readonly headline: string | null;
    readonly thread: number | null;
    readonly version: number;
    readonly mentions: readonly string[];
  }

  async function messagesOf(as: string): Promise<readonly Message[]> {
    const { messages } = (await (await chat.get(`/rehearsal/messages?as=${as}`)).json()) as { messages: Message[] };
    return messages;
  }

  it('answers what one says, and shows both to that person only', async () => {
    const { post } = await open();
    const { outcome } = (await (await post('/rehearsal/say', { as: 'planner', text: '/bsu help' })).json()) as {
      outcome: Record<string, unknown>;
    };
    expect(outcome).toMatchObject({ kind: 'answer', verb: 'help', code: 'help', card: { type: 'AdaptiveCard' } });
    const seen = await messagesOf('planner');
    expect(seen.map(({ author, private: only }) => [author, only])).toEqual([
      ['A planner', true],
      ['Changeover', true],
    ]);
    expect(await messagesOf('tester')).toEqual([]);
  });

  it('gives a form for what is missing, and keeps a refusal of an open form out of the channel', async () => {
    const { post } = await open();
    const asked = (await (await post('/rehearsal/do', { as: 'e-rs-lead', verb: 'grant', input: {} })).json()) as {
      outcome: { kind: string; form: { verb: string } };
    };
    expect(asked.outcome).toMatchObject({ kind: 'form', form: { verb: 'grant' } });
    const wrong = { as: 'planner', verb: 'grant', input: {}, fromForm: true };
    const refused = (await (await post('/rehearsal/do', wrong)).json()) as { outcome: { kind: string } };
    expect(refused.outcome.kind).toBe('refusal');
    expect(await messagesOf('planner')).toEqual([]);
  });

  it('28: does not keep what was typed when it looks like patient data', async () => {
    const { post } = await open();
    const text = '/bsu grant who=tester@rehearsal.example role=tester name="NHS number 999 000 0018"';
    const { outcome } = (await (await post('/rehearsal/say', { as: 'e-rs-lead', text })).json()) as {
      outcome: { code: string };
    };
    expect(outcome.code).toBe('patient-data');
    const seen = await messagesOf('e-rs-lead');
    expect(seen[0]?.text).toBe('What you typed was not kept.');
    expect(JSON.stringify(seen)).not.toContain('999 000');
  });

  it('posts a card once a key, edits it in place, and puts calls under it, naming whom they need', async () => {
    const { channel } = await open();
    const posted = await channel.post(HERE, planCard, 'plan:12');
    const again = await channel.post(HERE, planCard, 'plan:12');
    expect(again).toEqual(posted);
    if (posted.kind !== 'done') throw new Error('The card was not posted.');
    expect(await channel.find(HERE, 'plan:12')).toBe(posted.messageId);
    await channel.edit(HERE, posted.messageId, { ...planCard, headline: 'Plan 12 · approved' }, 'plan:12');
    await channel.say(
      HERE,
      posted.messageId,
      'Approve plan 12.',
      [{ userId: 'approver', name: 'An approver' }],
      'call:1',
    );
    expect(await channel.edit(HERE, '999', planCard, 'plan:12')).toMatchObject({ kind: 'gone' });
    const seen = await messagesOf('tester');
    expect(seen).toMatchObject([
      { headline: 'Plan 12 · approved', version: 2, private: false, thread: null },
      { text: 'Approve plan 12.', thread: Number(posted.messageId), mentions: ['An approver'] },
    ]);
  });

  it('tells an open page at once what was posted and edited, and nothing that is for somebody else', async () => {
    const { get, channel, room } = await open();
    const response = await get('/rehearsal/events?as=tester');
    const events = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!events) throw new Error('The page hears nothing.');
    await room.post({ channelId: 'migration', author: null, onlyFor: 'planner', text: 'for the planner' });
    await channel.post(HERE, planCard, 'plan:12');
    let heard = '';
    while (!heard.includes('K7Q-4F2')) heard += (await events.read()).value ?? '';
    expect(heard).toContain('event: clock');
    expect(heard).toContain('event: message');
    expect(heard).not.toContain('for the planner');
    await events.cancel();
  });

  it('gives the file of an answer to its reader alone', async () => {
    const { get, room } = await open();
    const files = [{ name: 'gaps – City.csv', mediaType: 'text/csv; charset=utf-8', text: 'SERVICE_ID\n7000001\n' }];
    const { id } = await room.post({
      channelId: 'migration',
      author: null,
      onlyFor: 'planner',
      text: 'The gaps.',
      files,
    });
    const response = await get(`/rehearsal/files/${id}/0?as=planner`);
    expect(await response.text()).toBe('SERVICE_ID\n7000001\n');
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''gaps%20%E2%80%93%20City.csv");
    expect((await get(`/rehearsal/files/${id}/0?as=tester`)).status).toBe(404);
    expect((await get(`/rehearsal/files/${id}/7?as=planner`)).status).toBe(404);
    expect((await get('/rehearsal/files/nothing/0?as=planner')).status).toBe(404);
  });

  it('keeps an uploaded file and starts its import', async () => {
    const { url, files } = await open();
    const body = 'SERVICE_ID,SERVICE_NAME\n';
    const response = await fetch(`${url}/rehearsal/upload?as=planner&name=extract.csv`, { method: 'POST', body });
    const { outcome } = (await response.json()) as { outcome: { kind: string } };
    expect([...files.values()].map(({ name, bytes }) => [name, bytes.toString()])).toEqual([['extract.csv', body]]);
    expect(['form', 'answer', 'refusal']).toContain(outcome.kind);
  });

  it('brings a commissioner map to the verb that reads it', async () => {
    const { url } = await open();
    const upload = (name: string) =>
      fetch(`${url}/rehearsal/upload?as=communications-lead&name=${name}`, {
        method: 'POST',
        body: 'code,commissioner\n',
      });
    const { outcome: map } = (await (await upload('commissioner-map.csv')).json()) as { outcome: { verb: string } };
    expect(map.verb).toBe('mapping');
    const { outcome: list } = (await (await upload('list.csv')).json()) as { outcome: { verb: string } };
    expect(list.verb).toBe('import');
  });

  it('offers the verbs that this person may use', async () => {
    const { get } = await open();
    const verbsOf = async (as: string) => {
      const { verbs } = (await (await get(`/rehearsal/verbs?as=${as}`)).json()) as { verbs: { verb: string }[] };
      return verbs.map(({ verb }) => verb);
    };
    expect(await verbsOf('e-rs-lead')).toContain('grant');
    expect(await verbsOf('tester')).not.toContain('grant');
  });

  it('answers 400 with a sentence to what it does not take', async () => {
    const { post, get } = await open();
    const response = await post('/rehearsal/say', { as: 'nobody', text: 'help' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      problem: expect.stringContaining('This door does not take that. as:'),
    });
    expect((await get('/rehearsal/messages')).status).toBe(400);
  });

  it('refuses a request that reached it under another name', async () => {
    const { url } = await open();
    const status = await new Promise((resolve, reject) => {
      const asked = request(`${url}/rehearsal`, { headers: { host: 'rebound.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});
