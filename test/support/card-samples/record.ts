import type { PackAnswers } from '../../../src/domain/pack.ts';
import type { SamplesFor } from './samples-for.ts';

export const recordSamples: SamplesFor<PackAnswers> = {
  'pack.made': [
    {
      what: 'The evidence pack',
      facts: {
        plan: 12,
        services: 248,
        events: 214,
        head: '5f1c0e2b9a7d4c3e',
        hash: '8a1c0e2b9a7d4c3e',
        name: 'evidence-plan-12-8a1c0e2b',
      },
    },
  ],
};
