import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cardOf, refusalCard } from '../../../templates/cards/index.ts';
import type { Card } from '../../card/card.ts';
import type { Form } from '../../card/form.ts';
import type { Answer, AnswerCode, AnswerOf } from '../../command.ts';
import type { Dispatch, Outcome } from '../../dispatch.ts';
import type { PageOwner } from '../../domain/page-link.ts';
import { Refusal } from '../../kernel/errors.ts';
import { hashOfToken, newToken } from '../../kernel/token.ts';
import type { ReplayKeys } from '../../ports/replay-keys.ts';
import { readFormBodies, type Sent, sentBy } from './page-form.ts';
import { type KeepFile, partsOf, readFileForms, type SentParts } from './page-upload.ts';
import { html, NO_SESSION, privatePages, problem, type SessionDeps, type Visitor, visitorOf } from './sessions.ts';

export interface PersonalPageDeps extends SessionDeps {
  readonly dispatch: Dispatch;
  readonly replayKeys: ReplayKeys;
  readonly keepFile: KeepFile;
}

/** One page of a person. Its address begins with "/pages/"; `:migration` in it is the migration that its verbs are asked in. */
export interface PersonalPage {
  readonly route: `/pages/${string}`;
  /** Answers that say no more than the page itself shows: only what was noticed stands above it then. */
  readonly covers?: readonly AnswerCode[];
  /** What stands on it now. A Refusal that is thrown is shown in its place. */
  show(visit: Visit): Promise<Shown>;
}

export interface Shown {
  /** A template of templates/pages that extends "personal.njk". */
  readonly template: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface Visit {
  readonly owner: PageOwner;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** What was sent from this page and refused, to be drawn again as it was typed; null otherwise. */
  readonly refused: { readonly verb: string; readonly input: Readonly<Record<string, string>> } | null;
  /** Asks a verb as this person: authorised and judged as in chat. It only looks: a verb that changes something has no place here. */
  ask(verb: string, input?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** The answer, where it is of this kind; throws what was refused. */
  answer<C extends AnswerCode>(code: C, verb: string, input?: Readonly<Record<string, string>>): Promise<AnswerOf<C>>;
}

/** The pages of people: drawn for whoever's session it is; what is pressed on them is a verb of that person's. */
export function personalPages(
  deps: PersonalPageDeps,
  pages: readonly PersonalPage[],
): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    privatePages(app);
    readFormBodies(app);
    readFileForms(app);
    for (const page of pages) {
      app.get(page.route, async (request, reply) => {
        const visitor = await visitorOf(deps, request);
        if (visitor === null) return problem(reply, 401, NO_SESSION);
        return draw(deps, page, { request, reply, visitor });
      });
      app.post(page.route, async (request, reply) => {
        const visitor = await visitorOf(deps, request);
        if (visitor === null) return problem(reply, 401, NO_SESSION);
        const parts = await partsOf(request.body, request.headers['content-type'] ?? '');
        if (parts === null) return problem(reply, 413, TOO_LARGE);
        const sent = sentBy(parts.fields);
        if (sent.token !== visitor.formToken) return problem(reply, 409, OTHER_PERSON);
        const done = await act(deps, request, visitor, await withFiles(deps, sent, parts.files));
        return draw(deps, page, { request, reply, visitor }, done);
      });
    }
  };
}

interface At {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly visitor: Visitor;
}

/** What came of what was pressed. */
interface Done {
  readonly sent: Sent;
  /** Null: the same press came before, and was carried out then. */
  readonly outcome: Outcome | null;
}

/** Each file is kept as one that comes by chat is, and its reference stands in the verb's input. */
async function withFiles(deps: PersonalPageDeps, sent: Sent, files: SentParts['files']): Promise<Sent> {
  const input: Record<string, string> = { ...sent.input };
  for (const { field, name, bytes } of files) input[field] = await deps.keepFile(name, Readable.from([bytes]));
  return { ...sent, input };
}

async function act(deps: PersonalPageDeps, request: FastifyRequest, visitor: Visitor, sent: Sent): Promise<Done> {
  const press = hashOfToken('page-form', `${sent.once} ${sent.verb} ${JSON.stringify(sent.input)}`);
  const fresh = await deps.replayKeys.claim(`page:${press}`);
  return { sent, outcome: fresh ? await ask(deps, request, visitor, sent.verb, sent.input) : null };
}

function ask(
  deps: PersonalPageDeps,
  request: FastifyRequest,
  { owner }: Visitor,
  verb: string,
  input: Readonly<Record<string, string>>,
  look?: true,
): Promise<Outcome> {
  const { migration } = paramsOf(request);
  const where = migration === undefined ? {} : { migration };
  const seen = look ? { look } : {};
  return deps.dispatch({ account: owner.account, channel: null, verb, input: { ...input, ...where }, ...seen });
}

