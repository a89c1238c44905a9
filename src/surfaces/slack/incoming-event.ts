import { z } from 'zod';
import { type Asker, known } from './incoming.ts';

export type SlackEvent =
  | { readonly kind: 'home'; readonly eventId: string; readonly asker: Asker }
  | {
      readonly kind: 'file';
      readonly eventId: string;
      readonly asker: Asker;
      readonly fileId: string;
      readonly channelId: string;
    }
  /** The token of a workspace, or of an organisation, is no more. */
  | { readonly kind: 'ended'; readonly id: string; readonly why: 'uninstalled' | 'revoked' };

const id = z.string().regex(/^[A-Z0-9]{1,40}$/i);
const short = z.string().max(1_000);

const event = z.object({
  team_id: id,
  enterprise_id: id.nullish(),
  event_id: short,
  authorizations: z
    .array(
      z.object({ team_id: id.nullish(), enterprise_id: id.nullish(), is_enterprise_install: z.boolean().nullish() }),
    )
    .max(10)
    .nullish(),
  event: z.discriminatedUnion('type', [
    z.object({ type: z.literal('app_home_opened'), user: id, tab: short.default('home') }),
    z.object({ type: z.literal('file_shared'), user_id: id, file_id: id, channel_id: id }),
    z.object({ type: z.literal('app_uninstalled') }),
    z.object({
      type: z.literal('tokens_revoked'),
      tokens: z.object({ bot: z.array(id).max(100).nullish() }).nullish(),
    }),
  ]),
});

/** Null for an event that asks for nothing. Throws a ZodError for what is not one of our events. */
export function readEvent(body: unknown): SlackEvent | null {
  const {
    team_id: teamId,
    enterprise_id: enterpriseId,
    event_id: eventId,
    event: what,
    authorizations,
  } = event.parse(body);
  const [authorized] = authorizations ?? [];
  const installed = known(authorized?.team_id, teamId, authorized?.enterprise_id, enterpriseId);
  switch (what.type) {
    case 'app_home_opened':
      return what.tab === 'home' ? { kind: 'home', eventId, asker: { teamId, userId: what.user, installed } } : null;
    case 'file_shared': {
      const asker = { teamId, userId: what.user_id, installed };
      return { kind: 'file', eventId, asker, fileId: what.file_id, channelId: what.channel_id };
    }
    case 'app_uninstalled':
      return { kind: 'ended', id: endedId(teamId, authorized), why: 'uninstalled' };
    case 'tokens_revoked':
      // A person's own token is none that we hold.
      return (what.tokens?.bot ?? []).length > 0
        ? { kind: 'ended', id: endedId(teamId, authorized), why: 'revoked' }
        : null;
  }
}

/** An organisation's installation ends as a whole. */
function endedId(
  teamId: string,
  authorized:
    | { enterprise_id?: string | null | undefined; is_enterprise_install?: boolean | null | undefined }
    | undefined,
): string {
  return authorized?.is_enterprise_install && authorized.enterprise_id ? authorized.enterprise_id : teamId;
}
