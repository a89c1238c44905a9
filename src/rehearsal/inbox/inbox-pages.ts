import type { FastifyInstance } from 'fastify';
import { inWords } from '../../kernel/time-words.ts';
import type { World } from '../rooms.ts';
import { paramOf, queryOf } from '../web/forms.ts';
import { ZONE } from '../web/pages.ts';
import type { StoredMail } from './mailbox.ts';
import { readMail, subjectOf } from './read-mail.ts';

/** The mail inbox of the rehearsal: what every recipient got, newest first, and the same as JSON. */
export function inboxPages(app: FastifyInstance, world: World): void {
  app.get('/inbox', async (request, reply) => {
    const search = queryOf(request, 'to');
    const page = Math.max(1, Number(queryOf(request, 'page')) || 1);
    const found = world.mailbox.all().filter((mail) => mail.to.toLowerCase().includes(search.toLowerCase()));
    const shown = found.slice((page - 1) * PAGE, page * PAGE);
    const mails = await Promise.all(shown.map(async (mail) => ({ mail, subject: await subjectOf(mail) })));
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const facts = { area: 'inbox', mails, search, page, pages, found: found.length, summary: world.mailbox.summary() };
    return world.pages.show(reply, 'inbox.njk', facts);
  });
  app.get('/inbox/:id', async (request, reply) => {
    const mail = world.mailbox.get(Number(paramOf(request, 'id')));
    if (!mail) return world.pages.show(reply, 'no-mail.njk', { area: 'inbox' }, 404);
    const read = await readMail(mail);
    const calendar = read.calendar?.lines.map(({ label, value }) => ({ label, value: timeWords(value) }));
    const sent = read.date === '' ? 'no date' : inWords(new Date(read.date).toISOString(), ZONE);
    return world.pages.show(reply, 'mail.njk', { area: 'inbox', mail, read, sent, calendar });
  });
  app.get('/inbox/:id/html', async (request, reply) => {
    const mail = world.mailbox.get(Number(paramOf(request, 'id')));
    if (!mail) return reply.code(404).send('There is no such mail.');
    const { html } = await readMail(mail);
    return reply
      .header('content-security-policy', MAIL_POLICY)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(inNewTabs(html));
  });
  inboxJson(app, world);
}

function inboxJson(app: FastifyInstance, world: World): void {
  app.get('/inbox/api/summary', async () => {
    const bySubject: Record<string, number> = {};
    for (const mail of world.mailbox.all()) {
      const subject = await subjectOf(mail);
      bySubject[subject] = (bySubject[subject] ?? 0) + 1;
    }
    return { ...world.mailbox.summary(), bySubject };
  });
  app.get('/inbox/api/messages', async (request) => {
    const to = queryOf(request, 'to').toLowerCase();
    const subject = queryOf(request, 'subject').toLowerCase();
    const messageId = queryOf(request, 'messageId');
    const limit = Math.min(20_000, Number(queryOf(request, 'limit')) || 50);
    const found: ReturnType<typeof line>[] = [];
    let total = 0;
    for (const mail of world.mailbox.all()) {
      if (!mail.to.toLowerCase().includes(to) || (messageId !== '' && mail.messageId !== messageId)) continue;
      const words = await subjectOf(mail);
      if (!words.toLowerCase().includes(subject)) continue;
      total += 1;
      if (found.length < limit) found.push(line(mail, words));
    }
    return { total, messages: found };
  });
  app.get('/inbox/api/messages/:id', async (request, reply) => {
    const mail = world.mailbox.get(Number(paramOf(request, 'id')));
    if (!mail) return reply.code(404).send({ error: 'There is no such mail.' });
    const read = await readMail(mail);
    return { ...line(mail, read.subject), ...read, calendar: read.calendar?.text ?? null };
  });
}

function line(mail: StoredMail, subject: string) {
  const { id, to, from, messageId } = mail;
  return { id, to, from, subject, messageId, receivedAt: mail.receivedAt.toString(), bytes: mail.raw.length };
}

/** A mail's links open beside the inbox, never inside it. */
function inNewTabs(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => `${head}${base}`) : `${base}${html}`;
}

function timeWords(value: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(value) ? inWords(value, ZONE) : value;
}

const PAGE = 50;
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; frame-ancestors 'self'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";
