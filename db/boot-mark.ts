import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../src/kernel/clock.ts';

/**
 * Under which boot of the machine a folder was last open. The embedded database reaches the disk when the machine sees fit:
 * it survives the program's crash, but what was written just before the machine stopped may be gone (contracts, Mail).
 */
export interface BootMark {
  /** The machine stopped while the folder was open; also where nobody can tell, since the mark is missing. */
  readonly unclean: boolean;
  /** The folder is in use from now on. Only after what an unclean stop asks for is done: until then it stays unclean. */
  begin(): Promise<void>;
  /** Everything is on the disk, and the folder is closed. Nothing where it was never begun. */
  end(): Promise<void>;
}

export async function readBootMark(folder: string, boot: () => Promise<string> = bootOfThisMachine): Promise<BootMark> {
  const file = join(folder, 'boot.json');
  const now = await boot();
  const opened = systemClock.now().epochMilliseconds;
  const before = await readFile(file, 'utf8').catch(() => null);
  const known = before === null ? null : parsed(before);
  const unclean =
    known === null ? existsSync(join(folder, 'database')) : known.state === 'open' && !sameBoot(known.boot, now);
  let begun = false;
  return {
    unclean,
    async begin() {
      await write(folder, file, { boot: now, state: 'open' });
      begun = true;
    },
    async end() {
      if (!begun) return;
      await flush(join(folder, 'database'), opened);
      await write(folder, file, { boot: now, state: 'closed' });
    },
  };
}

interface Mark {
  readonly boot: string;
  readonly state: 'open' | 'closed';
}

/** A mark that nobody can read is none. */
function parsed(text: string): Mark | null {
  try {
    const mark: unknown = JSON.parse(text);
    const fits = typeof mark === 'object' && mark !== null && 'boot' in mark && 'state' in mark;
    return fits ? (mark as Mark) : null;
  } catch {
    return null;
  }
}

/**
 * Linux gives each boot an id. Elsewhere the time of the boot stands for it: macOS says it, another system's is worked out
 * from how long it has been up, and two such times within a minute are one boot.
 */
async function bootOfThisMachine(): Promise<string> {
  if (process.platform === 'linux') return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  if (process.platform === 'darwin') {
    const { stdout } = await promisify(execFile)('sysctl', ['-n', 'kern.bootsessionuuid']);
    return stdout.trim();
  }
  return `${UP_SINCE}${Math.round(systemClock.now().epochMilliseconds / 1000 - uptime())}`;
}

const UP_SINCE = 'up since ';

function sameBoot(one: string, other: string): boolean {
  if (!one.startsWith(UP_SINCE) || !other.startsWith(UP_SINCE)) return one === other;
  return Math.abs(Number(one.slice(UP_SINCE.length)) - Number(other.slice(UP_SINCE.length))) < 60;
}

/** Whole or not at all, and on the disk before it counts. */
async function write(folder: string, file: string, mark: Mark): Promise<void> {
  const aside = `${file}.new`;
  const handle = await open(aside, 'w');
  try {
    await handle.writeFile(JSON.stringify(mark));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
  await sync(folder);
}

/** Every file that was written since, and its folder. */
async function flush(folder: string, since: number): Promise<void> {
  if (!existsSync(folder)) return;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await sync(path);
    else if (entry.isFile() && (await stat(path)).mtimeMs >= since - 1_000) await sync(path);
  }
  await sync(folder);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows syncs no folder.
    if (process.platform !== 'win32') throw error;
  } finally {
    await handle.close();
  }
}
