import type { Card } from '../card/card.ts';
import type { Log } from '../kernel/log.ts';
import { DOWNLOAD_MINUTES, type Downloads } from '../ports/downloads.ts';
import type { Reply } from './reply.ts';

const MOST_ACTIONS = 5;

/**
 * The reply with its files behind a link, for a platform whose answers cannot hold a file: one button more, and how long it
 * works. The link is the asker's alone: only for an answer that nobody else sees.
 */
export async function withDownloads(reply: Reply, downloads: Downloads, log: Log): Promise<Reply> {
  if (reply.kind !== 'card' || reply.files.length === 0) return reply;
  const [only, ...more] = reply.files;
  try {
    const address = await downloads.offer(reply.files);
    const link =
      more.length === 0
        ? { label: `Download ${only?.name}`, url: `${address}/1` }
        : { label: `Download ${reply.files.length} files`, url: address };
    return { ...reply, card: withLink(reply.card, link) };
  } catch (error) {
    log.warn({ error: String(error) }, 'files could not be offered');
    return { ...reply, card: { ...reply.card, body: [...reply.card.body, NOT_KEPT] } };
  }
}

const NOT_KEPT = {
  kind: 'text',
  text: 'The file could not be made ready. Ask again in a minute.',
} as const satisfies Card['body'][number];

function withLink(card: Card, link: { readonly label: string; readonly url: string }): Card {
  const text = `The link is yours alone and works for ${DOWNLOAD_MINUTES} minutes.`;
  return {
    ...card,
    body: [...card.body, { kind: 'text', text, weight: 'quiet' }],
    actions: [...card.actions.slice(0, MOST_ACTIONS - 1), { kind: 'link', ...link }],
  };
}
