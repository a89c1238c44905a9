import { form, payload } from './slack-request.ts';

/** Payloads in the shape in which Slack sends them (recorded from its documentation), for one workspace and its people. */
let serial = 0;

export function nextTrigger(): string {
  serial += 1;
  return `13345224609.738474920.${String(serial).padStart(10, '0')}`;
}

export interface Where {
  readonly slackUrl: string;
  readonly userId?: string;
  readonly teamId?: string;
  readonly trigger?: string;
}

export function typedCommand(
  text: string,
  { slackUrl, userId = 'U0PLANNER', teamId = 'T0TEAM', trigger }: Where,
): string {
  return form({
    token: 'gIkuvaNzQIHg97ATvDxqgjtO',
    team_id: teamId,
    team_domain: 'example',
    channel_id: 'C0ROOM',
    channel_name: 'pas-migration',
    user_id: userId,
    user_name: 'someone',
    command: '/bsu',
    text,
    api_app_id: 'A0APP',
    is_enterprise_install: 'false',
    response_url: `${slackUrl}/response/command`,
    trigger_id: trigger ?? nextTrigger(),
  });
}

export function clicked(
  verb: string,
  input: Record<string, string>,
  where: Where & { readonly view?: object },
): string {
  const { slackUrl, userId = 'U0PLANNER', teamId = 'T0TEAM', trigger, view } = where;
  const place = view
    ? { container: { type: 'view', view_id: 'V0VIEW' }, view }
    : {
        container: { type: 'message', message_ts: '1548261231.000200', channel_id: 'C0ROOM', is_ephemeral: false },
        channel: { id: 'C0ROOM', name: 'pas-migration' },
        message: { bot_id: 'B0BOT', type: 'message', text: 'A card', user: 'U0BOT', ts: '1548261231.000200' },
        response_url: `${slackUrl}/response/click`,
      };
  return payload({
    type: 'block_actions',
    team: { id: 'T0TEAM', domain: 'example' },
    user: { id: userId, username: 'someone', name: 'someone', team_id: teamId },
    api_app_id: 'A0APP',
    token: '9s8d9as89d8as9d8as989',
    trigger_id: trigger ?? nextTrigger(),
    enterprise: null,
    is_enterprise_install: false,
    ...place,
    actions: [
      {
        action_id: 'bsu:0',
        block_id: 'actions',
        text: { type: 'plain_text', text: 'A button', emoji: false },
        value: JSON.stringify({ verb, input }),
        type: 'button',
        action_ts: '1548426417.840180',
      },
    ],
  });
}

/** A submitted modal, as it was opened and with what was typed by field. */
export function submitted(view: Record<string, unknown>, typed: Record<string, unknown>, where: Where): string {
  const { userId = 'U0PLANNER', teamId = 'T0TEAM', trigger } = where;
  const values = Object.fromEntries(
    Object.entries(typed).map(([name, state]) => [
      `field:${name}`,
      { value: typeof state === 'string' ? { type: 'plain_text_input', value: state } : state },
    ]),
  );
  return payload({
    type: 'view_submission',
    team: { id: 'T0TEAM', domain: 'example' },
    user: { id: userId, username: 'someone', name: 'someone', team_id: teamId },
    api_app_id: 'A0APP',
    token: '9s8d9as89d8as9d8as989',
    trigger_id: trigger ?? nextTrigger(),
    view: { ...view, id: 'V0VIEW', team_id: 'T0TEAM', type: 'modal', state: { values }, hash: '156772938.1827394' },
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  });
}

/** An event, as JSON. */
export function happened(event: Record<string, unknown>, eventId: string = nextTrigger()): string {
  return JSON.stringify({
    token: 'XXYYZZ',
    team_id: 'T0TEAM',
    api_app_id: 'A0APP',
    event: { event_ts: '1234567890.123456', ...event },
    type: 'event_callback',
    authorizations: [
      { enterprise_id: null, team_id: 'T0TEAM', user_id: 'U0BOT', is_bot: true, is_enterprise_install: false },
    ],
    event_id: eventId,
    event_time: 1_234_567_890,
  });
}
