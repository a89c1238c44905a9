import type { AppOptions, IPlugin } from '@microsoft/teams.apps';
import type { Log } from '../../kernel/log.ts';

type ILogger = NonNullable<AppOptions<IPlugin>['logger']>;

/** The SDK's warnings in our log, without what it says below that: whole activities are in it. */
export function quietLogger(log: Log): ILogger {
  const warn = (...words: unknown[]): void => log.warn({ from: 'teams' }, words.map(firstLine).join(' '));
  const logger: ILogger = {
    debug: () => {},
    info: () => {},
    trace: () => {},
    warn,
    error: warn,
    log: (level, ...words) => (level === 'error' || level === 'warn' ? warn(...words) : undefined),
    child: () => logger,
  };
  return logger;
}

/** An error of the SDK's HTTP client holds the request with its token: only its message is kept. */
function firstLine(word: unknown): string {
  const text = word instanceof Error ? word.message : typeof word === 'string' ? word : typeof word;
  return text.split('\n', 1)[0]?.slice(0, 300) ?? '';
}
