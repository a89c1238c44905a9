import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

/** `npm run rehearse` with a smaller extract and fewer practices; gives its outcome. */
async function rehearse(...options: string[]): Promise<Readonly<Record<string, unknown>>> {
  const script = new URL('../../src/rehearsal/rehearse.ts', import.meta.url).pathname;
  const small = ['--json', '--rows', '3000', '--practices', '300'];
  const child = spawn(process.execPath, [script, ...small, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  expect(await exited).toEqual([0, null]);
  return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
}

const WHOLE = { failed: 0, appliedTwice: 0, auditOk: true, ok: true };

describe('The unattended rehearsal', () => {
  it('holds with the service killed in the run and in the sending', async () => {
    expect(await rehearse('--kill', '--services', '250')).toMatchObject({
      ...WHOLE,
      services: 250,
      applied: 250,
      kills: ['sending', 'run'],
      notices: { recipients: 342, accepted: 684, duplicates: 0 },
      refused: ['gaps', 'stale-card', 'author', 'working-hours'],
    });
  });

  it('holds when a person is guided through the e-RS screen', async () => {
    expect(await rehearse('--guided', '--services', '12')).toMatchObject({ ...WHOLE, applied: 12, byHand: 0 });
  });
});
