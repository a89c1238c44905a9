import type { Card } from '../../../card/card.ts';
import type { Channel, ChannelAddress, ChannelOutcome, Named } from '../../../ports/channel.ts';
import type { Installations } from '../../../ports/installations.ts';
import { cardActivity, textActivity } from './activity.ts';
import { type TeamsApi, type TeamsHttpOptions, teamsApi } from './client.ts';
import { statusOf } from './http-error.ts';
import { failureOf, NotInstalled } from './outcome.ts';

/** A conversation, and the Bot Connector that reaches it. */
interface Place {
  readonly api: TeamsApi;
  readonly conversationId: string;
  /** Whether a message there has a thread of its own. */
  readonly threads: boolean;
}

/** What is remembered of where a message goes. */
interface Known {
  readonly serviceUrl: string | null;
  /** Null: the chat with `member` is to be opened. */
  readonly conversationId: string | null;
  readonly threads: boolean;
  readonly member: string;
}

/** Somebody's Entra object id, where a message is for them alone. */
const PERSON = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Goes into a path as it is. */
const CONVERSATION = /^[\w:@.=;+-]{1,300}$/;
const TEAM_CHANNEL = /@thread\.(tacv2|skype)$/;

/**
 * Microsoft Teams as a place to speak, by the addresses that proven requests gave us. Never throws for what Teams or the network
 * does. A bot may not read a conversation's history: what was posted without an answer is found only when its card asks for
 * somebody's own buttons (`Installations.cardSeen`), else it is posted again, and says so.
 */
export class TeamsChannel implements Channel {
  readonly platform = 'teams';
  readonly ownButtons = true;
  readonly #installations: Installations;
  readonly #options: TeamsHttpOptions;

  /** The outbox tries again by itself: here a request is sent once. */
  constructor(installations: Installations, options: Omit<TeamsHttpOptions, 'attempts'>) {
    this.#installations = installations;
    this.#options = { ...options, attempts: 1 };
  }

  async post(to: ChannelAddress, card: Card, key: string, audience: readonly string[] = []): Promise<ChannelOutcome> {
    const activity = cardActivity(card, key, await this.#teamsIds(to, audience));
    return this.#outcome(to, ({ api, conversationId }) => api.conversations.createActivity(conversationId, activity));
  }

  async edit(
    to: ChannelAddress,
    messageId: string,
    card: Card,
    key: string,
    audience: readonly string[] = [],
  ): Promise<ChannelOutcome> {
    const activity = cardActivity(card, key, await this.#teamsIds(to, audience));
    return this.#outcome(to, async ({ api, conversationId }) => {
      await api.conversations.updateActivity(conversationId, messageId, activity);
      return { id: messageId };
    });
  }

  async say(
    to: ChannelAddress,
    messageId: string | null,
    text: string,
    people: readonly Named[],
    _key: string,
  ): Promise<ChannelOutcome> {
    // Alone with somebody there is nobody else to call.
    const activity = textActivity(text, PERSON.test(to.channelId) ? [] : await this.#asTeamsNames(to, people));
    return this.#outcome(to, ({ api, conversationId, threads }) => {
      const thread = threads && messageId !== null ? `${conversationId};messageid=${messageId}` : conversationId;
      return api.conversations.createActivity(thread, activity);
    });
  }

  async find(): Promise<null> {
    return null;
  }

  /** What the database says is asked first, and its failures are thrown: nothing was sent by then. */
  async #outcome(
    to: ChannelAddress,
    send: (place: Place) => Promise<{ readonly id?: string }>,
  ): Promise<ChannelOutcome> {
    const known = PERSON.test(to.channelId) ? await this.#person(to) : await this.#conversation(to);
    let conversationId = known.conversationId;
    try {
      if (known.serviceUrl === null || !CONVERSATION.test(to.channelId)) throw new NotInstalled();
      const api = teamsApi(known.serviceUrl, this.#options);
      conversationId ??= await openChat(api, to.tenant, known.member);
      const { id } = await send({ api, conversationId, threads: known.threads });
      return id ? { kind: 'done', messageId: id } : { kind: 'unknown', reason: 'Teams gave no message id.' };
    } catch (error) {
      // So that adding the app again is news, and wakes what waits.
      if (statusOf(error) === 403) await this.#installations.forget(to.tenant, conversationId ?? to.channelId);
      return failureOf(error);
    }
  }

  async #conversation(to: ChannelAddress): Promise<Known> {
    const known = await this.#installations.conversation(to.tenant, to.channelId);
    const serviceUrl = known?.serviceUrl ?? (await this.#installations.serviceUrl(to.tenant));
    const threads = known ? known.kind === 'channel' : TEAM_CHANNEL.test(to.channelId);
    return { serviceUrl, conversationId: to.channelId, threads, member: '' };
  }

  async #person(to: ChannelAddress): Promise<Known> {
    const [person] = await this.#installations.people(to.tenant, [to.channelId]);
    const serviceUrl = person?.serviceUrl ?? (await this.#installations.serviceUrl(to.tenant));
    const member = person?.teamsId ?? to.channelId;
    return { serviceUrl, conversationId: person?.conversationId ?? null, threads: false, member };
  }

  async #teamsIds({ tenant }: ChannelAddress, userIds: readonly string[]): Promise<readonly string[]> {
    return (await this.#installations.people(tenant, userIds)).map(({ teamsId }) => teamsId);
  }

  /** Somebody whom Teams has not named to us yet is called by their Entra object id, which mentions take too. */
  async #asTeamsNames({ tenant }: ChannelAddress, people: readonly Named[]) {
    const known = await this.#installations.people(
      tenant,
      people.map(({ userId }) => userId),
    );
    return people.map((one) => ({
      ...one,
      teamsId: known.find(({ userId }) => userId === one.userId)?.teamsId ?? one.userId,
    }));
  }
}

/**
 * The chat with one person: where there is none yet Teams makes it, and it gives the same one each time. Whom Teams never named
 * to us is asked for by their Entra object id, which Teams need not take.
 */
async function openChat(api: TeamsApi, tenant: string, member: string): Promise<string> {
  const asked = {
    isGroup: false,
    tenantId: tenant,
    members: [{ id: member, name: '', role: 'user' as const }],
    channelData: { tenant: { id: tenant } },
  };
  const { id } = await api.conversations.create(asked).catch((error: unknown) => {
    throw statusOf(error) === 400 && PERSON.test(member) ? new NotInstalled() : error;
  });
  if (!CONVERSATION.test(id)) throw new NotInstalled();
  return id;
}
