import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TokenIssuer } from '../../support/teams-tokens.ts';

/** Where Microsoft's bot service stands: passes on what the client says, signed with keys that are published beside it. */
export interface SigningProxy {
  readonly url: string;
  readonly keysUrl: string;
  /** What passed, with the answer's status. */
  readonly passed: { readonly type: string; readonly status: number }[];
  stop(): Promise<void>;
}

export async function startSigningProxy(botUrl: string): Promise<SigningProxy> {
  const issuer = await new TokenIssuer().start();
  const passed: SigningProxy['passed'] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    // It looks whether somebody is there first.
    if (body === '') return void response.writeHead(405).end();
    const { serviceUrl, type } = JSON.parse(body) as { serviceUrl: string; type: string };
    const answer = await fetch(botUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token(serviceUrl)}` },
      body,
    });
    passed.push({ type, status: answer.status });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    keysUrl: issuer.url,
    passed,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await issuer.stop();
    },
  };
}
