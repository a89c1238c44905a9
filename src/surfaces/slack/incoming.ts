import { z } from 'zod';
import { slackFormInput } from '../../card/form-slack-input.ts';
import { plainCommandText } from './command-text.ts';
import { type FormContext, readFormContext } from './form-context.ts';

/** Who asks, as Slack signed it: never what somebody typed. */
export interface Asker {
  readonly teamId: string;
  readonly userId: string;
  /** Where Changeover may be installed for this request: the workspace, its organisation; the most certain first. */
  readonly installed: readonly string[];
}

export interface TypedCommand {
  readonly asker: Asker;
  readonly channelId: string;
  readonly text: string;
  readonly triggerId: string;
  readonly responseUrl: string;
}

export interface Click {
  readonly asker: Asker;
  readonly channelId: string | null;
  /** Null for a link, which needs no answer. */
  readonly act: { readonly verb: string; readonly input: Readonly<Record<string, string>> } | null;
  /** The fields of the input that name a file in Slack. */
  readonly files: readonly string[];
  readonly triggerId: string;
  readonly responseUrl: string | null;
  /** The modal or the home tab in which it was clicked. */
  readonly view: { readonly id: string; readonly kind: 'modal' | 'home' } | null;
}

export interface Submission {
  readonly asker: Asker;
  readonly context: FormContext;
  readonly typed: Readonly<Record<string, string>>;
  /** The fields among them that name a file in Slack. */
  readonly files: readonly string[];
  readonly viewId: string;
  /** The view's input blocks: only they can carry an error. */
  readonly blockIds: readonly string[];
  readonly triggerId: string | null;
}

const id = z.string().regex(/^[A-Z0-9]{1,40}$/i);
const short = z.string().max(1_000);
const person = z.object({ id, team_id: id.optional() });

const command = z.object({
  team_id: id,
  enterprise_id: id.nullish(),
  user_id: id,
  channel_id: id,
  text: z.string().max(10_000).default(''),
  trigger_id: short,
  response_url: short,
});

/** Throws a ZodError for a payload that is not a slash command. */
export function readCommand(body: unknown): TypedCommand {
  const payload = command.parse(body);
  return {
    asker: {
      teamId: payload.team_id,
      userId: payload.user_id,
      installed: known(payload.team_id, payload.enterprise_id),
    },
    channelId: payload.channel_id,
    text: plainCommandText(payload.text, payload.team_id),
    triggerId: payload.trigger_id,
    responseUrl: payload.response_url,
  };
}

const act = z.object({ verb: z.string().max(40), input: z.record(z.string().max(100), z.string().max(2_000)) });
/** As our offer to import names one; an upload's own reference looks different. */
const FILE_ID = /^F[A-Z0-9]{2,20}$/;
const click = z.object({
  team: z.object({ id }).nullish(),
  enterprise: z.object({ id }).nullish(),
  message: z.object({ team: id.nullish() }).nullish(),
  user: person,
  trigger_id: short,
  response_url: short.nullish(),
  channel: z.object({ id }).nullish(),
  view: z
    .object({
      id,
      app_installed_team_id: id.nullish(),
      type: z.enum(['modal', 'home']),
      private_metadata: z.string().max(3_000).default(''),
    })
    .nullish(),
  actions: z
    .array(z.object({ action_id: short, value: z.string().max(2_000).nullish() }))
    .min(1)
    .max(25),
});

/** Throws a ZodError or a SyntaxError for a payload that is not a click on one of our cards. */
export function readClick(body: unknown): Click {
  const payload = click.parse(body);
  const [action] = payload.actions;
  const isLink = action?.action_id.startsWith('bsu-link');
  const context = payload.view ? readFormContext(payload.view.private_metadata) : null;
  const wanted = isLink ? null : act.parse(JSON.parse(action?.value ?? 'null'));
  return {
    asker: askerOf(payload.user, payload.team?.id, [
      payload.view?.app_installed_team_id,
      payload.message?.team,
      payload.team?.id,
      payload.enterprise?.id,
    ]),
    channelId: payload.channel?.id ?? context?.channelId ?? null,
    act: wanted,
    files: FILE_ID.test(wanted?.input.file ?? '') ? ['file'] : [],
    triggerId: payload.trigger_id,
    responseUrl: payload.response_url ?? null,
    view: payload.view ? { id: payload.view.id, kind: payload.view.type } : null,
  };
}

const submission = z.object({
  team: z.object({ id }).nullish(),
  enterprise: z.object({ id }).nullish(),
  user: person,
  trigger_id: short.nullish(),
  view: z.object({
    id,
    app_installed_team_id: id.nullish(),
    private_metadata: z.string().max(3_000),
    state: z.object({ values: z.record(z.string(), z.unknown()) }),
    blocks: z.array(z.object({ type: short, block_id: short })).max(100),
  }),
});

/** Throws a ZodError or a SyntaxError for a payload that is not one of our forms, submitted. */
export function readSubmission(body: unknown): Submission {
  const { team, enterprise, user, view, trigger_id } = submission.parse(body);
  const typed = slackFormInput(view.state.values);
  return {
    asker: askerOf(user, team?.id, [view.app_installed_team_id, team?.id, enterprise?.id]),
    context: readFormContext(view.private_metadata),
    typed,
    files: fileFields(view.state.values, typed),
    viewId: view.id,
    blockIds: view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id),
    triggerId: trigger_id ?? null,
  };
}

const fileState = z.object({ value: z.object({ type: z.literal('file_input') }) });

/** A file that was not chosen is no file. */
function fileFields(values: Readonly<Record<string, unknown>>, typed: Readonly<Record<string, string>>): string[] {
  return Object.keys(typed).filter(
    (name) => typed[name] !== '' && fileState.safeParse(values[`field:${name}`]).success,
  );
}

/** Somebody of another workspace, in a shared channel, keeps their own workspace: they are not members of ours. */
function askerOf(user: z.infer<typeof person>, teamId: string | undefined, installed: readonly Named[]): Asker {
  return { teamId: user.team_id ?? teamId ?? '', userId: user.id, installed: known(...installed, user.team_id) };
}

export type Named = string | null | undefined;

export function known(...ids: readonly Named[]): readonly string[] {
  return [...new Set(ids.filter((each): each is string => typeof each === 'string'))];
}
