import type { IncomingMessage } from 'node:http';
import { type FakeTeams, failure, TEAMS_APP, type TeamsConversation } from './teams-connector.ts';

export type OperationName =
  | 'token'
  | 'create'
  | 'post'
  | 'edit'
  | 'delete'
  | 'members'
  | 'member'
  | 'file'
  | 'upload'
  | 'unknown';

/** One call as it reached us. */
export interface ConnectorCall {
  readonly operation: OperationName;
  readonly path: string;
  readonly authorization: string | null;
  readonly body: Buffer;
  /** The parsed body; null where it is not JSON. */
  readonly json: Readonly<Record<string, unknown>> | null;
  readonly conversation: string;
  readonly thread: string | null;
  /** The last part of the path: a message, a member, a file. */
  readonly item: string;
  readonly targeted: boolean;
  readonly query: URLSearchParams;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
type Operation = (teams: FakeTeams, call: ConnectorCall) => Answer;

const ROUTES: readonly [method: string, path: RegExp, operation: OperationName][] = [
  ['POST', /^\/login\/[^/]+\/oauth2\/v2\.0\/token$/, 'token'],
  ['POST', /^\/uk\/v3\/conversations\/?$/, 'create'],
  ['POST', /^\/uk\/v3\/conversations\/(?<conversation>[^/]+)\/activities$/, 'post'],
  ['POST', /^\/uk\/v3\/conversations\/(?<conversation>[^/]+)\/activities\/(?<reply>[^/]+)$/, 'post'],
  ['PUT', /^\/uk\/v3\/conversations\/(?<conversation>[^/]+)\/activities\/(?<item>[^/]+)$/, 'edit'],
  ['DELETE', /^\/uk\/v3\/conversations\/(?<conversation>[^/]+)\/activities\/(?<item>[^/]+)$/, 'delete'],
  ['GET', /^\/uk\/v3\/conversations\/(?<conversation>[^/]+)\/(?:members|pagedMembers)$/, 'members'],
  ['GET', /^\/uk\/v3\/conversations\/(?<conversation>[^/]+)\/members\/(?<item>[^/]+)$/, 'member'],
  ['GET', /^\/files\/(?<item>.+)$/, 'file'],
  ['PUT', /^\/uploads\/(?<item>.+)$/, 'upload'],
];

export function operationOf(request: IncomingMessage, body: Buffer): { operation: Operation; call: ConnectorCall } {
  const url = new URL(request.url ?? '/', 'http://fake');
  const route = ROUTES.find(([method, path]) => method === request.method && path.test(url.pathname));
  const parts: Record<string, string | undefined> = route?.[1].exec(url.pathname)?.groups ?? {};
  const [conversation = '', thread] = decodeURIComponent(parts.conversation ?? '').split(';messageid=');
  const name = route?.[2] ?? 'unknown';
  const call: ConnectorCall = {
    operation: name,
    path: url.pathname,
    authorization: request.headers.authorization ?? null,
    body,
    json: parsed(body),
    conversation,
    thread: parts.reply ?? thread ?? null,
    item: decodeURIComponent(parts.item ?? ''),
    targeted: url.searchParams.get('isTargetedActivity') === 'true',
    query: url.searchParams,
  };
  return { operation: OPERATIONS[name], call };
}

const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  token(teams, call) {
    const form = new URLSearchParams(call.body.toString('utf8'));
    const given = form.get('client_id') === TEAMS_APP.appId && form.get('client_secret') === TEAMS_APP.secret;
    const refusal =
      teams.tokenRefusal ??
      (given
        ? null
        : { status: 401, error: 'invalid_client', description: 'AADSTS7000215: Invalid client secret provided.' });
    if (refusal) {
      return { status: refusal.status, body: { error: refusal.error, error_description: refusal.description } };
    }
    const token = ['{"alg":"none"}', JSON.stringify({ appid: TEAMS_APP.appId, jti: teams.nextId() }), 'signature']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
    teams.tokens.add(token);
    return { status: 200, body: { token_type: 'Bearer', expires_in: 3_599, access_token: token } };
  },

  create: authorised((teams, { json }) => {
    const [member] = (json?.members ?? []) as { id?: string }[];
    const tenant = json?.tenantId ?? (json?.channelData as { tenant?: { id?: string } } | undefined)?.tenant?.id;
    if (!member?.id || typeof tenant !== 'string' || json?.isGroup !== false) return refused(400, 'BadSyntax');
    const person = [...teams.people.values()].find((one) => [one.id, one.aadObjectId].includes(member.id ?? ''));
    if (!person) return refused(403, 'ForbiddenOperationException');
    const id = `a:${person.aadObjectId}`;
    if (!teams.conversations.has(id)) teams.addConversation(id, 'personal', [person], tenant);
    return { status: 201, body: { id, serviceUrl: teams.serviceUrl } };
  }),

