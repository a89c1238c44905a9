import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../src/rehearsal/free-port.ts';

const run = promisify(execFile);
const HERE = existsSync('/usr/sbin/postfix') && process.getuid?.() === 0;

/** Why a test with a real postfix is skipped here, for its name; empty where it runs. */
export const NEEDS_POSTFIX = HERE ? '' : ' (skipped: needs Debian’s postfix, and root to start it)';

export interface Postfix {
  readonly url: string;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Debian's postfix as a relay of its own: configuration, queue and port are ours, the machine's is not touched. Mail to
 * `delivered` domains ends in a mailbox; everything else goes on to the next hop, reports to senders included.
 */
export async function startPostfix(given: { nextHop: number; delivered: string }): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'changeover-postfix-'));
  await chmod(folder, 0o755);
  const port = await freePort(0);
  const { uid, gid } = await idsOf('postfix');
  for (const place of ['spool', 'data', 'mailboxes', 'conf']) await mkdir(join(folder, place));
  await chown(join(folder, 'data'), uid, gid);
  await chown(join(folder, 'mailboxes'), uid, gid);
  await writeFile(join(folder, 'conf', 'main.cf'), mainConfiguration(folder, given, { uid, gid }));
  await writeFile(join(folder, 'conf', 'master.cf'), services(port));
  const postfix = (verb: string) => run('/usr/sbin/postfix', ['-c', join(folder, 'conf'), verb]);
  await postfix('start');
  return {
    url: `smtp://127.0.0.1:${port}`,
    log: () => readFile(join(folder, 'log'), 'utf8'),
    async stop() {
      await postfix('stop');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string) => Number((await run('id', [flag, user])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

function mainConfiguration(
  folder: string,
  { nextHop, delivered }: { nextHop: number; delivered: string },
  { uid, gid }: { uid: number; gid: number },
): string {
  return Object.entries({
    compatibility_level: '3.6',
    queue_directory: join(folder, 'spool'),
    data_directory: join(folder, 'data'),
    maillog_file: join(folder, 'log'),
    maillog_file_prefixes: folder,
    myhostname: 'relay.postfix.example',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    mydestination: '',
    local_transport: 'error:no local mail',
    relay_domains: '',
    relayhost: `[127.0.0.1]:${nextHop}`,
    virtual_mailbox_domains: delivered,
    virtual_mailbox_base: join(folder, 'mailboxes'),
    virtual_mailbox_maps: `static:everybody`,
    virtual_minimum_uid: '1',
    virtual_uid_maps: `static:${uid}`,
    virtual_gid_maps: `static:${gid}`,
    alias_maps: '',
    smtp_tls_security_level: 'none',
    smtpd_tls_security_level: 'none',
    smtpd_recipient_restrictions: 'permit_mynetworks,reject',
    disable_dns_lookups: 'yes',
    smtp_connect_timeout: '5s',
  })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

/** Debian's services without a chroot, and the listener on our port. */
function services(port: number): string {
  const lines = [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'proxywrite unix - - n - 1 proxymap',
    'smtp unix - - n - - smtp',
    'relay unix - - n - - smtp',
    'showq unix n - n - - showq',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
  ];
  return `${lines.join('\n')}\n`;
}
