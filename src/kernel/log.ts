import { pino } from 'pino';

export type Log = Pick<ReturnType<typeof pino>, 'info' | 'warn' | 'error' | 'debug'>;

/** Structured log on standard error. Secrets and personal links are redacted by path; messages must hold neither. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: ['*.token', '*.secret', '*.password', '*.authorization', '*.response_url', '*.url', 'headers', 'email'],
        censor: '[hidden]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

export const silentLog: Log = { info() {}, warn() {}, error() {}, debug() {} };
