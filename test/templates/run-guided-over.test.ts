import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { runSamples } from '../support/card-samples/run.ts';

it('12: once the window is over, no step of a guided run says "press Update"; reading back goes on', () => {
  const samples = runSamples['run.shown'].filter(({ facts }) => facts.guided !== null && facts.state === 'running');
  expect(samples.length).toBeGreaterThan(3);
  for (const { what, facts } of samples) {
    const text = toPlainText(cardOf({ code: 'run.shown', facts: { ...facts, at: facts.window.to }, next: [] }));
    expect(text, what).not.toMatch(/[Tt]hen press Update/);
    const isWrong = (facts.guided?.wrong.length ?? 0) > 0;
    expect(/The window is over: do not press Update now/.test(text), what).toBe(
      !isWrong && facts.guided?.step !== 'read-back',
    );
  }
});
