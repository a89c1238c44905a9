import type { FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import type { Dispatch } from '../../dispatch.ts';
import type { BankHolidays } from '../../domain/bank-holidays.ts';
import type { Clock } from '../../kernel/clock.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { Conversations } from '../../ports/conversations.ts';
import { CHAT_CHANNEL, chatAccount } from './cast.ts';
import { chatPage } from './chat-page.ts';
import { clockRoutes } from './clock-routes.ts';
import { conversationIn } from './conversation.ts';
import { liveRoutes } from './live.ts';
import { outcomeJson } from './outcome-json.ts';
import { Do, Say, Who } from './requests.ts';
import type { Room } from './room.ts';
import { worldSamples } from './samples.ts';
import { type KeepFile, uploadRoutes } from './upload-routes.ts';
import type { WorldClock } from './world-clock.ts';

export interface RehearsalChatDeps {
  readonly dispatch: Dispatch;
  /** The same room that the chat's `Channel` posts into. */
  readonly room: Room;
  readonly conversations: Conversations;
  readonly clock: Clock;
  readonly bankHolidays: BankHolidays;
  readonly keepFile: KeepFile;
  /** The rehearsal world's origin and its clock; null where there is none. */
  readonly world: { readonly url: string; readonly clock: WorldClock } | null;
}

/**
 * The rehearsal's chat page and its doors for scripts. Anybody who reaches it may speak as anybody of the cast: it is mounted
 * in rehearsal mode only, where the server listens on 127.0.0.1, and it answers only to that name.
 */
export function rehearsalChat(deps: RehearsalChatDeps): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    const { dispatch, world } = deps;
    const conversation = conversationIn(deps.room, dispatch);
    onThisMachineOnly(app);
    refuseOddRequests(app);
    chatPage(app, world?.url ?? null);
    liveRoutes(app, { ...deps, worldClock: world?.clock ?? null });
    clockRoutes(app, { ...deps, worldClock: world?.clock ?? null });
    await uploadRoutes(app, { ...deps, conversation, samples: world === null ? null : worldSamples(world.url) });

    app.post('/rehearsal/say', async (request, reply) => {
      const { as, text } = Say.parse(request.body);
      return reply.send({ outcome: outcomeJson(await conversation.say(as, text)) });
    });
    app.post('/rehearsal/do', async (request, reply) => {
      const { as, verb, input, fromForm, onCard } = Do.parse(request.body);
      const press = { verb, input, fromForm, ...(onCard === undefined ? {} : { onCard }) };
      return reply.send({ outcome: outcomeJson(await conversation.press(as, press)) });
    });
    app.get('/rehearsal/verbs', async (request, reply) => {
      const { as } = Who.parse(request.query);
      const outcome = await dispatch({ account: chatAccount(as), channel: CHAT_CHANNEL, verb: 'help', input: {} });
      const verbs = outcome.kind === 'answer' && outcome.answer.code === 'help' ? outcome.answer.facts.verbs : [];
      return reply.header('cache-control', 'no-store').send({ verbs });
    });
  };
}

/** A page elsewhere could give its own name this machine's address: such a request names another host, and is refused. */
function onThisMachineOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) return;
    await reply.code(403).send({ problem: 'The rehearsal answers on 127.0.0.1 only.' });
  });
}

function refuseOddRequests(app: FastifyInstance): void {
  app.setErrorHandler((error, _, reply) => {
    if (error instanceof Refusal) return reply.code(422).send({ problem: error.message });
    if (!(error instanceof ZodError)) throw error;
    const faults = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    return reply.code(400).send({ problem: `This door does not take that. ${faults.join('. ')}` });
  });
}
