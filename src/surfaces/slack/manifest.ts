import type { webApi } from '@slack/bolt';
import { REDIRECT_PATH } from './installer.ts';
import { SLACK_PATH } from './receiver.ts';
import { OPTIONAL_SCOPES, SCOPES } from './scopes.ts';

type Manifest = webApi.AppsManifestValidateArguments['manifest'];

/**
 * The Slack app as Slack's "create from a manifest" takes it; the root's manifest.json is this, for the example address.
 * Each scope is explained in docs/slack.md. For several workspaces it names where Slack sends a person back to.
 */
export function slackManifest(publicUrl: string, severalWorkspaces = false) {
  const url = new URL(SLACK_PATH, publicUrl).href;
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: {
      name: 'Changeover',
      description: 'Plan, approve and run a bulk service update in the NHS e-Referral Service for a PAS migration.',
      background_color: '#005eb8',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'changeover', always_online: true },
      slash_commands: [
        {
          command: '/bsu',
          url,
          description: 'Bulk service update: where this migration is, and what waits for you',
          usage_hint: 'help | plan | approve | run | why',
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      ...(severalWorkspaces ? { redirect_urls: [new URL(REDIRECT_PATH, publicUrl).href] } : {}),
      scopes: { bot: [...SCOPES], bot_optional: [...OPTIONAL_SCOPES] },
    },
    settings: {
      event_subscriptions: { request_url: url, bot_events: [...EVENTS] },
      interactivity: { is_enabled: true, request_url: url },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  } satisfies Manifest;
}

/** Where manifest.json points until an installation puts its own address in. */
export const EXAMPLE_URL = 'https://changeover.example.org';

const EVENTS = ['app_home_opened', 'app_uninstalled', 'file_shared', 'tokens_revoked'] as const;

/** `npm run -s slack-manifest -- [ADDRESS] [--several-workspaces]` */
if (import.meta.main) {
  const given = process.argv.slice(2);
  const several = given.includes('--several-workspaces');
  const address = given.find((word) => !word.startsWith('--')) ?? EXAMPLE_URL;
  process.stdout.write(`${JSON.stringify(slackManifest(address, several), null, 2)}\n`);
}
