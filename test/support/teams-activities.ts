import { TEAMS_APP } from './teams-connector.ts';

/** What Teams sends, as recorded from its documentation and the SDK's own payloads; ids are made up. */
export type Payload = Readonly<Record<string, unknown>>;

export const BOT_ID = `28:${TEAMS_APP.appId}`;
export const TEAM_CHANNEL = '19:migration@thread.tacv2';
export const ROOT_MESSAGE = '1700000000001';

/** Somebody in Teams by a short name: stable ids that differ. */
export function teamsUser(name: string): { id: string; aadObjectId: string; name: string } {
  const hex = Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12);
  return { id: `29:1${Buffer.from(name).toString('base64url')}`, aadObjectId: `a0000000-0000-4000-8000-${hex}`, name };
}

export interface Where {
  readonly serviceUrl: string;
  readonly from?: string;
  readonly id?: string;
  /** Left out: in the migration's channel. */
  readonly personal?: boolean;
  readonly more?: Payload;
}

let count = 0;

/** What all activities have. */
function envelope({ serviceUrl, from = 'lead', id, personal = false, more = {} }: Where): Payload {
  count += 1;
  const user = teamsUser(from);
  const conversation = personal
    ? { conversationType: 'personal', id: `a:${user.aadObjectId}`, tenantId: TEAMS_APP.tenant }
    : {
        conversationType: 'channel',
        isGroup: true,
        id: `${TEAM_CHANNEL};messageid=${ROOT_MESSAGE}`,
        tenantId: TEAMS_APP.tenant,
      };
  return {
    id: id ?? String(1_700_000_100_000 + count),
    timestamp: '2026-12-01T19:00:00.000Z',
    localTimestamp: '2026-12-01T19:00:00.000+00:00',
    channelId: 'msteams',
    serviceUrl,
    from: { ...user, role: 'user' },
    recipient: { id: BOT_ID, name: 'Changeover' },
    conversation,
    channelData: {
      tenant: { id: TEAMS_APP.tenant },
      ...(personal ? {} : { team: { id: '19:team@thread.tacv2' }, channel: { id: TEAM_CHANNEL } }),
      source: { name: 'message' },
    },
    locale: 'en-GB',
    ...more,
  };
}

/** `/bsu …` in a channel or group chat: a message that only we get. */
export function targeted(text: string, where: Where): Payload {
  const base = envelope(where);
  return {
    type: 'message',
    textFormat: 'plain',
    text,
    ...base,
    recipient: { ...(base.recipient as Payload), isTargeted: true },
  };
}

/** `@Changeover …` */
export function mentioned(text: string, where: Where): Payload {
  const mark = '<at>Changeover</at>';
  return {
    type: 'message',
    textFormat: 'plain',
    text: `${mark} ${text}\n`,
    attachments: [
      {
        contentType: 'text/html',
        content: `<div><span itemtype="http://schema.skype.com/Mention">Changeover</span> ${text}</div>`,
      },
    ],
    entities: [
      { type: 'mention', mentioned: { id: BOT_ID, name: 'Changeover' }, text: mark },
      { type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Windows' },
    ],
    ...envelope(where),
  };
}

/** Plain text in the personal chat. */
export function written(text: string, where: Where): Payload {
  return { type: 'message', textFormat: 'plain', text, ...envelope({ personal: true, ...where }) };
}

/** A button of ours, or the card's refresh (`automatic`). */
export function executed(data: Payload, where: Where & { readonly verb?: string; readonly trigger?: string }): Payload {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: {
      action: { type: 'Action.Execute', id: '', verb: where.verb ?? 'bsu', data },
      trigger: where.trigger ?? 'manual',
    },
    replyToId: '1700000050000',
    ...envelope(where),
  };
}

/** A dialog that is opened. */
export function dialogOpened(data: Payload, where: Where): Payload {
  return {
    type: 'invoke',
    name: 'task/fetch',
    value: { data: { ...data, msteams: { type: 'task/fetch' } }, context: { theme: 'default' } },
    ...envelope(where),
  };
}

/** A dialog that is sent. */
export function dialogSent(data: Payload, where: Where): Payload {
  return { type: 'invoke', name: 'task/submit', value: { data, context: { theme: 'default' } }, ...envelope(where) };
}

/** The app was added for one person, or to a team. */
export function installed(where: Where & { readonly action?: string }): Payload {
  return { type: 'installationUpdate', action: where.action ?? 'add', ...envelope(where) };
}

export function membersAdded(ids: readonly string[], where: Where): Payload {
  return { type: 'conversationUpdate', membersAdded: ids.map((id) => ({ id })), ...envelope(where) };
}

/** A file sent in the personal chat. */
export function fileSent(name: string, downloadUrl: string, where: Where): Payload {
  return {
    ...written('', where),
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        contentUrl: 'https://trust.sharepoint.com/personal/lead/Documents/extract.csv',
        name,
        content: { downloadUrl, uniqueId: '1150d938-8870-4044-9f2c-5bbdebadecaf', fileType: name.split('.').at(-1) },
      },
    ],
  };
}
