import { defineConfig } from 'vitest/config';

/** Browser journeys: the whole rehearsal as processes, and chromium in front of it. One after another. */
export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    fileParallelism: false,
    bail: 1,
    testTimeout: 240_000,
    hookTimeout: 120_000,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  },
});
