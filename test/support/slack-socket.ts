import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Slack's side of Socket Mode, for tests: takes one connection, sends envelopes, and gives what comes back. */
export class FakeSocket {
  url = '';
  readonly #server: Server = createServer();
  readonly #answers = new Map<string, (payload: unknown) => void>();
  readonly #connected = Promise.withResolvers<Socket>();

  async start(): Promise<this> {
    this.#server.on('upgrade', (request, socket: Socket) => {
      const key = createHash('sha1').update(
        `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`,
      );
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key.digest('base64')}\r\n\r\n`,
      );
      socket.on('data', (data) => this.#receive(socket, Buffer.from(data)));
      socket.on('error', () => {});
      socket.write(frame(1, JSON.stringify({ type: 'hello' })));
      this.#connected.resolve(socket);
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** Sends one payload and resolves with the payload of its acknowledgement. */
  async send(type: 'slash_commands' | 'interactive' | 'events_api', payload: unknown): Promise<unknown> {
    const socket = await this.#connected.promise;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const envelope = `envelope-${this.#answers.size}`;
    this.#answers.set(envelope, resolve);
    socket.write(frame(1, JSON.stringify({ type, envelope_id: envelope, payload, accepts_response_payload: true })));
    return promise;
  }

  async stop(): Promise<void> {
    (await this.#connected.promise).destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #receive(socket: Socket, data: Buffer): void {
    for (let rest = data; rest.length > 5; ) {
      const short = (rest[1] ?? 0) & 127;
      const at = short === 126 ? 4 : 2;
      const length = short === 126 ? rest.readUInt16BE(2) : short;
      const mask = rest.subarray(at, at + 4);
      const text = rest.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
      const kind = (rest[0] ?? 0) & 15;
      if (kind === 8) socket.end(frame(8, ''));
      if (kind === 9) socket.write(frame(10, ''));
      if (kind === 1) this.#acknowledged(Buffer.from(text).toString('utf8'));
      rest = rest.subarray(at + 4 + length);
    }
  }

  #acknowledged(text: string): void {
    const { envelope_id, payload } = JSON.parse(text) as { envelope_id: string; payload: unknown };
    this.#answers.get(envelope_id)?.(payload);
  }
}

/** An unmasked frame of at most 64 KB. */
function frame(kind: number, text: string): Buffer {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([128 | kind, body.length])
      : Buffer.from([128 | kind, 126, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
}
