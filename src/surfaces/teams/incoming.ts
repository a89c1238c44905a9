import { z } from 'zod';
import { adaptiveFormInput } from '../../card/form-adaptive-card.ts';

/** Who asks, as Microsoft's signed request says: the Entra object id, never a name. */
export interface Asker {
  /** The Entra object id; null for somebody without one (anonymous in a meeting). */
  readonly userId: string | null;
  /** "29:…", by which Teams addresses them. */
  readonly teamsId: string;
}

/** Where it was said. */
export interface Place {
  readonly kind: 'personal' | 'group' | 'channel';
  readonly tenant: string;
  /** Where an answer goes: in a channel with the thread's `;messageid=…`. */
  readonly conversationId: string;
  /** Without the thread. */
  readonly channelId: string;
  readonly teamId: string | null;
  readonly serviceUrl: string;
}

export interface Incoming {
  readonly asker: Asker;
  readonly place: Place;
  /** Teams' own name of this delivery: it is acted on once. */
  readonly once: string;
  /** The app itself, as Teams names it here ("28:…"). */
  readonly botId: string;
}

const account = z.object({ id: z.string(), aadObjectId: z.string().nullish(), role: z.string().nullish() });
const envelope = z.object({
  id: z.string().optional(),
  serviceUrl: z.string(),
  from: account,
  recipient: account,
  conversation: z.object({ id: z.string(), tenantId: z.string().nullish(), conversationType: z.string().nullish() }),
  channelData: z
    .object({
      tenant: z.object({ id: z.string() }).nullish(),
      team: z.object({ id: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
const ENTRA_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who and where, of any activity that the guard let in. Throws a ZodError for what is none. */
export function readEnvelope(activity: unknown): Incoming {
  const { id, serviceUrl, from, recipient, conversation, channelData } = envelope.parse(activity);
  const tenant = (conversation.tenantId ?? channelData?.tenant?.id ?? '').toLowerCase();
  const [channelId = ''] = conversation.id.split(';', 1);
  return {
    asker: {
      userId: from.aadObjectId && ENTRA_ID.test(from.aadObjectId) ? from.aadObjectId.toLowerCase() : null,
      teamsId: from.id,
    },
    place: {
      kind: kindOf(conversation.conversationType, channelId),
      tenant,
      conversationId: conversation.id,
      channelId,
      teamId: channelData?.team?.id ?? null,
      serviceUrl,
    },
    once: `${channelId}:${id ?? ''}`,
    botId: recipient.id,
  };
}

function kindOf(said: string | null | undefined, conversationId: string): Place['kind'] {
  if (said === 'channel') return 'channel';
  if (said === 'groupChat') return 'group';
  // A conversation of unknown kind is taken for one where others listen.
  return said === 'personal' || /^a:/.test(conversationId) ? 'personal' : 'group';
}

export interface Click {
  readonly verb: string;
  readonly input: Readonly<Record<string, string>>;
  /** The card's subject, where it is one that was posted: the way back leads there. */
  readonly subject: string | null;
  /** The fields of our form that were sent; null for a button. */
  readonly form: readonly string[] | null;
  /** The fields of a form that is wanted again as it was filled in; null for any other. */
  readonly again: readonly string[] | null;
}

const short = z.string().max(100);
const names = z
  .string()
  .max(2_000)
  .transform((list) => list.split(',').filter((name) => name !== ''))
  .nullish()
  .transform((list) => list ?? null);
const clicked = z.looseObject({
  verb: short,
  input: z.record(short, z.string().max(20_000)).default({}),
  subject: short.nullish(),
  form: names,
  again: names,
});

/** What a button of ours sends; null for a button that is none of ours. */
export function readClick(data: unknown): Click | null {
  const known = clicked.safeParse(data);
  const asked = adaptiveFormInput(data);
  if (!known.success || asked === null) return null;
  const { subject, form, again } = known.data;
  return { verb: asked.verb, input: asked.input, subject: subject ?? null, form, again };
}

const execute = z.object({
  action: z.object({ verb: z.string().max(200).nullish(), data: z.unknown().optional() }),
});

/** The data of an Action.Execute of ours; null for any other verb. */
export function readExecute(value: unknown): unknown {
  const { data } = execute.safeParse(value);
  return data?.action.verb === 'bsu' ? (data.action.data ?? null) : null;
}

const task = z.object({ data: z.unknown().optional() });

/** The data of a dialog that is opened or sent. */
export function readTask(value: unknown): unknown {
  return task.safeParse(value).data?.data ?? null;
}
