/** Where Microsoft Teams (public cloud) is spoken to: the only origin that gets the app's token, unless configured otherwise. */
export const TEAMS_SERVICE_ORIGINS: readonly string[] = ['https://smba.trafficmanager.net'];

/**
 * Whether a request to this address may carry the app's token, and whether an activity may name it as its serviceUrl: its whole
 * origin is on the list, it carries no login of its own, and it is encrypted unless it stays on this machine (tests, rehearsal).
 */
export function isServiceUrl(address: string, origins: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  const encrypted = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
  return encrypted && origins.includes(origin);
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;
