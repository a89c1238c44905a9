import type { Config } from '../config.ts';
import type { DoctorCheck } from '../domain/status.ts';

const TIMEOUT = 8_000;

/** Do people, mail links and Slack reach this service where PUBLIC_URL says? Asked from here: a firewall further out is not seen. */
export async function examineAddress({ publicUrl, slack, mode }: Config): Promise<readonly DoctorCheck[]> {
  const what = 'Public address';
  if (mode === 'service' && !publicUrl.startsWith('https://')) {
    return [
      {
        what,
        ok: false,
        says: `${publicUrl} is not https`,
        fix: 'Put a proxy with a certificate in front, and set PUBLIC_URL to its address',
      },
    ];
  }
  const alive = await ask(`${publicUrl}/healthz`, 'GET');
  if (alive !== 200) {
    const says =
      alive === null
        ? `${publicUrl} does not answer from here`
        : `${publicUrl} answers ${alive}: it is not this service`;
    return [{ what, ok: false, says, fix: 'Start the service, and check PUBLIC_URL, the proxy and its certificate' }];
  }
  const checks: DoctorCheck[] = [{ what, ok: true, says: `${publicUrl} leads here`, fix: null }];
  if (slack !== null && slack.appToken === null) checks.push(await slackPath(publicUrl));
  return checks;
}

/** An unsigned request must come as far as our door, and be turned away there. */
async function slackPath(publicUrl: string): Promise<DoctorCheck> {
  const what = 'Slack, request address';
  const status = await ask(`${publicUrl}/slack/events`, 'POST');
  return status === 401
    ? { what, ok: true, says: 'leads here, and refuses what Slack did not sign', fix: null }
    : {
        what,
        ok: false,
        says: status === null ? 'does not answer' : `answers ${status} instead of 401`,
        fix: `Let ${publicUrl}/slack/ through the proxy unchanged, or use Socket Mode (docs/slack.md)`,
      };
}

async function ask(address: string, method: 'GET' | 'POST'): Promise<number | null> {
  try {
    const answer = await fetch(address, { method, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return null;
  }
}
