import type { App } from '../app.ts';
import type { SlackConfig } from '../config.ts';
import { SlackChannel } from '../delivery/channels/slack/channel.ts';
import { quietLogger, slackClient } from '../delivery/channels/slack/client.ts';
import { manyWorkspaces, oneWorkspace, type SlackWorkspaces } from '../delivery/channels/slack/workspaces.ts';
import type { Dispatch } from '../dispatch.ts';
import { secretBox } from '../kernel/secret-box.ts';
import { replayKeyStore } from '../store/replay-keys.ts';
import { resealTokens, slackInstallations } from '../store/slack-workspaces.ts';
import { INSTALL_PATH, REDIRECT_PATH, slackInstaller } from '../surfaces/slack/installer.ts';
import { slackSurface } from '../surfaces/slack/surface.ts';
import type { Door, OpenChat } from './open-chat.ts';

/** Slack, as it is configured: one workspace by its token, or many by OAuth; by HTTP or by Slack's socket. */
export function openSlack(app: App, dispatch: Dispatch, slack: SlackConfig): OpenChat {
  const logger = quietLogger(app.log);
  const { workspaces, install, prepare } = workspacesOf(app, slack);
  const ownOrigin = slack.apiUrl === null ? null : new URL(slack.apiUrl).origin;
  const surface = slackSurface({
    from:
      slack.appToken === null
        ? { signingSecret: slack.signingSecret ?? '' }
        : { appToken: slack.appToken, ...apiOf(slack) },
    workspaces,
    logger,
    dispatch,
    replayKeys: replayKeyStore(app.connection.db),
    files: app.files,
    log: app.log,
    now: Date.now,
    ...(ownOrigin === null ? {} : { responseOrigin: ownOrigin, filesOrigin: ownOrigin }),
  });
  return {
    channel: new SlackChannel((tenant) => workspaces.client(tenant)),
    path: '/slack/',
    surface: {
      handle: eitherOf(install, surface.handle),
      async start() {
        await prepare();
        await surface.start();
      },
      stop: () => surface.stop(),
    },
  };
}

function workspacesOf(
  app: App,
  slack: SlackConfig,
): { workspaces: SlackWorkspaces; install: Door | null; prepare: () => Promise<void> } {
  const { log, config, connection, clock } = app;
  const clientFor = (botToken: string) => slackClient({ botToken, log, ...apiOf(slack) });
  if (slack.install.kind === 'one') {
    const workspaces = oneWorkspace(clientFor(slack.install.botToken));
    // The service starts without an answer too: it is asked again with the first request.
    const prepare = async () => {
      await workspaces.of([]).catch((error: unknown) => log.error({ error: String(error) }, 'Slack did not answer'));
    };
    return { workspaces, install: null, prepare };
  }
  const { clientId, clientSecret } = slack.install;
  const box = secretBox(config.secretKeys);
  const installations = slackInstallations(connection, box, () => clock.now().toString());
  const workspaces = manyWorkspaces(installations, clientFor, Date.now);
  const install = slackInstaller({
    clientId,
    clientSecret,
    publicUrl: config.publicUrl,
    installations: workspaces.installations,
    sign: (text) => box.sign('slack install', text),
    logger: quietLogger(log),
    now: Date.now,
    ...apiOf(slack),
    ...(slack.apiUrl === null ? {} : { authorizeUrl: new URL('/oauth/v2/authorize', slack.apiUrl).href }),
  });
  const prepare = async () => {
    const count = await resealTokens(connection, box);
    if (count > 0) log.info({ count }, 'tokens were sealed again with the newest key');
  };
  return { workspaces, install, prepare };
}

function apiOf({ apiUrl }: SlackConfig): { apiUrl?: string } {
  return apiUrl === null ? {} : { apiUrl };
}

/** Installing has two paths of its own; the rest is Slack's. */
function eitherOf(install: Door | null, surface: Door | null): Door | null {
  if (install === null) return surface;
  return (request, response) => {
    const path = request.url?.split('?', 1)[0];
    if (path === INSTALL_PATH || path === REDIRECT_PATH) return install(request, response);
    if (surface !== null) return surface(request, response);
    response.writeHead(404).end();
  };
}
