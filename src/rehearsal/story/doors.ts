import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { once } from './once.ts';

/** What a verb answered, as the chat page's door says it. */
export interface Outcome {
  readonly kind: 'answer' | 'form' | 'refusal';
  readonly verb?: string;
  /** The answer's or the refusal's. */
  readonly code?: string;
  readonly message?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly form?: { readonly fields: readonly { readonly name: string; readonly problem?: string }[] };
}

/** The two doors by which the story speaks to the service: the chat page's, and Slack's real receiver with signed requests. */
export interface Doors {
  /** Presses a verb's button on the chat page. */
  press(as: string, verb: string, input?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** Sends a file on the chat page and imports it. */
  upload(
    as: string,
    name: string,
    body: AsyncIterable<string>,
    input: Readonly<Record<string, string>>,
  ): Promise<Outcome>;
  /** Moves the rehearsal's clock, forwards only, and comes back when the service reads it too. */
  moveClock(instant: Temporal.Instant): Promise<void>;
  /** Types `/bsu …` in Slack, signed, and gives the answer's text, however late it comes. */
  slack(as: string, text: string): Promise<string>;
}

export function openDoors(addresses: {
  readonly service: () => string;
  readonly world: string;
  readonly signingSecret: string;
}): Doors {
  const { service, world, signingSecret } = addresses;
  const press = async (as: string, verb: string, input: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
    outcomeOf(await post(`${service()}/rehearsal/do`, JSON.stringify({ as, verb, input, fromForm: true })));
  let triggers = 0;
  return {
    press,
    upload: async (as, name, body, input) => {
      const query = new URLSearchParams({ as, name });
      const kept = await once(`${service()}/rehearsal/files?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: ReadableStream.from(encoded(body)),
        duplex: 'half',
      });
      const { file } = (await kept.json()) as { file: string };
      return press(as, 'import', { ...input, file });
    },
    moveClock: async (instant) => {
      await post(`${service()}/rehearsal/clock`, JSON.stringify({ to: instant.toString() }));
    },
    slack: async (as, text) => {
      triggers += 1;
      const id = `t${triggers}`;
      const body = new URLSearchParams({
        command: '/bsu',
        text,
        user_id: slackUser(as),
        team_id: 'TREHEARSAL',
        channel_id: 'C0REHEARSAL',
        trigger_id: `${process.pid}.${id}`,
        response_url: `${world}/slack/response/${id}`,
      }).toString();
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
      const answer = await once(`${service()}/slack/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${signature}`,
        },
        body,
      });
      if (!answer.ok) throw new Error(`Slack's door answered ${answer.status} to "/bsu ${text}".`);
      const said = textOf(await answer.text());
      return said.startsWith('Working on it') ? lateAnswer(world, id) : said;
    },
  };
}

async function lateAnswer(world: string, id: string): Promise<string> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const { messages } = (await (await once(`${world}/slack/response/${id}`)).json()) as { messages: unknown[] };
    if (messages.length > 0) return textOf(JSON.stringify(messages.at(-1)));
    await wait(100);
  }
  throw new Error('Slack was told "working on it", and no answer came within a minute.');
}

/** All words of a Slack message: its text, and the texts of its blocks. */
function textOf(body: string): string {
  if (body === '') return '';
  const message = JSON.parse(body) as { text?: string; blocks?: unknown };
  return `${message.text ?? ''}\n${wordsIn(message.blocks).join('\n')}`;
}

function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'text' && typeof inner === 'string' ? [inner] : wordsIn(inner),
  );
}

async function post(url: string, body: string): Promise<unknown> {
  const answer = await once(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return answer.json();
}

function outcomeOf(body: unknown): Outcome {
  return (body as { outcome: Outcome }).outcome;
}

async function* encoded(body: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let pending: string[] = [];
  let length = 0;
  for await (const piece of body) {
    pending.push(piece);
    length += piece.length;
    if (length < 65_536) continue;
    yield encoder.encode(pending.join(''));
    pending = [];
    length = 0;
  }
  yield encoder.encode(pending.join(''));
}

function slackUser(as: string): string {
  return `U${as.replaceAll('-', '').toUpperCase()}`;
}
