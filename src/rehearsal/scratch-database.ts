import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ScratchDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of its own on the server of TEST_DATABASE_URL; it goes when it is dropped, or when this process ends. */
export async function scratchDatabase(): Promise<ScratchDatabase> {
  const child = spawn(process.execPath, [SCRATCH], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const first = await Promise.race([once(createInterface(child.stdout), 'line'), exited]);
  if (child.exitCode !== null)
    throw new Error('The server of TEST_DATABASE_URL gave no database. What it said is above.');
  return {
    url: String(first[0]),
    drop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

const SCRATCH = fileURLToPath(new URL('../../db/scratch.ts', import.meta.url));
