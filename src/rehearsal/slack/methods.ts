import type { SlackFile, SlackMessage, Workspace } from './workspace.ts';

export type Args = Readonly<Record<string, unknown>>;
type Method = (workspace: Workspace, args: Args, origin: string) => Readonly<Record<string, unknown>>;

/** The Web API's methods that Changeover calls, with Slack's own error words. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': (workspace) => ({
    ok: true,
    url: 'https://rehearsal.example/',
    team: 'Rehearsal',
    user: 'changeover',
    team_id: workspace.teamId,
    user_id: 'U0BOT',
    bot_id: 'B0BOT',
  }),
  'users.info': (workspace, args) => {
    const user = workspace.users.get(text(args, 'user'));
    return user ? { ok: true, user: userOf(workspace, user.id) } : failed('user_not_found');
  },
  'users.lookupByEmail': (workspace, args) => {
    const user = [...workspace.users.values()].find((one) => one.email === text(args, 'email').toLowerCase());
    return user ? { ok: true, user: userOf(workspace, user.id) } : failed('users_not_found');
  },
  'chat.postMessage': (workspace, args) => {
    const message = post(workspace, args, null);
    return { ok: true, channel: text(args, 'channel'), ts: message.ts, message: shown(message) };
  },
  'chat.postEphemeral': (workspace, args) => {
    const message = post(workspace, args, text(args, 'user'));
    return { ok: true, message_ts: message.ts };
  },
  'chat.update': (workspace, args) => {
    const channel = workspace.channel(text(args, 'channel'));
    const message = channel.messages.find((one) => one.ts === text(args, 'ts') && one.onlyFor === null);
    if (!message) return failed('message_not_found');
    message.text = text(args, 'text');
    message.blocks = args.blocks ?? message.blocks;
    message.metadata = args.metadata ?? message.metadata;
    message.edits += 1;
    return { ok: true, channel: channel.id, ts: message.ts, text: message.text, message: shown(message) };
  },
  'conversations.open': (_workspace, args) => ({ ok: true, channel: { id: `D${text(args, 'users').slice(1)}` } }),
  'conversations.info': (_workspace, args) => ({
    ok: true,
    channel: { id: text(args, 'channel'), name: 'rehearsal', is_channel: true, is_ext_shared: false },
  }),
  'conversations.history': (workspace, args) => history(workspace, args, null),
  'conversations.replies': (workspace, args) => history(workspace, args, text(args, 'ts')),
  'views.open': (workspace, args) => keepView(workspace, 'views.open', args),
  'views.push': (workspace, args) => keepView(workspace, 'views.push', args),
  'views.update': (workspace, args) => {
    const view = workspace.views.find((one) => one.id === text(args, 'view_id'));
    if (!view) return failed('not_found');
    view.view = args.view;
    return { ok: true, view: { ...asObject(args.view), id: view.id } };
  },
  'views.publish': (workspace, args) => {
    workspace.homes.set(text(args, 'user_id'), args.view);
    return { ok: true, view: { ...asObject(args.view), id: `V0HOME${text(args, 'user_id')}` } };
  },
  'files.getUploadURLExternal': (workspace, args, origin) => {
    const file = newFile(workspace, text(args, 'filename'), 'U0BOT', Buffer.alloc(0));
    return { ok: true, upload_url: `${origin}/slack/upload/${file.id}`, file_id: file.id };
  },
  'files.completeUploadExternal': (workspace, args) => {
    const ids = (Array.isArray(args.files) ? args.files : []).map((one) => text(asObject(one), 'id'));
    if (ids.some((id) => !workspace.files.has(id))) return failed('file_not_found');
    if (text(args, 'channel_id') !== '')
      post(workspace, { ...args, channel: args.channel_id, text: text(args, 'initial_comment') }, null, ids);
    return { ok: true, files: ids.map((id) => ({ id, title: workspace.files.get(id)?.name })) };
  },
  'files.info': (workspace, args, origin) => {
    const file = workspace.files.get(text(args, 'file'));
    return file ? { ok: true, file: fileOf(file, origin) } : failed('file_not_found');
  },
};

/** Keeps a file as if this user had uploaded it. */
export function newFile(workspace: Workspace, name: string, user: string, content: Buffer): SlackFile {
  const file: SlackFile = { id: `F0${workspace.files.size + 1}`, name, user, content };
  workspace.files.set(file.id, file);
  return file;
}

/** The file as Slack's events and files.info show it. */
export function fileOf(file: SlackFile, origin: string): Readonly<Record<string, unknown>> {
  const address = `${origin}/slack/files/${file.id}`;
  const { id, name, user } = file;
  return {
    id,
    name,
    title: name,
    user,
    size: file.content.length,
    url_private: address,
    url_private_download: address,
  };
}

function post(workspace: Workspace, args: Args, onlyFor: string | null, files: readonly string[] = []): SlackMessage {
  const message: SlackMessage = {
    ts: workspace.nextTs(),
    text: text(args, 'text'),
    blocks: args.blocks ?? [],
    metadata: args.metadata ?? null,
    threadTs: text(args, 'thread_ts') || null,
    onlyFor,
    edits: 0,
    files,
  };
  workspace.channel(text(args, 'channel')).messages.push(message);
  return message;
}

function history(workspace: Workspace, args: Args, thread: string | null): Readonly<Record<string, unknown>> {
  const messages = workspace
    .channel(text(args, 'channel'))
    .messages.filter((one) => one.onlyFor === null)
    .filter((one) => (thread === null ? one.threadTs === null : one.ts === thread || one.threadTs === thread))
    .map(shown);
  return { ok: true, messages: thread === null ? messages.toReversed() : messages, has_more: false };
}

function shown(message: SlackMessage): Readonly<Record<string, unknown>> {
  return {
    type: 'message',
    ts: message.ts,
    user: 'U0BOT',
    bot_id: 'B0BOT',
    text: message.text,
    blocks: message.blocks,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.metadata === null ? {} : { metadata: message.metadata }),
  };
}

function keepView(workspace: Workspace, method: string, args: Args): Readonly<Record<string, unknown>> {
  if (text(args, 'trigger_id') === '') return failed('invalid_trigger_id');
  const id = `V0${workspace.views.length + 1}`;
  workspace.views.push({ id, method, triggerId: text(args, 'trigger_id'), view: args.view });
  return { ok: true, view: { ...asObject(args.view), id, hash: `${id}.1` } };
}

function userOf(workspace: Workspace, id: string): Readonly<Record<string, unknown>> {
  const user = workspace.users.get(id);
  return {
    id,
    team_id: workspace.teamId,
    name: user?.name,
    real_name: user?.name,
    is_bot: false,
    is_restricted: user?.guest ?? false,
    is_ultra_restricted: false,
    is_email_confirmed: true,
    profile: { email: user?.email, real_name: user?.name, display_name: user?.name },
  };
}

function failed(error: string): Readonly<Record<string, unknown>> {
  return { ok: false, error };
}

function text(args: Args, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : '';
}

function asObject(value: unknown): Args {
  return typeof value === 'object' && value !== null ? (value as Args) : {};
}
