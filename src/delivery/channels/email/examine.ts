import type { DoctorCheck } from '../../../domain/status.ts';
import { type Relay, relayFrom } from './relay.ts';
import { openSession } from './session.ts';

/** Does the mail relay take a connection, TLS and the login? Sends nothing. */
export async function examineRelay(smtpUrl: string | null, from: string | null): Promise<readonly DoctorCheck[]> {
  const what = 'Mail';
  if (smtpUrl === null)
    return [{ what, ok: false, says: 'not set up', fix: 'Set SMTP_URL and MAIL_FROM: notices go out through it' }];
  const relay = relayFrom(smtpUrl);
  try {
    (await openSession({ ...relay, timeouts: { connect: 8_000, send: 8_000 } })).close();
    return [{ what, ok: true, says: `${relay.host} takes mail from ${from ?? 'us'} (${guarded(relay)})`, fix: null }];
  } catch (error) {
    return [{ what, ok: false, ...problemOf(error, relay) }];
  }
}

function guarded({ secure, requireTls, login }: Relay): string {
  const tls = secure || requireTls ? 'with TLS' : 'TLS not required';
  return login === null ? `${tls}, without a login` : `${tls}, logged in`;
}

/** nodemailer's codes; its own words may hold what was sent, and are not passed on. */
function problemOf(error: unknown, { host, port }: Relay): { says: string; fix: string } {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const reply =
    typeof error === 'object' && error !== null && 'responseCode' in error ? ` (${String(error.responseCode)})` : '';
  // A connection that was never made has a system call in its error; what fails after it is TLS.
  const connecting = typeof error === 'object' && error !== null && 'syscall' in error;
  switch (connecting && code === 'ESOCKET' ? 'ECONNECTION' : code) {
    case 'EAUTH':
      return {
        says: `${host} refuses the login${reply}`,
        fix: 'Check the user and password in SMTP_URL; in an address @ is written %40',
      };
    case 'ETLS':
    case 'ESOCKET':
      return {
        says: `${host} and we agree on no TLS`,
        fix: 'Use smtps:// for port 465 and smtp:// for 587, and check the certificate’s name',
      };
    case 'EDNS':
      return { says: `${host} is not known`, fix: 'Check the host in SMTP_URL' };
    default:
      return {
        says: `${host}:${port} does not answer${reply}`,
        fix: 'Check host and port in SMTP_URL, and that this machine may reach it',
      };
  }
}
