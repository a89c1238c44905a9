import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Channel } from '../ports/channel.ts';

export type Door = (request: IncomingMessage, response: ServerResponse) => void;

/** One chat platform: the channel by which we speak, and the surface by which people reach us under `path`. */
export interface OpenChat {
  readonly channel: Channel;
  readonly path: string;
  readonly surface: {
    /** Null where nobody calls us. */
    readonly handle: Door | null;
    start(): Promise<void>;
    stop(): Promise<void>;
  };
}
