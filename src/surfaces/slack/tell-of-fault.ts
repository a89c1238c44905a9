import { z } from 'zod';
import { replyToError } from '../reply.ts';
import type { SlackParts } from './parts.ts';
import { privately } from './responder.ts';

const whoever = z.object({
  team_id: z.string().optional(),
  team: z.object({ id: z.string() }).nullish(),
  user_id: z.string().optional(),
  user: z.object({ id: z.string() }).optional(),
  response_url: z.string().nullish(),
});

/** After the acknowledgement Slack shows nothing more by itself: the person is told that something failed. Never rejects. */
export async function tellOfFault(parts: SlackParts, body: unknown, error: unknown): Promise<void> {
  parts.log.error({ error: String(error) }, 'an answer to Slack failed after its acknowledgement');
  const reply = replyToError(error);
  const found = whoever.safeParse(body);
  const userId = found.data?.user_id ?? found.data?.user?.id;
  if (userId === undefined || reply.kind !== 'refusal') return;
  const teamId = found.data?.team_id ?? found.data?.team?.id ?? '';
  const asker = { teamId, userId, installed: [teamId] };
  await parts.responder.tell(asker, found.data?.response_url ?? null, privately(reply.card));
}
