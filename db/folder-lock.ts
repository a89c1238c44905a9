import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FolderLock {
  /** What the command line sends while the service holds the folder: one JSON line in, one out. */
  serve(answer: (line: string) => Promise<string>): void;
  release(): Promise<void>;
}

/** The folder belongs to another process, which answers on `address`. */
export class FolderHeld extends Error {
  readonly address: string;
  constructor(folder: string, address: string) {
    super(`Another process uses the data folder ${folder}. Stop it first, or set CHANGEOVER_DATA to another folder.`);
    this.name = 'FolderHeld';
    this.address = address;
  }
}

/**
 * Takes a folder for this process alone: PGlite has no lock of its own, and two processes on one folder lose rows.
 * A listening socket vanishes with its process, even after SIGKILL; it lies in the temporary folder under a hash of the
 * data folder's real path, since socket paths must be short.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true });
  const address = addressOf(folder);
  for (let attempt = 0; attempt < 5; attempt++) {
    const server = createServer();
    try {
      await listen(server, address);
      return held(server);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (await answers(address)) throw new FolderHeld(folder, address);
      removeStale(address);
    }
  }
  throw new FolderHeld(folder, address);
}

/** Sends one line to the process that holds the folder, and gives its answer. */
export function askHolder(address: string, line: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(address, () => socket.write(`${line}\n`));
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('end', () => resolve(text.trim()));
  socket.on('error', reject);
  return promise;
}

function addressOf(folder: string): string {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24);
  return process.platform === 'win32' ? `\\\\.\\pipe\\changeover-${name}` : join(tmpdir(), `changeover-${name}.sock`);
}

function listen(server: Server, address: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(address, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

function held(server: Server): FolderLock {
  let answer: (line: string) => Promise<string> = async () => JSON.stringify({ fault: 'starting' });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let line = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      line += chunk;
      if (line.endsWith('\n')) void answer(line.trim()).then((reply) => socket.end(`${reply}\n`));
    });
  });
  server.unref();
  return {
    serve(given) {
      answer = given;
    },
    async release() {
      for (const socket of sockets) socket.destroy();
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      await promise;
    },
  };
}

function answers(address: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(address, () => {
    socket.destroy();
    resolve(true);
  });
  socket.on('error', () => resolve(false));
  return promise;
}

/** Moves the dead socket aside before deleting it, so that one made meanwhile is never the one deleted. */
function removeStale(address: string): void {
  if (process.platform === 'win32') return;
  const aside = `${address}.stale-${process.pid}`;
  try {
    renameSync(address, aside);
    rmSync(aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
