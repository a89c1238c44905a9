import { z } from 'zod';
import { defineCommand } from '../src/command.ts';
import { serviceDefiners } from './plan/definers.ts';
import { draftPlan } from './plan/draft.ts';
import { draftFields } from './plan/draft-input.ts';

export const command = defineCommand({
  verb: 'practice',
  summary: 'Try it all with one to three test services first',
  examples: ['/bsu practice 7000001', '/bsu practice ids=7000001,7000002'],
  who: ['planner', 'service-definer', 'e-rs-lead'],
  menu: 'none',
  needsMigration: true,
  input: z.object({
    ...draftFields,
    ids: z
      .string()
      .meta({ label: 'Test service ids', hint: 'One to three', word: '\\d{6,20}(?:,\\d{6,20})*', field: 'text' }),
  }),
  async choices(ctx) {
    const definers = (await serviceDefiners(ctx)).map(({ id, name }) => ({ value: String(id), label: name }));
    return { runner: definers, deputy: [...definers, { value: 'none', label: 'Nobody yet' }] };
  },
  run: (ctx, input) => draftPlan(ctx, 'practice', input),
});
