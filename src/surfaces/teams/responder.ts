import type { ConversationActivityClient } from '@microsoft/teams.api';
import type { AdaptiveCard } from '../../card/adaptive-types.ts';
import type { Log } from '../../kernel/log.ts';
import type { Installations } from '../../ports/installations.ts';
import type { TeamsApiFor } from './api-for.ts';
import type { Asker, Place } from './incoming.ts';

/** What is said to one person: a card, or a sentence. */
export type Saying = { readonly card: AdaptiveCard } | { readonly text: string };

/** Answers that only the asker sees: in their personal chat as a message, elsewhere as a message targeted at them. */
export class Responder {
  readonly #api: TeamsApiFor;
  readonly #installations: Installations;
  readonly #log: Log;

  constructor(api: TeamsApiFor, installations: Installations, log: Log) {
    this.#api = api;
    this.#installations = installations;
    this.#log = log;
  }

  /** Never rejects, and leaves nobody with nothing: in the end the person is told, before everybody, where to ask instead. */
  async tell(place: Place, asker: Asker, saying: Saying): Promise<void> {
    if (place.kind === 'personal') {
      if (!(await this.#tried(() => this.say(place, saying))))
        this.#log.error({}, 'an answer could not be given in Teams');
      return;
    }
    if (await this.#tried(() => this.#target(place, asker, saying))) return;
    if (await this.#tried(() => this.#tellAlone(place, asker, saying))) return;
    await this.#tried(() => this.say(place, { text: IN_PRIVATE }));
  }

  /** To everybody in the conversation. Rejects when Teams does not take it. */
  async say({ serviceUrl, conversationId }: Place, saying: Saying): Promise<void> {
    await this.#api(serviceUrl).conversations.createActivity(conversationId, messageOf(saying));
  }

  async #target({ serviceUrl, conversationId }: Place, { teamsId }: Asker, saying: Saying): Promise<void> {
    const recipient = { id: teamsId, role: 'user' as const, isTargeted: true };
    const message = { ...messageOf(saying), recipient };
    await this.#api(serviceUrl).conversations.createTargetedActivity(conversationId, message);
  }

  async #tellAlone({ tenant }: Place, { userId }: Asker, saying: Saying): Promise<void> {
    const [person] = userId === null ? [] : await this.#installations.people(tenant, [userId]);
    if (!person?.conversationId) throw new Error('There is no personal chat with this person.');
    await this.#api(person.serviceUrl).conversations.createActivity(person.conversationId, messageOf(saying));
  }

  async #tried(send: () => Promise<void>): Promise<boolean> {
    try {
      await send();
      return true;
    } catch (error) {
      this.#log.warn({ error: String(error) }, 'Teams did not take an answer');
      return false;
    }
  }
}

const IN_PRIVATE =
  'I could not answer you privately here. Add Changeover for yourself (Apps, Changeover, Add), and ask me in our own chat.';

type Message = Extract<Parameters<ConversationActivityClient['create']>[1], { type: 'message' }>;

function messageOf(saying: Saying): Message {
  if ('text' in saying) return { type: 'message', text: saying.text };
  const { card } = saying;
  return { type: 'message', summary: card.fallbackText, attachments: [{ contentType: ADAPTIVE, content: card }] };
}

export const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';
