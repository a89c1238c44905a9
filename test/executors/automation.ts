import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault =
  | 'never-answers'
  | 'applies-and-never-answers'
  | 'applies-and-closes-mid-answer'
  | 'closes-at-once'
  | 'answers-twice'
  | 'applies-and-answers-late'
  | 'error-500'
  | 'applies-and-error-500'
  | 'busy'
  | 'garbage'
  | 'half-the-results'
  | 'refuses-all'
  | 'says-applied-and-does-nothing';

export interface AutomationService {
  organisation: string;
  asid: string;
  lastKey: string | null;
  applied: number;
}

export interface Automation {
  readonly url: string;
  readonly secret: string;
  readonly services: Map<string, AutomationService>;
  /** Faults for the next batches, in order; then none. */
  readonly faults: Fault[];
  /** Services that are always refused, with the reason. */
  readonly refused: Map<string, string>;
  readonly seen: { batches: number; reads: number; unsigned: number; repeats: number; keys: string[] };
  limits: { maximumSeconds: number; maximumBatch: number };
  delayMilliseconds: number;
  /** Called when a batch has arrived, before anything is done with it. */
  onBatch: (() => void) | null;
  /** Forgets all keys, as if new. */
  forget(): void;
  close(): Promise<void>;
}

interface Item {
  key: string;
  serviceId: string;
  from: { organisation: string; asid: string };
  to: { organisation: string; asid: string };
}

/** A small automation that keeps the contract of docs/automation.md, and breaks it on request. */
export async function startAutomation(
  services: readonly { serviceId: string; organisation: string; asid: string }[] = [],
): Promise<Automation> {
  const remembered = new Map<string, { body: string; result: object }>();
  const automation: Omit<Automation, 'url' | 'close' | 'forget'> = {
    secret: 'a-secret-for-tests',
    services: new Map(services.map((one) => [one.serviceId, { ...one, lastKey: null, applied: 0 }])),
    faults: [],
    refused: new Map(),
    seen: { batches: 0, reads: 0, unsigned: 0, repeats: 0, keys: [] },
    limits: { maximumSeconds: 0, maximumBatch: 100 },
    delayMilliseconds: 0,
    onBatch: null,
  };

  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (!isSigned(request, body)) {
        automation.seen.unsigned++;
        return send(response, 401, {});
      }
      const path = request.url ?? '';
      if (path === '/automation') return send(response, 200, automation.limits);
      if (path === '/automation/batches') return batch(JSON.parse(body).items, response);
      return read(decodeURIComponent(path.slice('/automation/services/'.length)), response);
    });
  });

  function isSigned(request: IncomingMessage, body: string): boolean {
    const timestamp = String(request.headers['x-changeover-timestamp']);
    const signed = `${timestamp}.${request.method} ${request.url}.${body}`;
    const expected = `v1=${createHmac('sha256', automation.secret).update(signed).digest('hex')}`;
    return (
      request.headers['x-changeover-signature'] === expected && Math.abs(Date.now() / 1000 - Number(timestamp)) < 300
    );
  }

  function read(serviceId: string, response: ServerResponse) {
    automation.seen.reads++;
    const service = automation.services.get(serviceId);
    if (!service) return send(response, 404, {});
    return send(response, 200, {
      serviceId,
      organisation: service.organisation,
      asid: service.asid,
      lastKey: service.lastKey,
    });
  }

  function batch(items: Item[], response: ServerResponse) {
    automation.seen.batches++;
    automation.onBatch?.();
    const fault = automation.faults.shift();
    if (fault === 'never-answers') return;
    if (fault === 'closes-at-once') return response.socket?.destroy();
    if (fault === 'error-500') return send(response, 500, {});
    if (fault === 'busy') return send(response, 429, {}, { 'retry-after': '1' });
    if (fault === 'garbage') return response.end('<html>Bad gateway</html>');
    if (fault === 'refuses-all') return send(response, 422, {});
    if (fault === 'says-applied-and-does-nothing') {
      return send(response, 200, { results: items.map(({ key }) => ({ key, outcome: 'applied' })) });
    }
    const results = items.map(applyOne);
    if (fault === 'applies-and-never-answers') return;
    if (fault === 'applies-and-answers-late') return void setTimeout(() => send(response, 200, { results }), 300);
    if (fault === 'applies-and-error-500') return send(response, 500, {});
    if (fault === 'applies-and-closes-mid-answer') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '99999' });
      response.write(JSON.stringify({ results }).slice(0, 20));
      return setImmediate(() => response.socket?.destroy());
    }
    if (fault === 'answers-twice') return send(response, 200, { results: [...results, ...results] });
    if (fault === 'half-the-results') return send(response, 200, { results: results.slice(0, items.length / 2) });
    if (automation.delayMilliseconds > 0) {
      return setTimeout(() => send(response, 200, { results }), automation.delayMilliseconds);
    }
    return send(response, 200, { results });
  }

  function applyOne(item: Item): object {
    const body = JSON.stringify(item);
    const before = remembered.get(item.key);
    if (before) automation.seen.repeats++;
    if (before)
      return before.body === body ? before.result : { key: item.key, serviceId: item.serviceId, outcome: 'refused' };
    automation.seen.keys.push(item.key);
    const reason = automation.refused.get(item.serviceId);
    const service = automation.services.get(item.serviceId);
    const outcome = reason === undefined && service ? 'applied' : 'refused';
    const result = {
      key: item.key,
      serviceId: item.serviceId,
      outcome,
      ...(outcome === 'refused' ? { reason: reason ?? 'unknown service' } : {}),
    };
    if (outcome === 'applied' && service) {
      remembered.set(item.key, { body, result });
      Object.assign(service, item.to, { lastKey: item.key, applied: service.applied + 1 });
    }
    return result;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(automation, {
    url: `http://127.0.0.1:${port}/automation`,
    forget: () => remembered.clear(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
