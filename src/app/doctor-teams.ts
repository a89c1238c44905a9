import type { Config } from '../config.ts';
import { appToken, TokenProblem } from '../delivery/channels/teams/app-token.ts';
import type { DoctorCheck } from '../domain/status.ts';

/** The scope of the Bot Connector, by which we speak in Teams. */
const CONNECTOR = 'https://api.botframework.com/.default';

/** Is Teams configured, and does Microsoft Entra give the app a token? */
export async function examineTeams({ teams }: Config): Promise<readonly DoctorCheck[]> {
  const what = 'Microsoft Teams';
  if (teams === null) return [{ what, ok: true, says: 'not set up', fix: null }];
  const { appId, appSecret: secret, loginUrl } = teams;
  const [tenant = ''] = teams.tenantIds;
  try {
    await appToken({ appId, secret, tenant, ...(loginUrl === null ? {} : { loginUrl }) }).getAppToken(CONNECTOR);
    return [{ what, ok: true, says: 'Microsoft Entra gives the app a token', fix: null }];
  } catch (error) {
    if (!(error instanceof TokenProblem)) throw error;
    const fix =
      error.kind === 'refused'
        ? 'Put it right in the app registration or in TEAMS_APP_ID, TEAMS_APP_SECRET and TEAMS_TENANT_IDS'
        : 'Let this machine reach login.microsoftonline.com by https, and look again';
    return [{ what, ok: false, says: error.message, fix }];
  }
}
