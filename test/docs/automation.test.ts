import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpExecutor } from '../../src/executors/http.ts';
import { limitsIn, outcomesIn, readBackIn } from '../../src/executors/http-answers.ts';
import { systemClock } from '../../src/kernel/clock.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
}
interface Operation {
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}
const openapi = JSON.parse(readFileSync(new URL('../../docs/automation-openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: Record<string, { name: string }>;
  };
};

const seen: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    response.end('{}');
  });
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const executor = createHttpExecutor({ url: `http://127.0.0.1:${port}/automation`, secret: 's', clock: systemClock });
  const link = { organisation: 'XR1', asid: '200000000220' };
  await executor.limits();
  await executor.apply([{ key: 'm1:7000001:forward:1', serviceId: '7000001', from: link, to: link }], 5);
  await executor.readBack('7000001', 5);
  executor.close();
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it('15: the documented requests are those that are sent, signed as documented', () => {
  const documented = Object.entries(openapi.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace('{serviceId}', '7000001')}`),
  );
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(documented);
  for (const { headers } of seen) {
    for (const { name } of Object.values(openapi.components.securitySchemes)) expect(headers[name]).toBeTruthy();
  }
});

it('15: the batch that is sent is the documented one', () => {
  const schema = openapi.paths['/automation/batches']?.post?.requestBody?.content['application/json'].schema;
  expect(faults(JSON.parse(seen[1]?.body ?? ''), schema ?? {})).toEqual([]);
});

it('15: what is documented as an answer is understood', () => {
  const example = (name: string) => JSON.stringify(sample(openapi.components.schemas[name] ?? {}));
  expect(limitsIn(example('Limits'))).not.toBeNull();
  expect(readBackIn(example('ReadBack'), 'text')).not.toBeNull();
  const link = { organisation: 'XR1', asid: '1' };
  const outcomes = outcomesIn(example('Results'), [{ key: 'text', serviceId: 'text', from: link, to: link }]);
  expect(outcomes?.get('text')).toEqual({ kind: 'applied' });
});

it('15: every documented outcome is known', () => {
  const outcomes = openapi.components.schemas.Result?.properties?.outcome?.enum ?? [];
  const link = { organisation: 'XR1', asid: '1' };
  for (const outcome of outcomes) {
    const text = JSON.stringify({ results: [{ key: 'k', serviceId: '1', outcome }] });
    expect(outcomesIn(text, [{ key: 'k', serviceId: '1', from: link, to: link }])?.get('k')?.kind).toBe(outcome);
  }
  expect(outcomes).toEqual(['applied', 'refused']);
});

function resolved(schema: Schema): Schema {
  return schema.$ref ? (openapi.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
}

/** What of a value is not as its schema says: unknown and missing names, wrong types. */
function faults(value: unknown, given: Schema, at = ''): string[] {
  const schema = resolved(given);
  if (schema.type === 'array') {
    return (value as unknown[]).flatMap((one, index) => faults(one, schema.items ?? {}, `${at}/${index}`));
  }
  if (schema.type !== 'object') {
    return typeof value === schema.type ? [] : [`${at} is ${typeof value}`];
  }
  const object = value as Record<string, unknown>;
  const known = Object.keys(schema.properties ?? {});
  return [
    ...(schema.required ?? []).filter((name) => !(name in object)).map((name) => `${at}/${name} is missing`),
    ...Object.keys(object).flatMap((name) =>
      known.includes(name)
        ? faults(object[name], schema.properties?.[name] ?? {}, `${at}/${name}`)
        : [`${at}/${name} is not documented`],
    ),
  ];
}

/** The plainest value that a schema allows. */
function sample(given: Schema): unknown {
  const schema = resolved(given);
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'array') return [sample(schema.items ?? {})];
  if (schema.type === 'object') {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, sample(one)]));
  }
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  return Array.isArray(schema.type) ? null : 'text';
}
