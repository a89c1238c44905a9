import type { FastifyInstance, FastifyReply } from 'fastify';
import { renderPage } from '../../../templates/pages/render.ts';
import type { Dispatch } from '../../dispatch.ts';
import type { PageOwner } from '../../domain/page-link.ts';
import type { Log } from '../../kernel/log.ts';
import { inWords } from '../../kernel/time-words.ts';
import { newToken } from '../../kernel/token.ts';
import type { Board } from '../../ports/board-pages.ts';
import { type BoardPageDeps, partsFor } from './board-page.ts';
import { privatePages, type SessionDeps, visitorOf } from './sessions.ts';

export interface BoardLiveDeps extends BoardPageDeps, SessionDeps {
  readonly dispatch: Dispatch;
  readonly log: Log;
}

const HEARTBEAT_MS = 20_000;
/** Then the page asks again, and who asks is looked at anew. */
const STREAM_MS = 15 * 60_000;

/**
 * The board as it changes: server-sent events `board` with the parts that differ from what this page last had. Who listens is
 * checked when they come; whoever has lost their last role meanwhile hears `ended`.
 */
export function boardLive(deps: BoardLiveDeps): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    privatePages(app);
    const open = new Set<() => void>();
    app.get<{ Params: { migration: string } }>('/pages/:migration/board/live', async (request, reply) => {
      const visitor = await visitorOf(deps, request);
      if (visitor === null) return reply.code(401).send({ problem: 'Your session has ended.' });
      const { migration } = request.params;
      const allowed = await deps.dispatch({
        account: visitor.owner.account,
        channel: null,
        verb: 'board',
        input: { migration },
      });
      if (allowed.kind !== 'answer') return reply.code(403).send({ problem: 'You have no role in this migration.' });
      const page = { path: `/pages/${migration}/board`, token: visitor.formToken };
      const follower = new Follower(deps, Number(migration), visitor.owner, page, reply);
      const close = follower.start(() => open.delete(close));
      open.add(close);
      request.raw.on('close', close);
    });
    app.addHook('preClose', async () => {
      for (const close of open) close();
    });
  };
}

/** One open page: remembers what it was shown, and sends what is different now. */
class Follower {
  readonly #deps: BoardLiveDeps;
  readonly #migrationId: number;
  readonly #owner: PageOwner;
  readonly #page: { readonly path: string; readonly token: string };
  readonly #reply: FastifyReply;
  #shown = new Map<string, string>();
  #wasListed = false;
  #sending: Promise<void> = Promise.resolve();

  constructor(
    deps: BoardLiveDeps,
    migrationId: number,
    owner: PageOwner,
    page: { readonly path: string; readonly token: string },
    reply: FastifyReply,
  ) {
    this.#deps = deps;
    this.#migrationId = migrationId;
    this.#owner = owner;
    this.#page = page;
    this.#reply = reply;
  }

  /** Gives how to end it; `ended` is called once, however it ends. */
  start(ended: () => void): () => void {
    this.#reply.hijack();
    const { raw } = this.#reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    let over = false;
    const close = (): void => {
      if (over) return;
      over = true;
      clearInterval(heartbeat);
      clearTimeout(life);
      stop();
      ended();
      raw.end();
    };
    const change = (board: Promise<Board | null>): void => {
      this.#sending = this.#sending
        .then(async () => (over ? undefined : this.#send(await board, close)))
        .catch((error: unknown) => {
          // The page asks again by itself, and says meanwhile that it may be old.
          this.#deps.log.error({ err: error }, 'a board could not be drawn');
          close();
        });
    };
    const stop = this.#deps.boards.watch(this.#migrationId, change);
    const heartbeat = setInterval(() => raw.write(':\n\n'), HEARTBEAT_MS);
    const life = setTimeout(close, STREAM_MS);
    change(this.#deps.boards.board(this.#migrationId));
    return close;
  }

  #send(board: Board | null, close: () => void): void {
    const listed = board?.people.some(({ id }) => id === this.#owner.personId) ?? false;
    if (board === null || (this.#wasListed && !listed)) {
      this.#event('ended', { words: 'You have no role in this migration any more, so this page has ended. ' });
      close();
      return;
    }
    this.#wasListed = listed;
    const parts = partsFor(this.#deps, board, this.#owner);
    const changed = parts.filter(({ key, version }) => this.#shown.get(key) !== version);
    this.#shown = new Map(parts.map(({ key, version }) => [key, version]));
    const me = { ...this.#page, once: newToken() };
    this.#event('board', {
      order: parts.map(({ key }) => key),
      parts: changed.map((part) => ({
        key: part.key,
        version: part.version,
        html: renderPage('board-part', { part, me }),
      })),
      words: `Live. Last change seen ${inWords(board.at, board.zone)}. `,
    });
  }

  #event(name: string, data: unknown): void {
    this.#reply.raw.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
