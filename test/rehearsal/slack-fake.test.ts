import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningWorld } from '../../src/rehearsal/world.ts';
import { ask, type Json, openWorld } from './visitor.ts';

describe('The Slack fake', () => {
  let world: RunningWorld;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.stop());
  const post = (method: string, args: Record<string, string>, token = 'xoxb-rehearsal') =>
    fetch(`${world.url}/slack/api/${method}`, {
      method: 'POST',
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: new URLSearchParams(args),
    });
  const call = async (method: string, args: Record<string, string>, token?: string) =>
    (await (await post(method, args, token)).json()) as Json;
  const state = async () => (await ask(world, '/slack/_state')).body as { channels: Record<string, Json[]> } & Json;

  it('keeps messages, edits them in place and answers history with their metadata', async () => {
    const metadata = JSON.stringify({ event_type: 'card', event_payload: { subject: 'plan:1' } });
    const { ts } = await call('chat.postMessage', {
      channel: 'C1',
      text: 'one',
      blocks: '[{"type":"divider"}]',
      metadata,
    });
    await call('chat.update', { channel: 'C1', ts: String(ts), text: 'two' });
    await call('chat.postMessage', { channel: 'C1', text: 'in thread', thread_ts: String(ts) });
    await call('chat.postEphemeral', { channel: 'C1', user: 'U1', text: 'only you' });
    expect((await state()).channels.C1).toMatchObject([
      { ts, text: 'two', edits: 1, blocks: [{ type: 'divider' }] },
      { threadTs: ts },
      { onlyFor: 'U1' },
    ]);
    expect(await call('conversations.history', { channel: 'C1' })).toMatchObject({
      messages: [{ text: 'two', metadata: { event_type: 'card' } }],
    });
    expect(await call('conversations.replies', { channel: 'C1', ts: String(ts) })).toMatchObject({
      messages: [{ text: 'two' }, { text: 'in thread' }],
    });
  });

  it('refuses as Slack does: no token, unknown method, unknown user, unknown message', async () => {
    expect(await call('chat.postMessage', { channel: 'C1', text: 'x' }, '')).toMatchObject({ error: 'not_authed' });
    expect(await call('chat.dance', {})).toMatchObject({ error: 'unknown_method' });
    expect(await call('users.info', { user: 'U9' })).toMatchObject({ error: 'user_not_found' });
    expect(await call('chat.update', { channel: 'C1', ts: '1.1', text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
    expect(await call('users.info', { user: 'UPLANNER' })).toMatchObject({
      user: { profile: { email: 'planner@rehearsal.example' } },
    });
  });

  it('opens views, keeps homes, files and what is sent to a response_url', async () => {
    expect(await call('views.open', { trigger_id: 't1', view: '{"type":"modal"}' })).toMatchObject({
      view: { type: 'modal', id: 'V01' },
    });
    await call('views.publish', { user_id: 'UPLANNER', view: '{"type":"home"}' });
    await fetch(`${world.url}/slack/response/r1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"later"}',
    });
    const { upload_url: address, file_id: id } = await call('files.getUploadURLExternal', {
      filename: 'a.csv',
      length: '3',
    });
    await fetch(String(address), { method: 'POST', body: 'a,b' });
    await call('files.completeUploadExternal', { files: JSON.stringify([{ id }]), channel_id: 'C1' });
    expect(await state()).toMatchObject({
      views: [{ triggerId: 't1' }],
      homes: { UPLANNER: { type: 'home' } },
      responses: { r1: [{ text: 'later' }] },
      files: [{ name: 'a.csv', content: 3 }],
      channels: { C1: [{ files: [id] }] },
    });
  });

  it("serves a person's uploaded file to the bot only", async () => {
    const up = await fetch(`${world.url}/slack/_files?name=x.csv&user=UPLANNER`, {
      method: 'POST',
      body: 'SERVICE_ID\n1\n',
    });
    const { url_private_download: address } = (await up.json()) as { url_private_download: string };
    expect((await fetch(address)).status).toBe(403);
    const answer = await fetch(address, { headers: { authorization: 'Bearer xoxb-rehearsal' } });
    expect(await answer.text()).toBe('SERVICE_ID\n1\n');
  });

  it('limits the rate with Retry-After, and loses answers after doing what was asked', async () => {
    await ask(world, '/_world/knobs', { slack: { next: ['429', 'lost', 'ok'], retryAfterSeconds: 3 } });
    const limited = await post('chat.postMessage', { channel: 'C1', text: 'x' });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3']);
    await expect(post('chat.postMessage', { channel: 'C1', text: 'lost' })).rejects.toThrow();
    await call('chat.postMessage', { channel: 'C1', text: 'there' });
    expect((await state()).channels.C1?.map((one) => one.text)).toEqual(['lost', 'there']);
  });
});
