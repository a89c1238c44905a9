import { createHash, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** Puts a DKIM-Signature before a whole message (CRLF lines); rejects where it cannot: then the mail must not go out. */
export type SignMail = (message: string) => Promise<string>;

/**
 * Signs as RFC 6376 says: rsa-sha256, relaxed/relaxed. Made outside the event loop's thread, so that signing goes on beside
 * the conversations with the relay (decision 0008).
 */
export function dkimSigner(domain: string, selector: string, key: KeyObject): SignMail {
  return async (message) => {
    const end = message.indexOf('\r\n\r\n');
    if (end === -1) throw new TypeError('A mail without a body cannot be signed.');
    const fields = headerFields(message.slice(0, end));
    const signed = SIGNED.filter((name) => fields.has(name));
    const names = [...signed, ...SEALED].join(':');
    const bodyHash = createHash('sha256')
      .update(relaxedBody(message.slice(end + 4)))
      .digest('base64');
    const unsigned = [
      `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector};`,
      ...foldedNames(names),
      ` bh=${bodyHash};`,
      ' b=',
    ].join('\r\n');
    const hashed = [...signed.map((name) => `${name}:${fields.get(name)}\r\n`), relaxedField(unsigned)].join('');
    try {
      const signature = await signAside('sha256', Buffer.from(hashed), key);
      return `${unsigned}${signature
        .toString('base64')
        .match(/.{1,72}/g)
        ?.join('\r\n ')}\r\n${message}`;
    } catch (cause) {
      throw new Error('the mail could not be signed (DKIM), so it was not sent', { cause });
    }
  };
}

const signAside = promisify<string, Buffer, KeyObject, Buffer>(sign);

/** What a reader sees or acts on. */
const SIGNED = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'auto-submitted',
  'list-id',
  'list-help',
  'list-unsubscribe',
] as const;
/** Named once more than they occur: nobody on the way can add a second one that a mail program would show instead. */
const SEALED = ['from', 'to', 'subject', 'date', 'content-type'] as const;

/** The relaxed value of each field. We write each of them once. */
function headerFields(head: string): ReadonlyMap<string, string> {
  return new Map(
    head.split(/\r\n(?![ \t])/).map((field) => {
      const whole = relaxedField(field);
      const colon = whole.indexOf(':');
      return [whole.slice(0, colon), whole.slice(colon + 1)] as const;
    }),
  );
}

/** RFC 6376, 3.4.2: the name in small letters, on one line, single spaces, none around the colon or at the end. */
function relaxedField(field: string): string {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '');
  return `${field.slice(0, colon).trimEnd().toLowerCase()}:${value}`;
}

/** RFC 6376, 3.4.4: single spaces, none at a line's end, no empty lines at the end, and a line break behind the last. */
function relaxedBody(body: string): string {
  const lines = body
    .replace(/[ \t]+/g, ' ')
    .replace(/ (?=\r\n|$)/g, '')
    .replace(/(?:\r\n)+$/, '');
  return lines === '' ? '' : `${lines}\r\n`;
}

function foldedNames(names: string): string[] {
  const lines: string[] = [];
  let line = ' h=';
  for (const name of names.split(':')) {
    const word = line === ' h=' ? name : `:${name}`;
    if (line.length + word.length > 74) {
      lines.push(line);
      line = ` ${word}`;
    } else line += word;
  }
  return [...lines, `${line};`];
}
