import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver, type Installation, type webApi } from '@slack/bolt';
import { renderPage } from '../../../templates/pages/render.ts';
import { hashOfCode } from '../../kernel/secret-code.ts';
import type { SlackInstallation, SlackInstallations } from '../../ports/slack-installations.ts';
import { type InstallState, installState } from './install-state.ts';
import { OPTIONAL_SCOPES, SCOPES } from './scopes.ts';

export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

export interface InstallerOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people reach us, without a slash at the end. */
  readonly publicUrl: string;
  /** Slack's API, or a stand-in of it; the page on which a person allows the app lies beside it. */
  readonly apiUrl?: string;
  readonly authorizeUrl?: string;
  readonly installations: SlackInstallations;
  /** Makes a code that only this installation can make. */
  readonly sign: (text: string) => string;
  readonly logger: webApi.Logger;
  /** The system clock in milliseconds. */
  readonly now: () => number;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Installing into a further workspace: an administrator's link, Slack's own page, and back. Bolt's installer checks that the
 * state is this browser's; the state names the link's pass, and one pass installs once.
 */
export function slackInstaller(options: InstallerOptions): Handler {
  const { installations } = options;
  const state = installState(options.sign, options.now);
  const { installer } = boltReceiver(options, state);
  if (!installer) throw new Error('Bolt made no installer.');
  const redirectUri = `${options.publicUrl}${REDIRECT_PATH}`;

  const begin = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const code = addressOf(request).searchParams.get('pass') ?? '';
    const pass = hashOfCode(code);
    if (code === '' || !(await installations.isOpen(pass))) return page(response, 403, USED);
    await installer.handleInstallPath(
      request,
      response,
      {},
      { scopes: [...SCOPES, ...OPTIONAL_SCOPES], metadata: pass, redirectUri },
    );
  };
  const finish = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    installer.handleCallback(request, response, {
      success: (installation) => page(response, 200, installedPage(installation)),
      failure: (error) => page(response, 400, FAILURES[codeOf(error)] ?? NOT_DONE),
    });

  return (request, response) => {
    for (const [name, value] of Object.entries(SAFE)) response.setHeader(name, value);
    const path = addressOf(request).pathname;
    const work =
      request.method !== 'GET' ? null : path === INSTALL_PATH ? begin : path === REDIRECT_PATH ? finish : null;
    if (work === null) return page(response, 405, NOT_DONE);
    work(request, response).catch((error: unknown) => {
      options.logger.warn(`an installation failed: ${String(error)}`);
      if (!response.headersSent) page(response, 503, NOT_DONE);
    });
  };
}

/** Only its installer is used: @slack/bolt gives it in no other way. */
function boltReceiver(options: InstallerOptions, state: InstallState): HTTPReceiver {
  return new HTTPReceiver({
    signingSecret: 'never used: this receiver takes no requests',
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    scopes: [...SCOPES],
    logger: options.logger,
    installationStore: {
      storeInstallation: (installation) => keep(options.installations, installation),
      fetchInstallation: () => Promise.reject(new Error('Tokens are read through the port.')),
    },
    installerOptions: {
      stateStore: state,
      stateCookieExpirationSeconds: state.seconds,
      renderHtmlForInstallPath: (address) =>
        renderPage('slack-install', { title: 'Install Changeover in Slack', address }),
      clientOptions: options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl },
      ...(options.authorizeUrl === undefined ? {} : { authorizationUrl: options.authorizeUrl }),
    },
  });
}

async function keep(installations: SlackInstallations, installed: Installation): Promise<void> {
  if (!(await installations.keep(installationFrom(installed), installed.metadata ?? ''))) {
    throw new PassUsed('The pass was used or ran out.');
  }
}

class PassUsed extends Error {
  readonly code = 'pass_used';
}

class NoBot extends Error {
  readonly code = 'no_bot';
}

function installationFrom({ bot, team, enterprise, isEnterpriseInstall }: Installation): SlackInstallation {
  const where = isEnterpriseInstall ? enterprise : team;
  // A token that ends by itself would fall silent in the night: token rotation is off in the manifest.
  if (!bot || !where || bot.expiresAt !== undefined) throw new NoBot('Slack gave no lasting bot token.');
  return {
    id: where.id,
    name: where.name ?? where.id,
    organisation: enterprise?.id ?? null,
    botId: bot.id,
    botUserId: bot.userId,
    botToken: bot.token,
    scopes: bot.scopes,
  };
}

interface Words {
  readonly title: string;
  readonly why: string;
  readonly next: string;
}

function page(response: ServerResponse, status: number, words: Words): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(renderPage('problem', { ...words }));
}

function installedPage({ team, enterprise, isEnterpriseInstall }: Installation): Words {
  const where = isEnterpriseInstall
    ? `all workspaces of ${enterprise?.name ?? 'the organisation'}`
    : (team?.name ?? 'the workspace');
  return {
    title: `Changeover is installed in ${where}`,
    why: 'It posts only in channels that it is invited to.',
    next: 'In Slack, go to the channel of the migration, type /invite @changeover, and then /bsu.',
  };
}

const USED: Words = {
  title: 'This link is not good any more',
  why: 'It installs Changeover once, within 15 minutes.',
  next: 'Ask an administrator for a new one: they type /bsu workspaces add.',
};
const NOT_DONE: Words = {
  title: 'Changeover was not installed',
  why: 'Slack did not confirm the installation, and nothing was kept.',
  next: 'Open the link again. If it stays, ask an administrator to run bsu doctor.',
};
const FAILURES: Readonly<Record<string, Words>> = {
  pass_used: USED,
  no_bot: {
    title: 'Changeover was not installed',
    why: 'Slack gave no lasting token for the bot.',
    next: 'In the app’s settings switch token rotation off, as in manifest.json, and open the link again.',
  },
  slack_oauth_invalid_state: {
    title: 'Changeover was not installed',
    why: 'The installation was begun in another browser, or more than 10 minutes ago.',
    next: 'Open the link again, and finish in the same browser.',
  },
  slack_oauth_installer_authorization_error: {
    title: 'Changeover was not installed',
    why: 'It was not allowed in Slack.',
    next: 'Open the link again when a person who may install apps has agreed.',
  },
};

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function addressOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://changeover');
}

/** The link is personal: nothing is kept or passed on. */
const SAFE = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'cache-control': 'no-store',
} as const;
