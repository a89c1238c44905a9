import type { Outcome, Request } from '../../dispatch.ts';
import type { Account } from '../../domain/person.ts';
import { type Reply, replyOf, replyToError } from '../reply.ts';
import type { Asker } from './incoming.ts';
import type { SlackParts } from './parts.ts';

export type Question = Pick<Request, 'text' | 'verb' | 'input'> & {
  readonly asker: Asker;
  readonly channelId: string | null;
  /** The fields of the input that name a file in Slack. */
  readonly files?: readonly string[];
  /** Slack's own name of this request: it is acted on once. */
  readonly once: string;
};

/** Asks the one dispatch behind all surfaces. Never rejects: what fails becomes a sentence for the person (rule 29). */
export async function ask(
  parts: SlackParts,
  { asker, channelId, once, files = [], ...what }: Question,
): Promise<Reply> {
  try {
    if (!(await parts.replayKeys.claim(`slack:${once}`))) return { kind: 'nothing' };
    const workspace = await parts.workspaces.of(asker.installed);
    const account = await parts.directory.account(asker, workspace);
    const channel = channelId === null ? null : { platform: 'slack' as const, tenant: workspace.teamId, channelId };
    const input = { ...what.input };
    for (const field of files) input[field] = await parts.uploads.take(workspace.client, asker, input[field] ?? '');
    const outcome = await parts.dispatch({
      account,
      channel,
      ...what,
      ...(files.length > 0 ? { input } : {}),
      private: true,
    });
    return introduced(replyOf(outcome), outcome, account);
  } catch (error) {
    parts.log.warn({ error: String(error) }, 'a request from Slack was not done');
    return replyToError(error);
  }
}

/** A stranger is told how whoever may grant roles can name them: Slack shows its people no ids of their own. */
function introduced(reply: Reply, outcome: Outcome, { tenant, userId }: Account): Reply {
  if (reply.kind !== 'refusal' || outcome.kind !== 'refusal' || outcome.refusal.code !== 'stranger') return reply;
  const text = `Your account here is slack:${tenant}:${userId}.`;
  return { ...reply, card: { ...reply.card, body: [...reply.card.body, { kind: 'text', text, weight: 'quiet' }] } };
}
