import { z } from 'zod';
import { answer, defineCommand } from '../src/command.ts';
import type { DoctorCheck } from '../src/domain/status.ts';
import { next } from '../src/kernel/errors.ts';

export const command = defineCommand<z.ZodObject, readonly DoctorCheck[]>({
  verb: 'doctor',
  summary: 'Is everything connected: database, chat, channels, mail, address, clock; and what to do where not',
  examples: ['/bsu doctor'],
  who: ['e-rs-lead', 'administrator'],
  menu: 'none',
  needsMigration: false,
  input: z.object({}),
  prepare: (ctx) => ctx.diagnosis.examine(ctx.migration?.id ?? null),
  async run(ctx, _input, checks = []) {
    const unwell = checks.filter(({ ok }) => !ok).map(({ what }) => what);
    ctx.record({ act: 'doctor', about: 'installation', facts: { checks: checks.length, unwell } });
    return answer('doctor', { checks }, { next: [next('Look again', 'doctor')] });
  },
});
