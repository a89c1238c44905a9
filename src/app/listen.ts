import type { Server } from 'node:http';
import { ConfigurationError } from '../kernel/errors.ts';

/** Listens. Throws a ConfigurationError with the remedy where the port cannot be had. */
export function listen(server: Server, port: number, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    const why = REASONS[error.code ?? ''];
    reject(why === undefined ? error : new ConfigurationError([`PORT: ${port} ${why}`]));
  });
  server.listen(port, host, () => resolve());
  return promise;
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use. Stop the program that has it (another Changeover, perhaps), or set another PORT',
  EACCES: 'may not be used by this user. Set PORT to one above 1023, and let a proxy answer on 443',
};
