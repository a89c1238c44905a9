import type { App } from '../app.ts';
import type { TeamsConfig } from '../config.ts';
import { appToken } from '../delivery/channels/teams/app-token.ts';
import { TeamsChannel } from '../delivery/channels/teams/channel.ts';
import { teamsHttp } from '../delivery/channels/teams/client.ts';
import type { Dispatch } from '../dispatch.ts';
import { TEAMS_SERVICE_ORIGINS } from '../ports/service-urls.ts';
import { downloadStore } from '../store/downloads.ts';
import { installationStore } from '../store/installations.ts';
import { replayKeyStore } from '../store/replay-keys.ts';
import { teamsSurface } from '../surfaces/teams/surface.ts';
import type { OpenChat } from './open-chat.ts';

/** Microsoft Teams, as configured: the channel by which we speak, and the surface by which people reach us. */
export function openTeams(app: App, dispatch: Dispatch, teams: TeamsConfig): OpenChat {
  const { db } = app.connection;
  const [home = ''] = teams.tenantIds;
  const serviceOrigins = teams.connectorUrl === null ? TEAMS_SERVICE_ORIGINS : [new URL(teams.connectorUrl).origin];
  const token = appToken({
    appId: teams.appId,
    secret: teams.appSecret,
    tenant: home,
    ...(teams.loginUrl === null ? {} : { loginUrl: teams.loginUrl }),
  });
  const installations = installationStore(db);
  const surface = teamsSurface({
    appId: teams.appId,
    tenantIds: teams.tenantIds,
    token,
    http: teamsHttp({ token, origins: serviceOrigins }),
    dispatch,
    replayKeys: replayKeyStore(db),
    installations,
    downloads: downloadStore(db, app.config.publicUrl),
    files: app.files,
    log: app.log,
    now: Date.now,
    serviceOrigins,
    ...(teams.connectorUrl === null ? {} : { filesOrigins: serviceOrigins }),
    ...(teams.keysUrl === null ? {} : { keysUrl: teams.keysUrl }),
  });
  const channel = new TeamsChannel(installations, { token, origins: serviceOrigins });
  return { channel, surface, path: '/api/messages' };
}
