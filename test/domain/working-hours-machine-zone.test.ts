import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./print-hours.ts', import.meta.url));

it('11: the verdict never depends on the machine’s zone', async () => {
  const printed = await Promise.all(
    ['Europe/London', 'America/Los_Angeles', 'Pacific/Kiritimati'].map(async (TZ) => {
      const { stdout } = await run(process.execPath, [script], { env: { ...process.env, TZ }, maxBuffer: 1e8 });
      return stdout;
    }),
  );
  expect(printed[0]?.length).toBeGreaterThan(10_000);
  expect(new Set(printed).size).toBe(1);
});
