import type { webApi } from '@slack/bolt';
import { SLACK_PATH } from './receiver.ts';

type Manifest = webApi.AppsManifestValidateArguments['manifest'];

/**
 * The Slack app as Slack's "create from a manifest" takes it; the root's manifest.json is this, for the example address.
 * Each scope is explained in docs/slack.md.
 */
export function slackManifest(publicUrl: string) {
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
      scopes: {
        bot: ['commands', 'chat:write', 'files:read', 'files:write', 'im:write', 'users:read', 'users:read.email'],
        // Only to find a card again whose posting had no answer; without them it is posted once more, marked as the replacement.
        bot_optional: ['channels:history', 'groups:history', 'metadata.message:read'],
      },
    },
    settings: {
      event_subscriptions: { request_url: url, bot_events: ['app_home_opened', 'file_shared'] },
      interactivity: { is_enabled: true, request_url: url },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  } satisfies Manifest;
}

/** Where manifest.json points until an installation puts its own address in. */
export const EXAMPLE_URL = 'https://changeover.example.org';

export function manifestJson(publicUrl: string): string {
  return `${JSON.stringify(slackManifest(publicUrl), null, 2)}\n`;
}

if (import.meta.main) process.stdout.write(manifestJson(process.argv[2] ?? EXAMPLE_URL));
