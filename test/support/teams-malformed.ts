import fc from 'fast-check';
import { commands } from '../../commands/index.ts';
import { broken, odd } from './malformed.ts';
import {
  dialogOpened,
  dialogSent,
  executed,
  fileSent,
  installed,
  membersAdded,
  mentioned,
  targeted,
  type Where,
  written,
} from './teams-activities.ts';

/** One request: its body, and which of the tokens it brings. */
export interface Malformed {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly token: TokenKind;
  readonly contentType: string;
}

/** `true` is a proven one; the others prove nothing. */
export const TOKENS = [
  'true',
  'none',
  'garbage',
  'expired',
  'another audience',
  'another key',
  'another service',
] as const;
export type TokenKind = (typeof TOKENS)[number];

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Noise, strange JSON, true activities in which something was taken away, replaced or cut, and true activities with strange
 * words and buttons; three of four are signed as Microsoft signs.
 */
export function malformedActivity(serviceUrl: string): fc.Arbitrary<Malformed> {
  const body = fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: odd().map((value) => JSON.stringify(value) ?? '') },
    { weight: 6, arbitrary: broken(...truths(serviceUrl)).map((value) => JSON.stringify(value) ?? '') },
    { weight: 1, arbitrary: broken(...truths(serviceUrl)).map((value) => (JSON.stringify(value) ?? '').slice(0, -7)) },
    { weight: 4, arbitrary: strangeWords(serviceUrl).map((value) => JSON.stringify(value)) },
  );
  return fc.record({
    body,
    token: fc.oneof(
      { weight: 3, arbitrary: fc.constant(TOKENS[0]) },
      { weight: 1, arbitrary: fc.constantFrom(...TOKENS) },
    ),
    contentType: fc.oneof(
      { weight: 9, arbitrary: fc.constant(JSON_TYPE) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded'),
      },
    ),
  });
}

function truths(serviceUrl: string): unknown[] {
  const where: Where = { serviceUrl, from: 'planner' };
  return [
    targeted('/bsu plan', where),
    mentioned('status', where),
    written('help', where),
    executed({ verb: 'approve', input: { code: 'K7Q-4F2' } }, where),
    executed({ verb: 'refresh', input: { subject: 'plan:1' } }, { ...where, trigger: 'automatic' }),
    dialogOpened({ verb: 'reject', input: { code: 'K7Q-4F2' } }, where),
    dialogSent({ verb: 'reject', input: {}, 'field.reason': 'x' }, where),
    installed(where),
    membersAdded(['28:someone'], where),
    fileSent('extract.csv', 'https://trust.sharepoint.com/x', where),
  ];
}

/** True in form: what is said or pressed is strange. */
function strangeWords(serviceUrl: string): fc.Arbitrary<unknown> {
  const verb = fc.oneof(fc.constantFrom(...commands.map((command) => command.verb)), fc.string({ maxLength: 12 }));
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.tuple(verb, fc.string({ unit: 'grapheme', maxLength: 80 })).map((words) => words.join(' ')),
    fc.string({ maxLength: 20 }).map((words) => words.repeat(3_000)),
  );
  const input = fc.dictionary(
    fc.constantFrom('plan', 'code', 'reason', 'services', 'site', 'from', 'to', 'what', 'who', '__proto__', 'field.x'),
    odd(),
    { maxKeys: 4 },
  );
  const data = fc.record({ verb, input });
  const where = fc.record({
    serviceUrl: fc.constant(serviceUrl),
    from: fc.constantFrom('lead', 'planner', 'approver', 'guest', 'nobody'),
    personal: fc.boolean(),
  });
  return fc.oneof(
    fc.tuple(text, where).map(([words, at]) => targeted(words, at)),
    fc.tuple(text, where).map(([words, at]) => mentioned(words, at)),
    fc.tuple(text, where).map(([words, at]) => written(words, at)),
    fc.tuple(data, where).map(([pressed, at]) => executed(pressed, at)),
    fc.tuple(data, where).map(([pressed, at]) => dialogOpened(pressed, at)),
    fc.tuple(data, where).map(([sent, at]) => dialogSent(sent, at)),
  );
}
