import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { listen } from '../../src/app/listen.ts';
import { ConfigurationError } from '../../src/kernel/errors.ts';

it('29: a port in use is said with what to do, not with a stack', async () => {
  const [first, second] = [createServer(), createServer()];
  await listen(first, 0, '127.0.0.1');
  const { port } = first.address() as AddressInfo;
  try {
    const error = await listen(second, port, '127.0.0.1').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(`${port} is in use. Stop the program that has it`);
  } finally {
    first.close();
  }
});
