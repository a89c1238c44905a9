import fc from 'fast-check';
import type { Dispatch } from '../../src/dispatch.ts';
import type { ReplayKeys } from '../../src/ports/replay-keys.ts';
import { broken, odd } from './malformed.ts';
import { SlackOffice } from './slack-office.ts';
import { clicked, happened, submitted, typedCommand } from './slack-payloads.ts';
import { form, payload, sendSigned } from './slack-request.ts';

const FORM = 'application/x-www-form-urlencoded';
const BATCH = 500;
const AT_ONCE = 20;
/** Of so many requests one comes with a stamp of another time. */
const STAMPED_EVERY = 50;

export interface FuzzResult {
  readonly count: number;
  /** How many were answered with which status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly serverErrors: number;
  /** Promises that rejected where nobody listened, and errors that nobody caught. */
  readonly unhandled: number;
  /** Requests with a stamp of more than five minutes ago or ahead that were taken. */
  readonly otherTimesTaken: number;
  /** The same request sent twice that was acted on twice. */
  readonly replaysTaken: number;
  /** A good request is answered after all of it. */
  readonly alive: boolean;
}

/** Signed but malformed requests against the real surface: noise, strange JSON, and true payloads in which something was changed. */
export async function fuzzSlack(given: {
  readonly count: number;
  readonly seed: number;
  readonly dispatch: Dispatch;
  readonly replayKeys?: ReplayKeys;
  readonly say?: (line: string) => void;
}): Promise<FuzzResult> {
  let unhandled = 0;
  const remember = (): void => void unhandled++;
  process.on('unhandledRejection', remember);
  process.on('uncaughtException', remember);
  let asked = 0;
  const dispatch: Dispatch = (request) => {
    asked++;
    return given.dispatch(request);
  };
  const office = await new SlackOffice().open({
    dispatch,
    ...(given.replayKeys === undefined ? {} : { replayKeys: given.replayKeys }),
  });
  const statuses: Record<string, number> = {};
  let otherTimesTaken = 0;
  try {
    for (let done = 0; done < given.count; done += BATCH) {
      const numRuns = Math.min(BATCH, given.count - done);
      const bodies = fc.sample(malformed(office.slack.url), { numRuns, seed: given.seed + done });
      for (let at = 0; at < bodies.length; at += AT_ONCE) {
        await Promise.all(
          bodies.slice(at, at + AT_ONCE).map(async ({ body, contentType }, index) => {
            const other = (at + index) % STAMPED_EVERY === 0 ? otherTime(done + at + index) : null;
            const { status } = await sendSigned(office.url, body, {
              contentType,
              ...(other === null ? {} : { timestamp: other }),
            });
            statuses[status] = (statuses[status] ?? 0) + 1;
            if (other !== null && status !== 401) otherTimesTaken++;
          }),
        );
      }
      given.say?.(`${done + numRuns} of ${given.count}: ${JSON.stringify(statuses)}`);
    }
    await office.settled();
    const twice = typedCommand('help', { slackUrl: office.slack.url });
    const before = asked;
    const answers = [await sendSigned(office.url, twice), await sendSigned(office.url, twice)];
    await office.settled();
    return {
      count: given.count,
      statuses,
      serverErrors: Object.entries(statuses).reduce((sum, [status, n]) => sum + (Number(status) >= 500 ? n : 0), 0),
      unhandled,
      otherTimesTaken,
      replaysTaken: asked - before - 1,
      alive: answers.every(({ status }) => status === 200),
    };
  } finally {
    await office.close();
    process.off('unhandledRejection', remember);
    process.off('uncaughtException', remember);
  }
}

/** Seconds: long ago, or far ahead. */
function otherTime(nth: number): number {
  const away = 400 + (nth % 7) * 100_000_000;
  return Math.max(1, Math.floor(Date.now() / 1000) + (nth % 2 === 0 ? away : -away));
}

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
