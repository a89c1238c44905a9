import type { Connection } from '../../db/connect.ts';
import type { Config, SlackConfig } from '../config.ts';
import { slackClient } from '../delivery/channels/slack/client.ts';
import { examineSlack } from '../delivery/channels/slack/examine.ts';
import type { DoctorCheck } from '../domain/status.ts';
import type { Log } from '../kernel/log.ts';
import { secretBox } from '../kernel/secret-box.ts';
import { migrationStore } from '../store/migrations.ts';
import { slackInstallations, slackWorkspaceStore } from '../store/slack-workspaces.ts';
import { OPTIONAL_SCOPES, SCOPES } from '../surfaces/slack/scopes.ts';

/** Slack as it is configured: each workspace's token, its scopes, and whether the bot is in the migrations' channels. */
export async function examineSlackDoor(
  config: Config,
  log: Log,
  connection: Connection,
  migrationId: number | null,
): Promise<readonly DoctorCheck[]> {
  const { slack } = config;
  if (slack === null) return [{ what: 'Slack', ok: true, says: 'not set up', fix: null }];
  const channels = (await migrationStore(connection.db).channels(migrationId)).filter(
    ({ platform }) => platform === 'slack',
  );
  const clientFor = (botToken: string) =>
    slackClient({ botToken, log, ...(slack.apiUrl === null ? {} : { apiUrl: slack.apiUrl }) });
  const scopes = { scopes: SCOPES, optionalScopes: OPTIONAL_SCOPES };
  if (slack.install.kind === 'one') {
    const renew = 'Copy the bot’s token from "OAuth & Permissions" to SLACK_BOT_TOKEN (docs/slack.md)';
    return examineSlack(clientFor(slack.install.botToken), '', channels, { ...scopes, renew });
  }
  const installations = slackInstallations(connection, secretBox(config.secretKeys), () => '');
  const renew = 'Install it there again, with a new link from /bsu workspaces add';
  const known = await slackWorkspaceStore(connection.db).list();
  const checks = await Promise.all(
    known.map(async ({ id, name, ended }): Promise<readonly DoctorCheck[]> => {
      const what = `Slack (${name})`;
      if (ended)
        return [
          {
            what,
            ok: false,
            says: ended.why === 'revoked' ? 'its token was revoked' : 'uninstalled there',
            fix: renew,
          },
        ];
      const found = await installations.find([id]).catch(() => null);
      if (!found)
        return [
          {
            what,
            ok: false,
            says: 'its token cannot be opened',
            fix: 'Put the key that sealed it back into CHANGEOVER_SECRET_KEY',
          },
        ];
      const mine = channels.filter(({ tenant }) => tenant === id);
      return examineSlack(clientFor(found.botToken), name, mine, { ...scopes, renew });
    }),
  );
  return [...keysCheck(slack, config.secretKeys), ...checks.flat(), ...(known.length === 0 ? [NOWHERE] : [])];
}

const NOWHERE: DoctorCheck = {
  what: 'Slack',
  ok: false,
  says: 'Changeover is in no workspace yet',
  fix: 'Make a link with /bsu workspaces add, and open it',
};

function keysCheck({ install }: SlackConfig, keys: readonly string[]): readonly DoctorCheck[] {
  if (install.kind === 'one' || keys.length < 2) return [];
  const says = `${keys.length} keys: tokens are sealed with the first`;
  return [
    {
      what: 'CHANGEOVER_SECRET_KEY',
      ok: true,
      says: `${says}; after a restart the older can be taken away`,
      fix: null,
    },
  ];
}
