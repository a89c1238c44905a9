import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { App } from '@slack/bolt';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/kernel/log.ts';
import { SlackReceiver } from '../../../src/surfaces/slack/receiver.ts';
import { form, payload, SIGNING_SECRET, sendSigned } from '../../support/slack-request.ts';

type Event = Parameters<App['processEvent']>[0];

describe('the Slack receiver', () => {
  let server: Server;
  let url: string;
  let process: (event: Event) => Promise<void>;
  let bodies: unknown[];

  beforeAll(async () => {
    const receiver = new SlackReceiver({ signingSecret: SIGNING_SECRET, now: () => Date.now(), log: silentLog });
    receiver.init({ processEvent: (event: Event) => process(event) } as unknown as App);
    server = createServer(receiver.handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    bodies = [];
    process = async (event) => {
      bodies.push(event.body);
      await event.ack();
    };
  });

  it('passes on a signed slash command, and answers with what the listener acknowledged', async () => {
    process = (event) => event.ack({ text: `you typed ${event.body.text}` });
    const response = await sendSigned(url, form({ command: '/bsu', text: 'help' }));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ text: 'you typed help' });
  });

  it('passes on JSON, and JSON in the field payload', async () => {
    await sendSigned(url, '{"type":"event_callback"}', { contentType: 'application/json' });
    await sendSigned(url, payload({ type: 'block_actions' }));
    expect(bodies).toEqual([{ type: 'event_callback' }, { type: 'block_actions' }]);
  });

  it('takes a content type with a charset', async () => {
    const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
    const response = await sendSigned(url, form({ command: '/bsu', text: 'été' }), { contentType });
    expect(response.status).toBe(200);
    expect(bodies).toEqual([{ command: '/bsu', text: 'été' }]);
  });

  it.each([
    ['null', 'application/json'],
    ['[]', 'application/json'],
    ['7', 'application/json'],
    ['"text"', 'application/json'],
    ['', 'application/json'],
    ['{', 'application/json'],
    ['payload=null', 'application/x-www-form-urlencoded'],
    ['payload=%5B%5D', 'application/x-www-form-urlencoded'],
    ['payload=%7B', 'application/x-www-form-urlencoded'],
    ['payload=%7B%7D&payload=%7B%7D', 'application/x-www-form-urlencoded'],
  ])('refuses the signed body %s (%s) and lives on', async (body, contentType) => {
    expect((await sendSigned(url, body, { contentType })).status).toBe(400);
    expect(bodies).toEqual([]);
    expect((await sendSigned(url, form({ command: '/bsu' }))).status).toBe(200);
  });

  it.each([
    ['ten minutes old', -600],
    ['ten minutes in the future', 600],
    ['ten years in the future', 315_360_000],
  ])('refuses a signed time that is %s', async (_words, offset) => {
    const timestamp = Math.floor(Date.now() / 1000) + offset;
    expect((await sendSigned(url, form({ command: '/bsu' }), { timestamp })).status).toBe(401);
    expect(bodies).toEqual([]);
  });

  it.each([
    ['another secret', { secret: 'another' }],
    ['no signature', { headers: { 'x-slack-signature': '' } }],
    ['a signature of another version', { headers: { 'x-slack-signature': `v1=${'0'.repeat(64)}` } }],
    ['a time that is no number', { timestamp: '1e9' }],
    ['a time with a sign', { timestamp: `+${Math.floor(Date.now() / 1000)}` }],
  ])('refuses %s', async (_words, options) => {
    expect((await sendSigned(url, form({ command: '/bsu' }), options)).status).toBe(401);
    expect(bodies).toEqual([]);
  });

  it('refuses a body over 1 MB, whether its length is announced or not', async () => {
    const body = form({ command: '/bsu', text: 'x'.repeat(1024 * 1024) });
    expect((await sendSigned(url, body)).status).toBe(413);
    expect(await sendChunked(url, body)).toMatch(/^HTTP\/1\.1 4(01|13) /);
    expect(bodies).toEqual([]);
  });

  it("answers Slack's check of the certificate, unsigned, without passing anything on", async () => {
    const body = form({ ssl_check: '1', command: '/bsu', text: 'abort' });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(`${url}/slack/events`, { method: 'POST', headers, body })).status).toBe(200);
    expect(bodies).toEqual([]);
  });

  it('proves its address to Slack', async () => {
    const response = await sendSigned(url, '{"type":"url_verification","challenge":"c"}', {
      contentType: 'application/json',
    });
    expect(await response.json()).toEqual({ challenge: 'c' });
  });

  it('answers a payload that nothing handles at once, not after 3 s', async () => {
    process = async () => {};
    expect((await sendSigned(url, payload({ type: 'unheard-of' }))).status).toBe(400);
  });

  it('answers 400, never 5xx, when Bolt cannot take a payload apart', async () => {
    process = () => Promise.reject(new TypeError('cannot read properties of null'));
    expect((await sendSigned(url, payload({ type: 'event_callback', event: null }))).status).toBe(400);
  });

  it('has one path and one method', async () => {
    expect((await fetch(`${url}/slack/events`)).status).toBe(405);
    expect((await fetch(`${url}/slack/other`, { method: 'POST' })).status).toBe(404);
  });
});

/** Sends a chunked body, and gives what came back before the connection ended. */
function sendChunked(url: string, body: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString('utf8');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
    socket.write('POST /slack/events HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n');
    socket.write(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
  });
}
