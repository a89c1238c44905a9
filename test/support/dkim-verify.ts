import { execFileSync } from 'node:child_process';

const PYTHON = '/usr/bin/python3';

/** Why mails are not given to dkimpy here, for a test's name; empty where they are. */
export const NEEDS_DKIMPY = installed() ? '' : ' (skipped: needs Debian’s python3-dkim)';

/**
 * What dkimpy, another hand's verifier, says of mails as they arrived: true where a signature holds. DNS is `records`, names
 * with a dot at their end to texts.
 */
export function dkimpySays(mails: readonly string[], records: Readonly<Record<string, string>>): readonly boolean[] {
  const input = JSON.stringify({ mails: mails.map((raw) => Buffer.from(raw, 'latin1').toString('base64')), records });
  return JSON.parse(execFileSync(PYTHON, ['-c', VERIFY], { input, encoding: 'utf8' })) as boolean[];
}

const VERIFY = `
import base64, dkim, json, sys
given = json.load(sys.stdin)
def look_up(name, timeout=5):
    text = given["records"].get(name.decode() if isinstance(name, bytes) else name)
    return text.encode() if text else None
def holds(mail):
    try:
        return bool(dkim.verify(base64.b64decode(mail), dnsfunc=look_up))
    except dkim.DKIMException:
        return False
print(json.dumps([holds(mail) for mail in given["mails"]]))
`;

function installed(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import dkim'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
