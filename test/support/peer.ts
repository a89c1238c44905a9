import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'changeover-peers');

/** A program that others wrote, for journeys alone: fetched when they run, in no lockfile, and held to these bytes. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** Of the package as published: "sha512-…". */
  readonly integrity: string;
}

export const LOCAL_SLACK: Peer = {
  name: 'local-slack-linux-x64',
  version: '0.1.8',
  integrity: 'sha512-2BCTKxKajjZNWCSCj66Jq5VDScUDNpGZ1lA3281I8RvpDE4/ULCwC26TlcW6/4sPbSTs02Q3KjTiltJp3ZBEvg==',
};

/** The folder of the unpacked package. Rejects when it cannot be fetched, or is not the one that was meant. */
export async function fetchPeer({ name, version, integrity }: Peer): Promise<string> {
  const folder = join(CACHE, `${name}-${version}`);
  if (existsSync(folder)) return join(folder, 'package');
  const work = `${folder}.${process.pid}`;
  await mkdir(work, { recursive: true });
  try {
    await run('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', work], { cwd: work });
    const archive = join(work, `${name}-${version}.tgz`);
    const found = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`;
    if (found !== integrity) throw new Error(`${name} ${version} is not the package that was meant.`);
    await run('tar', ['xzf', archive, '-C', work]);
    await rm(archive);
    await rename(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return join(folder, 'package');
}

/** local-slack's program; null and why where it cannot be had or run here. */
export async function localSlack(): Promise<{ program: string } | { why: string }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { why: 'local-slack is for Linux on x64' };
  if (!canIsolate()) return { why: 'no network of its own can be made here (unshare, ip)' };
  try {
    const program = join(await fetchPeer(LOCAL_SLACK), 'bin', 'local-slack');
    await chmod(program, 0o755);
    return { program };
  } catch (error) {
    return { why: `local-slack cannot be fetched: ${error instanceof Error ? error.message.split('\n')[0] : error}` };
  }
}

/** `emulate` (exactly this version: later ones are another project) with what it needs; why where it cannot be had. */
export async function emulate(): Promise<{ program: string } | { why: string }> {
  const folder = join(CACHE, 'emulate-0.12.2');
  const program = join(folder, 'node_modules', 'emulate', 'dist', 'index.js');
  if (existsSync(program)) return { program };
  const work = `${folder}.${process.pid}`;
  try {
    await mkdir(work, { recursive: true });
    await writeFile(join(work, 'package.json'), '{"private":true}');
    const exact = ['emulate@0.12.2', 'commander@14.0.3', 'picocolors@1.1.1', 'yaml@2.9.1'];
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', ...exact], { cwd: work });
    const lock = JSON.parse(await readFile(join(work, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity?: string }>;
    };
    if (lock.packages['node_modules/emulate']?.integrity !== EMULATE_INTEGRITY) {
      throw new Error('emulate 0.12.2 is not the package that was meant.');
    }
    await rename(work, folder);
    return { program };
  } catch (error) {
    return { why: `emulate cannot be fetched: ${error instanceof Error ? error.message.split('\n')[0] : error}` };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const EMULATE_INTEGRITY =
  'sha512-cHz1ITT3xm3HJM6qSks7+ME5Bw/W7zp7ky2Ve4M4ANls46EfeAy0m/nWOjTLJEgLEQcA9gW+L3cWjuUcklJxtQ==';

/** local-slack listens on all interfaces, so that it runs in a network of its own that has nothing but itself. */
export const ISOLATED = [
  'unshare',
  '--net',
  '--map-root-user',
  'sh',
  '-c',
  'ip link set lo up && exec "$@"',
  'isolated',
];

function canIsolate(): boolean {
  const [program = '', ...rest] = ISOLATED;
  return spawnSync(program, [...rest, 'true'], { stdio: 'ignore' }).status === 0;
}
