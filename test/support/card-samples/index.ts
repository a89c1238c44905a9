import type { Answers } from '../../../src/domain/answers.ts';
import { installationSamples } from './installation.ts';
import { intakeSamples } from './intake.ts';
import { noticeSamples } from './notices.ts';
import { planSamples } from './plan.ts';
import { recordSamples } from './record.ts';
import { runSamples } from './run.ts';
import type { SamplesFor } from './samples-for.ts';
import { timeSamples } from './time.ts';
import { verificationSamples } from './verification.ts';

/** A sample of every answer, for tests and pictures. The type holds the list complete. */
export const cardSamples: SamplesFor<Answers> = {
  ...installationSamples,
  ...intakeSamples,
  ...planSamples,
  ...timeSamples,
  ...noticeSamples,
  ...runSamples,
  ...recordSamples,
  ...verificationSamples,
};
