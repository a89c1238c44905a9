import { commands } from '../commands/index.ts';
import { FolderHeld } from '../db/folder-lock.ts';
import { askRunningService, examineWithout, runLine } from './app/command-line.ts';
import { verifyFile } from './app/verify-file.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { ConfigurationError } from './kernel/errors.ts';
import { createLog } from './kernel/log.ts';
import { readArguments } from './surfaces/cli/arguments.ts';
import type { CliAnswer } from './surfaces/cli/cli-answer.ts';
import { keepFiles } from './surfaces/cli/keep-files.ts';

/** `bsu VERB … [--json] [--as EMAIL] [--link-for EMAIL] [--save FOLDER]`: the same verbs for operators; exit 0 done, 1 refused, 2 usage, 3 fault. */
async function main(): Promise<number> {
  const checked = verifyFile(process.argv.slice(2), process.cwd());
  if (checked !== null) {
    process.stdout.write(`${checked.text}\n`);
    return checked.exitCode;
  }
  const config = readConfig(process.env);
  const request = readArguments(process.argv.slice(2), commands, process.cwd());
  const answer = await answerOf();
  process.stdout.write(`${answer.text}\n`);
  keepFiles(answer.files, request.save, (line) => process.stderr.write(`${line}\n`));
  return answer.exitCode;

  async function answerOf(): Promise<CliAnswer> {
    try {
      const app = await createApp(config, createLog('error'));
      try {
        return await runLine(app, request);
      } finally {
        await app.close();
      }
    } catch (error) {
      // The service holds the embedded folder: it runs the verb for us.
      if (error instanceof FolderHeld) return askRunningService(error.address, request);
      if (request.line === 'doctor') return examineWithout(config, error, request.json);
      throw error;
    }
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigurationError ? 2 : 3;
}
