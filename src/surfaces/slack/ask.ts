import type { Request } from '../../dispatch.ts';
import type { Asker } from './incoming.ts';
import type { SlackParts } from './parts.ts';
import { type Reply, replyOf, replyToError } from './reply.ts';

export type Question = Pick<Request, 'text' | 'verb' | 'input'> & {
  readonly asker: Asker;
  readonly channelId: string | null;
  /** Slack's own name of this request: it is acted on once. */
  readonly once: string;
};

/** Asks the one dispatch behind all surfaces. Never rejects: what fails becomes a sentence for the person (rule 29). */
export async function ask(parts: SlackParts, { asker, channelId, once, ...what }: Question): Promise<Reply> {
  try {
    if (!(await parts.replayKeys.claim(`slack:${once}`))) return { kind: 'nothing' };
    const { teamId } = await parts.workspace();
    const account = await parts.directory.account(asker, teamId);
    const channel = channelId === null ? null : { platform: 'slack' as const, tenant: teamId, channelId };
    return replyOf(await parts.dispatch({ account, channel, ...what }));
  } catch (error) {
    parts.log.warn({ error: String(error) }, 'a request from Slack was not done');
    return replyToError(error);
  }
}
