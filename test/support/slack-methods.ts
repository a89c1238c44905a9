import type { FakeMessage, FakeSlack } from './slack-api.ts';
import { slackMessageFaults, slackViewFaults } from './slack-limits.ts';

type Arguments = Readonly<Record<string, unknown>>;
type Method = (slack: FakeSlack, args: Arguments, token: string | null) => Record<string, unknown>;

/** The methods of Slack's Web API that the stand-in knows. */
export const slackMethods: Readonly<Record<string, Method>> = {
  'auth.test': (slack, _args, token) => ({
    ok: true,
    team_id: slack.teams.get(token ?? '')?.id ?? slack.team,
    user_id: slack.bot,
    bot_id: 'B0BOT',
    url: 'https://example.slack.com/',
  }),

  'oauth.v2.access': (slack, { code, client_id, client_secret }) => {
    const token = slack.codes.get(String(code));
    if (client_id !== 'client' || client_secret !== 'client-secret') return { ok: false, error: 'bad_client_secret' };
    if (token === undefined) return { ok: false, error: 'invalid_code' };
    slack.codes.delete(String(code));
    return {
      ok: true,
      access_token: token,
      token_type: 'bot',
      scope: 'commands,chat:write',
      bot_user_id: slack.bot,
      app_id: 'A0APP',
      team: slack.teams.get(token) ?? { id: slack.team, name: 'The first workspace' },
      enterprise: null,
      authed_user: { id: 'U0ADMIN' },
      is_enterprise_install: false,
    };
  },

  'apps.connections.open': (slack) => ({ ok: true, url: slack.socketUrl }),

  'users.info': (slack, { user }) => {
    const known = slack.users.get(String(user));
    return known ? { ok: true, user: known } : { ok: false, error: 'user_not_found' };
  },

  'conversations.info': (slack, { channel }) => {
    const known = slack.channels.get(String(channel));
    return known ? { ok: true, channel: { id: channel, ...known } } : { ok: false, error: 'channel_not_found' };
  },

  'conversations.open': (_slack, { users }) => ({ ok: true, channel: { id: `D${String(users).slice(1)}` } }),

  'chat.postMessage': (slack, args) => {
    const refusal = refused(messageFaults(args));
    if (refusal) return refusal;
    const message = messageFrom(slack, args, null);
    slack.messages.push(message);
    return { ok: true, channel: message.channel, ts: message.ts };
  },

  'chat.postEphemeral': (slack, args) => {
    const refusal = refused(messageFaults(args));
    if (refusal) return refusal;
    const message = messageFrom(slack, args, String(args.user));
    slack.messages.push(message);
    return { ok: true, message_ts: message.ts };
  },

  'chat.update': (slack, args) => {
    const refusal = refused(messageFaults(args));
    if (refusal) return refusal;
    const at = slack.messages.findIndex((one) => one.channel === args.channel && one.ts === args.ts);
    const old = slack.messages[at];
    if (!old) return { ok: false, error: 'message_not_found' };
    slack.messages[at] = {
      ...old,
      text: String(args.text),
      blocks: blocksOf(args),
      metadata: args.metadata,
      edits: old.edits + 1,
    };
    return { ok: true, channel: old.channel, ts: old.ts };
  },

  'conversations.history': (slack, { channel, oldest }) => ({
    ok: true,
    messages: slack.messages
      .filter((one) => one.channel === channel && one.onlyFor === null && one.ts >= String(oldest ?? ''))
      .map((one) => ({ ts: one.ts, text: one.text, metadata: one.metadata }))
      .reverse(),
  }),

  'views.open': (_slack, args) => shown(args, 'V0VIEW'),
  'views.push': (_slack, args) => shown(args, 'V0VIEW'),
  'views.update': (_slack, args) => shown(args, 'V0VIEW'),
  'views.publish': (_slack, args) => shown(args, 'V0HOME'),

  'files.getUploadURLExternal': (slack, { filename }) => {
    const at = slack.uploads.push({ channel: '', name: String(filename), content: '' }) - 1;
    return { ok: true, upload_url: `${slack.url}/upload/${at}`, file_id: `F0UP${at}` };
  },
  'files.completeUploadExternal': (slack, { channel_id, files }) => {
    for (const { id } of files as { id: string }[]) {
      const upload = slack.uploads[Number(id.slice('F0UP'.length))];
      if (upload) upload.channel = String(channel_id);
    }
    return { ok: true, files };
  },

  'files.info': (slack, { file }) => {
    const known = slack.files.get(String(file));
    return known ? { ok: true, file: known.info } : { ok: false, error: 'file_not_found' };
  },
};

function shown({ view }: Arguments, id: string): Record<string, unknown> {
  return refused(slackViewFaults(view)) ?? { ok: true, view: { id, hash: 'hash' } };
}

function messageFrom(slack: FakeSlack, args: Arguments, onlyFor: string | null): FakeMessage {
  return {
    channel: String(args.channel),
    ts: slack.nextTs(),
    threadTs: typeof args.thread_ts === 'string' ? args.thread_ts : null,
    text: String(args.text ?? ''),
    blocks: blocksOf(args),
    metadata: args.metadata ?? null,
    onlyFor,
    edits: 0,
  };
}

function blocksOf(args: Arguments): readonly Record<string, unknown>[] {
  return Array.isArray(args.blocks) ? args.blocks : [];
}

/** What Slack would not take, by the limits in its documentation; the fault is said, so that a test shows it. */
function refused(faults: readonly string[]): Record<string, unknown> | null {
  return faults.length === 0
    ? null
    : { ok: false, error: 'invalid_blocks', response_metadata: { messages: [...faults] } };
}

function messageFaults(args: Arguments): readonly string[] {
  const blocks = blocksOf(args);
  return blocks.length === 0 ? [] : slackMessageFaults({ blocks, text: String(args.text ?? '') });
}
