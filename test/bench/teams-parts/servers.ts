import type { RequestListener } from 'node:http';
import { type Activity, MessageActivityInput, type Client as TeamsApi } from '@microsoft/teams.api';
import { App } from '@microsoft/teams.apps';
import type { IAdaptiveCard } from '@microsoft/teams.cards';
import { Pool } from 'pg';
import { commands } from '../../../commands/index.ts';
import { connectServer } from '../../../db/connect.ts';
import { appToken } from '../../../src/delivery/channels/teams/app-token.ts';
import { teamsHttp } from '../../../src/delivery/channels/teams/client.ts';
import { createDispatch } from '../../../src/dispatch.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { installationStore } from '../../../src/store/installations.ts';
import { replayKeyStore } from '../../../src/store/replay-keys.ts';
import { TeamsAdapter } from '../../../src/surfaces/teams/adapter.ts';
import { botKeys } from '../../../src/surfaces/teams/bot-keys.ts';
import { quietLogger } from '../../../src/surfaces/teams/quiet-logger.ts';
import { teamsSurface } from '../../../src/surfaces/teams/surface.ts';
import { NO_FILES } from '../../support/office.ts';
import { TEAMS_APP } from '../../support/teams-connector.ts';
import { type Asked, type Holder, peopleByKysely, peopleByPg } from './people.ts';

export interface ServerParts {
  readonly databaseUrl: string;
  /** Of the stand-in for the Bot Connector, which gives tokens too. */
  readonly connectorUrl: string;
  readonly keysUrl: string;
}

/** The servers compared: ours; the same by hand with kysely, and with pg alone; and the SDK that does nothing. Each has our guard. */
export const SERVERS: Readonly<Record<string, (parts: ServerParts) => Promise<RequestListener>>> = {
  ours: async ({ databaseUrl, connectorUrl, keysUrl }) => {
    const connection = await connectServer(databaseUrl);
    const nothing = () => Promise.reject(new Error('No file comes here.'));
    const { token, http } = outgoing(connectorUrl);
    const surface = teamsSurface({
      appId: TEAMS_APP.appId,
      tenantIds: [TEAMS_APP.tenant],
      token,
      http,
      dispatch: createDispatch({
        connection,
        commands,
        clock: systemClock,
        bankHolidays: { source: 'bench', coveredFrom: '2026-01-01', coveredTo: '2027-12-31', days: new Map() },
        intake: NO_FILES,
        log: silentLog,
        mode: 'service',
      }),
      replayKeys: replayKeyStore(connection.db),
      installations: installationStore(connection.db),
      downloads: { offer: nothing, open: nothing },
      files: { put: nothing },
      log: silentLog,
      now: Date.now,
      keysUrl,
      serviceOrigins: [new URL(connectorUrl).origin],
    });
    await surface.start();
    return surface.handle;
  },

  kysely: async (parts) => {
    const { db } = await connectServer(parts.databaseUrl);
    return byHand(parts, (asked) => peopleByKysely(db, asked));
  },

  pg: async (parts) => {
    const pool = new Pool({ connectionString: parts.databaseUrl, max: 10, options: '-c timezone=UTC' });
    return byHand(parts, (asked) => peopleByPg(pool, asked));
  },

  noop: async (parts) => byHand(parts, async () => []),
};

/** As the SDK's documentation shows it: a listener for messages that answers the asker alone, and one for a card's buttons. */
async function byHand(
  parts: ServerParts,
  people: (asked: Asked) => Promise<readonly Holder[]>,
): Promise<RequestListener> {
  const { connectorUrl, keysUrl } = parts;
  const { token, http } = outgoing(connectorUrl);
  const adapter = new TeamsAdapter(
    {
      appId: TEAMS_APP.appId,
      tenantIds: [TEAMS_APP.tenant],
      keys: botKeys({ url: keysUrl, now: Date.now }),
      serviceOrigins: [new URL(connectorUrl).origin],
      now: Date.now,
    },
    silentLog,
  );
  const app = new App({
    clientId: TEAMS_APP.appId,
    token,
    client: http,
    httpServerAdapter: adapter,
    dangerouslyAllowUnauthenticatedRequests: false,
    logger: quietLogger(silentLog),
    telemetry: { agent365: false },
  });
  let api: TeamsApi | null = null;
  app.on('message', async ({ activity }) => {
    if (!/^\/?bsu people$/.test(activity.text.trim())) return;
    const holders = await people(askedBy(activity));
    if (holders.length === 0) return;
    const message = new MessageActivityInput();
    message.attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: cardOf(holders) }];
    message.recipient = { id: activity.from.id, role: 'user', isTargeted: true };
    api ??= app.api.clone({ serviceUrl: activity.serviceUrl ?? '' });
    await api.conversations.createTargetedActivity(activity.conversation.id, message);
  });
  app.on('card.action', async ({ activity }) => {
    if (activity.value.action.data.verb !== 'people') {
      return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'What was that?' };
    }
    const value = cardOf(await people(askedBy(activity)));
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
  });
  await app.initialize();
  return adapter.handle;
}

function askedBy({ id, from, conversation, channelData, serviceUrl }: Activity): Asked {
  const [channelId = ''] = conversation.id.split(';', 1);
  return {
    key: `teams:${channelId}:${id}`,
    tenant: conversation.tenantId ?? '',
    channelId,
    teamId: channelData?.team?.id ?? null,
    userId: from.aadObjectId ?? '',
    teamsId: from.id,
    serviceUrl: serviceUrl ?? '',
  };
}

/** The same card in sense as ours: who, which role, telephone, e-mail. */
function cardOf(holders: readonly Holder[]): IAdaptiveCard {
  const cell = (text: string) => ({
    type: 'TableCell' as const,
    items: [{ type: 'TextBlock' as const, text, wrap: true }],
  });
  const row = (cells: readonly string[]) => ({ type: 'TableRow' as const, cells: cells.map(cell) });
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      { type: 'TextBlock', text: `${holders.length} people have a role here`, weight: 'Bolder' },
      {
        type: 'Table',
        columns: [{ width: 2 }, { width: 2 }, { width: 2 }, { width: 3 }],
        rows: [
          row(['Who', 'Roles', 'Telephone', 'E-mail']),
          ...holders.map(({ name, role, telephone, email }) => row([name, role, telephone ?? 'not given', email])),
        ],
      },
    ],
    actions: [],
  };
}

function outgoing(connectorUrl: string) {
  const token = appToken({ ...TEAMS_APP, loginUrl: `${connectorUrl}/login` });
  return { token, http: teamsHttp({ token, origins: [new URL(connectorUrl).origin] }) };
}