  post: inConversation((teams, call, conversation) => {
    const refusal = tooMuch(teams, call);
    if (refusal) return refusal;
    const onlyFor = call.targeted ? recipientOf(call.json) : null;
    if (call.targeted && onlyFor === null) return refused(400, 'BadArgument');
    const id = teams.nextId();
    const thread = conversation.kind === 'channel' ? call.thread : null;
    teams.messages.push({ id, conversation: call.conversation, thread, onlyFor, activity: call.json ?? {}, edits: 0 });
    return { status: 201, body: { id } };
  }),

  edit: inConversation((teams, call) => {
    const refusal = tooMuch(teams, call);
    if (refusal) return refusal;
    const at = placeOf(teams, call);
    const old = teams.messages[at];
    if (!old) return refused(404, 'ActivityNotFoundInConversation');
    teams.messages[at] = { ...old, activity: call.json ?? {}, edits: old.edits + 1 };
    return { status: 200, body: { id: old.id } };
  }),

  delete: inConversation((teams, call) => {
    const at = placeOf(teams, call);
    if (at < 0) return refused(404, 'ActivityNotFoundInConversation');
    teams.messages.splice(at, 1);
    return { status: 200, body: null };
  }),

  members: inConversation((_teams, { path, query }, { members }) => {
    if (!path.endsWith('pagedMembers')) return { status: 200, body: members };
    const from = Number(query.get('continuationToken') ?? 0);
    const size = Number(query.get('pageSize') ?? 200);
    const more = from + size < members.length ? { continuationToken: String(from + size) } : {};
    return { status: 200, body: { members: members.slice(from, from + size), ...more } };
  }),

  member: inConversation((_teams, { item }, { members }) => {
    const member = members.find((one) => one.id === item || one.aadObjectId === item);
    return member ? { status: 200, body: member } : refused(404, 'MemberNotFoundInConversation');
  }),

  // A link that Teams gives to a file is its own key: the app's token has no business there.
  file(teams, { item, authorization }) {
    const file = teams.files.get(item);
    if (authorization !== null) return refused(400, 'TokenSentElsewhere');
    return file ? { status: 200, body: file } : refused(404, 'ItemNotFound');
  },

  upload(teams, { item, authorization, body }) {
    if (authorization !== null) return refused(400, 'TokenSentElsewhere');
    teams.files.set(item, body);
    return { status: 201, body: {} };
  },

  unknown: () => refused(404, 'NotFound'),
};

function authorised(operation: Operation): Operation {
  return (teams, call) => {
    const token = /^Bearer (.+)$/.exec(call.authorization ?? '')?.[1];
    return token !== undefined && teams.tokens.has(token) ? operation(teams, call) : refused(401, 'Unauthorized');
  };
}

function inConversation(
  operation: (teams: FakeTeams, call: ConnectorCall, conversation: TeamsConversation) => Answer,
): Operation {
  return authorised((teams, call) => {
    const conversation = teams.conversations.get(call.conversation);
    if (!conversation) return refused(404, 'ConversationNotFound');
    if (conversation.closed) return refused(conversation.closed.status, conversation.closed.code);
    return operation(teams, call, conversation);
  });
}

const LARGEST = 100 * 1_024;

/** A message counts as UTF-16, two bytes a unit. */
function tooMuch(teams: FakeTeams, call: ConnectorCall): Answer | null {
  if (call.body.toString('utf8').length * 2 > LARGEST) return refused(413, 'MessageSizeTooBig');
  const wait = teams.rates.judge(call.conversation);
  return wait === null ? null : { ...refused(429, 'TooManyRequests'), headers: { 'retry-after': String(wait) } };
}

function placeOf(teams: FakeTeams, call: ConnectorCall): number {
  return teams.messages.findIndex(({ id, conversation }) => id === call.item && conversation === call.conversation);
}

function recipientOf(activity: ConnectorCall['json']): string | null {
  const id = (activity?.recipient as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : null;
}

function refused(status: number, code: string): Answer {
  return { status, body: failure(code) };
}

function parsed(body: Buffer): Record<string, unknown> | null {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
