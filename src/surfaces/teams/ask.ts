import type { ChannelRef } from '../../command.ts';
import type { Outcome, Request } from '../../dispatch.ts';
import type { Account } from '../../domain/person.ts';
import { withDownloads } from '../downloads.ts';
import { type Reply, replyOf, replyToError } from '../reply.ts';
import type { Incoming, Place } from './incoming.ts';
import type { TeamsParts } from './parts.ts';

type Question = Pick<Request, 'text' | 'verb' | 'input'>;

/** Asks the one dispatch behind all surfaces, once a delivery. Never rejects: what fails becomes a sentence (rule 29). */
export async function ask(parts: TeamsParts, incoming: Incoming, what: Question): Promise<Reply> {
  return answering(parts, async () => {
    if (!(await parts.replayKeys.claim(`teams:${incoming.once}`))) return { kind: 'nothing' };
    const account = await known(parts, incoming);
    const about = { account, channel: channelOf(incoming.place), private: true };
    const outcome = await parts.dispatch({ ...about, ...what });
    if (isTalk(outcome, incoming.place)) return besides(outcome, replyOf(await parts.dispatch({ ...about, text: '' })));
    const reply = await withDownloads(replyOf(outcome), parts.downloads, parts.log);
    return introduced(reply, outcome, account);
  });
}

/** In somebody's own chat words that are no verb are answered by what waits for them. */
function isTalk(outcome: Outcome, { kind }: Place): outcome is Extract<Outcome, { kind: 'refusal' }> {
  return kind === 'personal' && outcome.kind === 'refusal' && outcome.refusal.code === 'unknown-verb';
}

function besides({ refusal }: Extract<Outcome, { kind: 'refusal' }>, reply: Reply): Reply {
  if (reply.kind !== 'card') return reply;
  const hint = { kind: 'text', text: refusal.message, weight: 'quiet' } as const;
  return { ...reply, card: { ...reply.card, body: [...reply.card.body, hint] } };
}

/** Runs what gives a reply; whatever is thrown on the way becomes one. */
export async function answering(parts: TeamsParts, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    parts.log.warn({ error: String(error) }, 'a request from Teams was not done');
    return replyToError(error);
  }
}

/** Who asks; where we met them is remembered, so that we can speak first another time. */
export async function known(parts: TeamsParts, incoming: Incoming): Promise<Account> {
  const account = await parts.directory.account(incoming);
  await remember(parts, incoming, account.userId);
  return account;
}

/** Never rejects: not being able to speak first later is no reason to refuse now. */
export async function remember(parts: TeamsParts, { asker, place }: Incoming, userId: string | null): Promise<void> {
  const { kind, tenant, channelId, teamId, serviceUrl } = place;
  const who = userId === null ? null : { userId, teamsId: asker.teamsId };
  const now = Temporal.Instant.fromEpochMilliseconds(parts.now()).toString();
  await parts.installations
    .seen({ tenant, conversationId: channelId, kind, teamId, serviceUrl }, who, now)
    .catch((error: unknown) => parts.log.warn({ error: String(error) }, 'a conversation in Teams was not remembered'));
}

/** A personal chat is no migration's channel. */
export function channelOf({ kind, tenant, channelId }: Place): ChannelRef | null {
  return kind === 'personal' ? null : { platform: 'teams', tenant, channelId };
}

/** A stranger is told how whoever may grant roles can name them: Teams shows its people no ids of their own. */
function introduced(reply: Reply, outcome: Outcome, { tenant, userId }: Account): Reply {
  if (reply.kind !== 'refusal' || outcome.kind !== 'refusal' || outcome.refusal.code !== 'stranger') return reply;
  const text = `Your account here is teams:${tenant}:${userId}.`;
  return { ...reply, card: { ...reply.card, body: [...reply.card.body, { kind: 'text', text, weight: 'quiet' }] } };
}
