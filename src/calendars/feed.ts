import { Refusal } from '../kernel/errors.ts';
import type { CalendarFeed } from '../ports/calendar-feed.ts';

const BIGGEST = 1_000_000;
const TIMEOUT = 15_000;
const MOST_REDIRECTS = 3;

/** `plainHttp`: in a rehearsal on one machine, where nobody has a certificate. */
export function calendarFeed({ plainHttp }: { readonly plainHttp: boolean }): CalendarFeed {
  return {
    check: (url) => addressOf(url, plainHttp),
    async fetch(given) {
      let url = addressOf(given, plainHttp);
      const signal = AbortSignal.timeout(TIMEOUT);
      for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
        const response = await ask(url, signal);
        const onwards = response.headers.get('location');
        if (response.status < 300 || response.status > 399 || onwards === null) return read(response, url);
        await response.body?.cancel();
        // Where it leads is held to the same rules.
        url = addressOf(new URL(onwards, url).href, plainHttp);
      }
      throw unreachable(url, 'it leads on too many times');
    },
  };
}

function addressOf(given: string, plainHttp: boolean): URL {
  const url = URL.parse(given.replace(/^webcal:/i, 'https:'));
  const scheme = url?.protocol === 'https:' || (plainHttp && url?.protocol === 'http:');
  if (url && scheme && url.username === '' && url.password === '') return url;
  throw new Refusal(
    'calendar-address',
    'A calendar’s address begins with https:// and has no name and password in it. Copy it from where the calendar is kept, or send the file.',
    { fields: { url: 'Give an address that begins with https://.' } },
  );
}

async function ask(url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'manual', signal, headers: { accept: 'text/calendar, text/plain;q=0.5' } });
  } catch (error) {
    throw unreachable(url, reasonOf(error));
  }
}

async function read(response: Response, url: URL): Promise<string> {
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw unreachable(url, `it answered with ${response.status}`);
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of response.body) {
      size += piece.length;
      if (size > BIGGEST) throw unreachable(url, 'it is larger than 1 MB');
      pieces.push(piece);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch (error) {
    throw error instanceof Refusal ? error : unreachable(url, reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed';
  if (error.name === 'TimeoutError') return 'it did not answer in time';
  if (error.name === 'TypeError' && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return 'it is not text in UTF-8';
  }
  const code = (error.cause as { code?: string } | undefined)?.code;
  return code ? `the connection failed (${code})` : 'the connection failed';
}

/** Only the host is named: the rest of an address may be a secret. */
function unreachable(url: URL, why: string): Refusal {
  return new Refusal(
    'calendar-unreachable',
    `The calendar at ${url.hostname} could not be read: ${why}. Check its address, or send the file.`,
    { facts: { why } },
  );
}
