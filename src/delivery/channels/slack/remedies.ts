/**
 * Slack's errors that a person can put right (a token, a scope, an invitation), each with how; then the same posting goes
 * through. `channel_not_found` is one of them: Slack says so too of a private channel that we were taken out of.
 */
export const SLACK_REMEDIES: Readonly<Record<string, string>> = {
  account_inactive:
    'Changeover’s account in this Slack workspace is switched off. An administrator installs the app again.',
  channel_not_found:
    'Changeover does not see this Slack channel: it was taken out of it, or the channel was deleted. Type /invite @Changeover there.',
  ekm_access_denied: 'Slack’s administrators have closed this workspace’s messages for now. Ask them.',
  invalid_auth: 'Slack does not accept Changeover’s token. An administrator checks it, or installs the app again.',
  is_archived: 'This Slack channel is archived. Open it again, or work in another channel.',
  messages_tab_disabled:
    'Slack lets nobody be written to by Changeover alone. An administrator switches on the app’s Messages tab.',
  missing_scope:
    'Changeover lacks a permission in this Slack workspace. An administrator installs the app again from its manifest.',
  no_permission: 'Changeover may not write in this Slack channel. Ask an administrator of the workspace.',
  not_authed: 'Slack had no token from Changeover. An administrator checks its settings.',
  not_in_channel: 'Changeover is not in this Slack channel. Type /invite @Changeover there.',
  org_login_required: 'Slack moves this workspace into an organisation just now. It goes on by itself afterwards.',
  restricted_action:
    'Changeover may not write in this Slack channel by the workspace’s settings. Ask an administrator.',
  restricted_action_read_only_channel:
    'This Slack channel is read-only for Changeover. Ask an administrator of the workspace.',
  team_access_not_granted:
    'Changeover has no access to this Slack workspace any more. An administrator installs the app again.',
  token_expired: 'Changeover’s Slack token has ended. An administrator installs the app again.',
  token_revoked: 'Changeover’s Slack token was taken back. An administrator installs the app again.',
};
