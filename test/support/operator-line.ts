import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Rehearsal, withoutSettings } from './rehearsal.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** What an operator types beside the running service: `npm run -s bsu -- …`. Gives what it prints. */
export async function operatorLine(rehearsal: Rehearsal, words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', CLI, ...words],
    {
      env: { ...withoutSettings(), CHANGEOVER_DATA: rehearsal.data, CHANGEOVER_MODE: 'rehearsal' },
    },
  );
  return stdout;
}