async function draw(deps: PersonalPageDeps, page: PersonalPage, at: At, done?: Done): Promise<FastifyReply> {
  const refused = done?.outcome?.kind === 'refusal' ? kept(done.sent, done.outcome.refusal) : null;
  const me = { ...frame(at), ...(done ? said(done, refused, page.covers ?? []) : {}) };
  try {
    const { template, facts } = await page.show(visitOf(deps, at, refused));
    return html(at.reply, done?.outcome?.kind === 'refusal' ? 422 : 200, template, { ...facts, me });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What was pressed has taken away what the page showed: a difference that is saved now.
    if (done?.outcome?.kind === 'answer') return html(at.reply, 200, 'personal-done', { me, alone: true });
    return html(at.reply, 403, 'personal-refusal', { card: refusalCard(error), me });
  }
}

function visitOf(deps: PersonalPageDeps, { request, visitor }: At, refused: Visit['refused']): Visit {
  const asked: Visit['ask'] = (verb, input = {}) => ask(deps, request, visitor, verb, input, true);
  return {
    owner: visitor.owner,
    params: paramsOf(request),
    query: queryOf(request),
    refused,
    ask: asked,
    async answer(code, verb, input) {
      const outcome = await asked(verb, input);
      if (outcome.kind === 'refusal') throw outcome.refusal;
      if (outcome.kind === 'answer' && isOf(outcome.answer, code)) return outcome.answer;
      if (outcome.kind === 'form') throw new Refusal('no-page', 'There is no such page. Open it from chat once more.');
      throw new Error(`"${verb}" did not give the page its "${code}".`);
    },
  };
}

function isOf<C extends AnswerCode>(answer: Answer, code: C): answer is Answer & AnswerOf<C> {
  return answer.code === code;
}

/** What every personal page needs: who one is, and what its forms carry. */
function frame({ request, visitor }: At) {
  const path = request.url;
  return { name: visitor.owner.name, path, token: visitor.formToken, once: newToken() };
}

/** The outcome for the top of the page: a card, a form to fill in, or that it came before. */
function said(
  { sent, outcome }: Done,
  refused: Visit['refused'],
  covers: readonly AnswerCode[],
): { card?: Card; notice?: string; form?: Form; refusal?: Card; pages?: Answer['pages']; again?: true } {
  if (outcome === null) return { again: true };
  switch (outcome.kind) {
    case 'answer':
      if (covers.includes(outcome.answer.code)) return noticeIn(outcome.answer);
      return { card: cardOf(outcome.answer), pages: outcome.answer.pages ?? [] };
    case 'form':
      return { form: outcome.form };
    case 'refusal': {
      const card = refusalCard(outcome.refusal);
      if (sent.form === null) return { refusal: card };
      return { form: typedAgain(sent.form, refused?.input ?? {}, outcome.refusal) };
    }
  }
}

function noticeIn({ facts }: Answer): { notice?: string } {
  return 'notice' in facts && typeof facts.notice === 'string' ? { notice: facts.notice } : {};
}

/** Refusals after which what was typed is not shown again either (rule 28, and text that cannot be stored). */
const NOT_KEPT = new Set(['patient-data', 'unreadable-text']);

/** Nothing typed is lost, but what must not be repeated: the field at fault, or all where none is named. */
function kept({ verb, input }: Sent, refusal: Refusal): NonNullable<Visit['refused']> {
  if (!NOT_KEPT.has(refusal.code)) return { verb, input };
  const named = Object.keys(refusal.fields);
  return {
    verb,
    input: Object.fromEntries(Object.entries(input).filter(([name]) => named.length > 0 && !named.includes(name))),
  };
}

function typedAgain(form: Form, typed: Readonly<Record<string, string>>, refusal: Refusal): Form {
  return {
    ...form,
    problem: refusal.message,
    fields: form.fields.map((field) => {
      const [value, wrong] = [typed[field.name], refusal.fields[field.name]];
      return {
        ...field,
        ...(value === undefined ? {} : { value }),
        ...(wrong === undefined ? {} : { problem: wrong }),
      };
    }),
  };
}

const TOO_LARGE = {
  title: 'That file is too large for a page',
  why: 'A page takes files up to 50 MB. Nothing of it was kept.',
  next: 'Send it in the chat, or import it from the command line.',
};

const OTHER_PERSON = {
  title: 'This page is out of date',
  why: 'It was opened in an earlier session, or by somebody else on this device. Nothing was done.',
  next: 'Load the page again, look whose it is at the top, and press once more.',
};

function paramsOf(request: FastifyRequest): Readonly<Record<string, string>> {
  return request.params as Record<string, string>;
}

/** A value that is given twice counts once. */
function queryOf(request: FastifyRequest): Readonly<Record<string, string>> {
  const entries = Object.entries(request.query as Record<string, string | string[]>);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? (value[0] ?? '') : value]));
}
