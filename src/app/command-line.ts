import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { askHolder } from '../../db/folder-lock.ts';
import type { App } from '../app.ts';
import { answer } from '../command.ts';
import type { Config } from '../config.ts';
import { Refusal } from '../kernel/errors.ts';
import { createLog } from '../kernel/log.ts';
import type { Arguments } from '../surfaces/cli/arguments.ts';
import { type CliAnswer, cliAnswer } from '../surfaces/cli/cli-answer.ts';
import { operatorAccount } from './administrator.ts';
import { diagnosisWithout } from './doctor.ts';

const REHEARSAL_OPERATOR = 'administrator@rehearsal.example';

/** Runs one line as the operator, or in a rehearsal as whom `--as` names (contracts, Modes). */
export async function runLine(app: App, request: Arguments): Promise<CliAnswer> {
  if (request.as !== null && app.config.mode === 'service') {
    const refusal = new Refusal(
      'as-refused',
      'In service the command line acts as its configured operator (ADMIN_EMAIL); --as is for rehearsals.',
    );
    return cliAnswer({ kind: 'refusal', verb: '', refusal }, request.json);
  }
  const email = request.as ?? app.config.adminEmail ?? REHEARSAL_OPERATOR;
  if (request.missing !== null) {
    const refusal = new Refusal('no-such-file', `There is no file "${request.missing}" here. Check its path.`);
    return cliAnswer({ kind: 'refusal', verb: '', refusal }, request.json);
  }
  let text = request.line;
  for (const { path, field } of request.files) text += ` ${field}=${await keepFile(app, path)}`;
  const outcome = await app.dispatch({
    account: operatorAccount(email),
    channel: null,
    text,
    private: true,
    ...(request.linkFor === null ? {} : { linkFor: request.linkFor }),
  });
  return cliAnswer(outcome, request.json);
}

/** `bsu doctor` where the database cannot be opened: that, and what can be looked at without it. */
export async function examineWithout(config: Config, reason: unknown, json: boolean): Promise<CliAnswer> {
  const checks = await diagnosisWithout(config, createLog('silent'), reason);
  const found = answer('doctor', { checks });
  return cliAnswer({ kind: 'answer', verb: 'doctor', answer: found, auditSeq: null }, json);
}

/** Sends the line to the process that holds the data folder; both see the same files of this machine. */
export async function askRunningService(address: string, request: Arguments): Promise<CliAnswer> {
  const reply = await askHolder(address, JSON.stringify(request));
  const answer: unknown = JSON.parse(reply);
  if (typeof answer === 'object' && answer !== null && 'exitCode' in answer && 'text' in answer)
    return answer as CliAnswer;
  throw new Error('The running service could not answer. Try again in a moment.');
}

/** Answers the lines that other processes send while this one holds the folder. */
export function serveLines(app: App, wake: () => void): void {
  app.connection.lock?.serve(async (line) => {
    try {
      const answer = await runLine(app, JSON.parse(line) as Arguments);
      wake();
      return JSON.stringify(answer);
    } catch (error) {
      app.log.error({ err: error }, 'a line from the command line failed');
      return JSON.stringify({ exitCode: 3, text: 'The running service could not do that. See its log.', files: [] });
    }
  });
}

function keepFile(app: App, path: string): Promise<string> {
  return app.files.put(basename(path), createReadStream(path));
}
