import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ImapFlow } from 'imapflow';
import { freePort } from '../../src/rehearsal/free-port.ts';

const run = promisify(execFile);
const DOVECOT = '/usr/sbin/dovecot';
const HERE = existsSync(DOVECOT) && process.getuid?.() === 0;

/** Why a test with a real dovecot is skipped here, for its name; empty where it runs. */
export const NEEDS_DOVECOT = HERE ? '' : ' (skipped: needs Debian’s dovecot-imapd, and root to start it)';

export interface Dovecot {
  readonly port: number;
  readonly securePort: number;
  /** The certificate that it shows, PEM. */
  readonly certificate: string;
  /** Puts a mail into the user's folder, as if it had come in. */
  deliver(user: string, mail: string, folder?: string): Promise<void>;
  /** The mails of a folder by number: their subject and whether they are marked as read. */
  look(user: string, folder?: string): Promise<readonly { readonly subject: string; readonly seen: boolean }[]>;
  stop(): Promise<void>;
}

export const PASSWORD = 'p@ss/word#1';

/**
 * Debian's dovecot with folders, ports and a certificate of its own; the machine's is not touched. Every user has the same
 * password. Mails are kept by a user without rights.
 */
export async function startDovecot(): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'changeover-dovecot-'));
  await chmod(folder, 0o755);
  const [port, securePort] = [await freePort(0), await freePort(0)];
  await mkdir(join(folder, 'mail'));
  const id = async (flag: string) => Number((await run('id', [flag, 'nobody'])).stdout);
  await chown(join(folder, 'mail'), await id('-u'), await id('-g'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
  ]);
  await writeFile(join(folder, 'dovecot.conf'), configuration(folder, port, securePort));
  const server = spawn(DOVECOT, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await listening(port);

  async function inside<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const auth = { user, pass: PASSWORD };
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth, logger: false });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  }
  return {
    port,
    securePort,
    certificate: readFileSync(certificate, 'utf8'),
    deliver: (user, mail, into = 'INBOX') =>
      inside(user, async (client) => {
        if (into !== 'INBOX') await client.mailboxCreate(into);
        await client.append(into, mail);
      }),
    look: (user, into = 'INBOX') =>
      inside(user, async (client) => {
        await client.mailboxOpen(into, { readOnly: true });
        const mails = await client.fetchAll('1:*', { envelope: true, flags: true });
        return mails.map(({ envelope, flags }) => ({
          subject: envelope?.subject ?? '',
          seen: flags?.has('\\Seen') ?? false,
        }));
      }),
    async stop() {
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function configuration(folder: string, port: number, securePort: number): string {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/certificate.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = nobody
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${securePort}
    ssl = yes
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = "password=${PASSWORD}"
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${folder}/mail/%u
}
`;
}
