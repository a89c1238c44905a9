import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/command.ts';
import { broken, odd } from '../../support/malformed.ts';
import { SlackOffice } from '../../support/slack-office.ts';
import { clicked, happened, submitted, typedCommand } from '../../support/slack-payloads.ts';
import { form, payload, sendSigned } from '../../support/slack-request.ts';

const SEED = 20_261_208;
const REQUESTS = 2_000;
const FORM = 'application/x-www-form-urlencoded';

describe('signed but malformed requests', () => {
  let office: SlackOffice;
  const rejections: unknown[] = [];
  const remember = (reason: unknown) => void rejections.push(reason);

  beforeAll(async () => {
    process.on('unhandledRejection', remember);
    office = await new SlackOffice().open({
      dispatch: async () => ({
        kind: 'answer',
        verb: 'help',
        answer: { code: 'help', facts: { verbs: [], contacts: [] }, next: [] } as unknown as Answer,
        auditSeq: null,
      }),
    });
  });
  afterAll(async () => {
    await office.close();
    process.off('unhandledRejection', remember);
  });

  it(`29: ${REQUESTS} of them crash nothing, and none is answered 5xx`, async () => {
    const statuses = new Map<number, number>();
    const bodies = fc.sample(malformed(office.slack.url), { numRuns: REQUESTS, seed: SEED });
    for (let at = 0; at < bodies.length; at += 20) {
      const answers = bodies
        .slice(at, at + 20)
        .map(({ body, contentType }) => sendSigned(office.url, body, { contentType }));
      for (const { status } of await Promise.all(answers)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    await office.settled();
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(REQUESTS);
    expect(rejections).toEqual([]);
    expect((await sendSigned(office.url, typedCommand('help', { slackUrl: office.slack.url }))).status).toBe(200);
  });
});

interface Malformed {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/** Noise, strange JSON, and true payloads in which something was taken away, replaced or cut. */
function malformed(slackUrl: string): fc.Arbitrary<Malformed> {
  const json = 'application/json';
  const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => new Uint8Array(array));
  const truths = [
    unwrap(clicked('approve', { plan: '12' }, { slackUrl })),
    unwrap(submitted({ private_metadata: '{}', blocks: [] }, { reason: 'x' }, { slackUrl })),
    JSON.parse(happened({ type: 'app_home_opened', user: 'U0PLANNER', tab: 'home' })) as unknown,
    JSON.parse(happened({ type: 'file_shared', user_id: 'U0PLANNER', file_id: 'F1', channel_id: 'C1' })) as unknown,
    Object.fromEntries(new URLSearchParams(typedCommand('help', { slackUrl }))) as unknown,
  ];
  const damaged = broken(...truths);
  return fc.oneof(
    fc.record({ body: bytes, contentType: fc.constantFrom(FORM, json, 'text/plain', 'multipart/form-data') }),
    fc.record({ body: fc.json(), contentType: fc.constant(json) }),
    fc.record({ body: odd().map(payload), contentType: fc.constantFrom(FORM, `${FORM}; charset=utf-8`) }),
    fc.record({
      body: fc.dictionary(fc.string({ maxLength: 12 }), fc.string()).map(form),
      contentType: fc.constant(FORM),
    }),
    damaged.map((value) => ({ body: payload(value), contentType: FORM })),
    damaged.map((value) => ({ body: JSON.stringify(value) ?? 'null', contentType: json })),
    damaged.map((value) => ({ body: (JSON.stringify(value) ?? '').slice(0, -7), contentType: json })),
    damaged.map((value) => ({ body: form(flat(value)), contentType: FORM })),
  );
}

function flat(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Object(value)).map(([key, inner]) => [
      key,
      typeof inner === 'string' ? inner.toWellFormed() : `${JSON.stringify(inner)}`,
    ]),
  );
}

function unwrap(body: string): unknown {
  return JSON.parse(new URLSearchParams(body).get('payload') ?? 'null') as unknown;
}
