import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Outcome, Request } from '../../src/dispatch.ts';
import type { Service } from '../../src/domain/service.ts';
import { fixedClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { uploadFolder } from '../../src/ports/files.ts';
import { pageSessions } from '../../src/store/page-sessions.ts';
import { replayKeyStore } from '../../src/store/replay-keys.ts';
import { type PersonalPage, type PersonalPageDeps, personalPages } from '../../src/surfaces/web/personal-page.ts';
import { sessionRoutes } from '../../src/surfaces/web/sessions.ts';
import { webRoutes } from '../../src/surfaces/web/web-routes.ts';
import type { TestDatabase } from './database.ts';
import { intakeOf } from './import-office.ts';
import type { Desk, Office } from './office.ts';
import { openOffice } from './office.ts';
import { prepared } from './plan-office.ts';

/** Links are given for this address; a test asks the real port instead. */
const PUBLIC = 'http://changeover.example';

/** An office with an importable plan and its personal pages on a real port. Links and sessions follow a clock of their own. */
export async function openPageOffice(
  database: TestDatabase,
  pages: readonly PersonalPage[],
  given: {
    services?: readonly Service[];
    publicUrl?: string;
    mode?: 'rehearsal' | 'service';
    /** Pages that are more than one drawing. */
    more?: (own: PersonalPageDeps, office: Office) => readonly ((app: FastifyInstance) => Promise<void>)[];
  } = {},
) {
  const publicUrl = given.publicUrl ?? PUBLIC;
  const systemClock = fixedClock('2030-01-01T09:00:00Z');
  const mode = given.mode ?? 'rehearsal';
  const opened = await database.open();
  const folder = await mkdtemp(join(tmpdir(), 'changeover-pages-'));
  const files = uploadFolder(folder);
  const office = await openOffice(opened, { publicUrl, systemClock, mode, intake: intakeOf(opened, files) });
  await prepared(office, given.services);
  const { connection, clock } = office;
  const sessions = pageSessions(connection, { system: systemClock, domain: clock });
  const replayKeys = replayKeyStore(connection.db);
  const own: PersonalPageDeps = { sessions, publicUrl, dispatch: office.dispatch, replayKeys, keepFile: files.put };
  const web = await webRoutes({
    log: silentLog,
    readiness: async () => [],
    pages: [sessionRoutes(own), personalPages(own, pages), ...(given.more?.(own, office) ?? [])],
  });
  const server = createServer(web.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const local = (link: string) => link.replace(publicUrl, url);

  /** The links in a private answer. */
  async function linksOf(desk: Desk, text: string, more: Partial<Request> = {}): Promise<readonly string[]> {
    const { account } = office.as(desk);
    const outcome = await office.dispatch({ account, channel: office.channel, text, private: true, ...more });
    return linksIn(outcome).map(local);
  }
  return {
    office,
    systemClock,
    url,
    linksOf,
    async linkOf(desk: Desk, text: string, more: Partial<Request> = {}) {
      const [link] = await linksOf(desk, text, more);
      if (link === undefined) throw new Error(`"${text}" gave ${desk} no link.`);
      return link;
    },
    /** Opens a link as its browser would: the button is pressed, and the page it leads to is read. */
    async visit(link: string) {
      const opened = await press(link, {});
      const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      return visitor(url, cookie, opened.headers.get('location') ?? '');
    },
    /** The files that are kept now. */
    kept: async () => readdir(folder).catch(() => []),
    async close() {
      await web.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type PageOffice = Awaited<ReturnType<typeof openPageOffice>>;

export function linksIn(outcome: Outcome): readonly string[] {
  if (outcome.kind !== 'answer') throw new Error(`There was no answer, but ${JSON.stringify(outcome)}`);
  return (outcome.answer.links ?? []).map((link) => link.url);
}

/** Sends a form as a browser does, without following where it leads. */
export function press(url: string, fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}

/** Somebody with a session, at one page. */
function visitor(url: string, cookie: string, path: string) {
  const get = (at = path) => fetch(`${url}${at}`, { headers: { cookie }, redirect: 'manual' });
  return {
    cookie,
    path,
    get,
    html: async () => (await get()).text(),
    /** The hidden fields of the page's own forms, as they stand on it now. */
    async ticket() {
      const page = await (await get()).text();
      return { _token: hidden(page, '_token'), _once: hidden(page, '_once') };
    },
    /** The code on the page. */
    async code() {
      return /co-code">([^<]*)</.exec(await (await get()).text())?.[1] ?? '';
    },
    /** Sends a verb from this page. */
    async send(verb: string, input: Readonly<Record<string, string>>, ticket?: Readonly<Record<string, string>>) {
      const own = ticket ?? (await this.ticket());
      const answer = await press(`${url}${path}`, { ...own, _verb: verb, ...input }, { cookie });
      return { status: answer.status, page: await answer.text() };
    },
    /** The same with files, as a browser sends a form that has a field for them. */
    async sendFile(
      verb: string,
      input: Readonly<Record<string, string>>,
      files: Readonly<Record<string, File>>,
      ticket: Readonly<Record<string, string>> = {},
    ) {
      const body = new FormData();
      const own = { ...(await this.ticket()), ...ticket, _verb: verb, ...input };
      for (const [name, value] of Object.entries(own)) body.append(name, value);
      for (const [name, file] of Object.entries(files)) body.append(name, file);
      const answer = await fetch(`${url}${path}`, { method: 'POST', redirect: 'manual', headers: { cookie }, body });
      return { status: answer.status, page: await answer.text() };
    },
  };
}

function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}
