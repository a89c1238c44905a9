import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { parityDocument } from './parity.ts';

it('docs/parity.md is what the register of verbs and the surfaces make (npm run -s parity > docs/parity.md)', () => {
  const written = readFileSync(new URL('../../docs/parity.md', import.meta.url), 'utf8');
  expect(written).toBe(parityDocument());
  for (const { verb } of commands) expect(written).toContain(`| \`${verb}\` |`);
  expect(written).not.toContain('| nothing');
});
