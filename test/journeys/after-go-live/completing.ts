import { expect, it } from 'vitest';
import { axeFindings } from '../../support/axe.ts';
import { asks, look, type Scene, says } from './scene.ts';

/** Closing tasks, the completion, and the notice that only then goes out (rules 21, 25). */
export function completed(scene: () => Scene): void {
  it('25: each closing task is ticked by its owner; until then it is said what is missing and who ticks it', async () => {
    const { chat } = scene();
    const refused = await asks(chat, 'e-rs-lead', '/bsu complete');
    expect(refused).toMatch(
      /cannot be completed yet[\s\S]*Displaced appointments are worked \(e-RS lead\) is not ticked/,
    );
    await look(chat.page, '40-closing-missing');
    for (const [as, key] of CLOSING) {
      await chat.as(as);
      await chat.type('/bsu checklist');
      await chat.press(`Tick: ${key.replaceAll('-', ' ')}`);
      await chat.page.locator('#dialog form').waitFor();
      if (as === 'tester') await look(chat.page, '41-tick-form');
      await chat.fill({ evidence: 'Done in the rehearsal' });
    }
    await says(chat, '✔ The test service is unpublished');
    await look(chat.page, '42-checklist');
  });

  it('25: the e-RS lead completes it; the board says so, and what comes next', async () => {
    const { chat, page } = scene();
    await chat.as('e-rs-lead');
    const ready = await asks(chat, 'e-rs-lead', '/bsu verify');
    expect(ready).toContain('the e-RS lead can complete the plan');
    await look(chat.page, '43-ready');
    await chat.press('Complete');
    await says(chat, '✔ Plan 1 is completed: the new system is verified');
    await look(chat.page, '44-completed');
    const board = await page('approver', '/bsu board');
    await look(board, '45-board-completed');
    expect(await axeFindings(board)).toEqual([]);
  });

  it('25: the completed notice goes to everybody who was told of the outage', async () => {
    const { chat, beside, outside, world } = scene();
    await chat.as('communications-lead');
    await chat.type('/bsu send completed now');
    await look(chat.page, '46-completed-notice');
    await chat.press('Send to 102');
    await chat.sees(/outage over · sent/);
    await look(chat.page, '47-completed-sent');
    const { messages } = await world.get('/inbox/api/messages?subject=outage&limit=1');
    expect(messages).toHaveLength(1);
    await beside.goto(`${outside}/inbox`);
    await look(beside, '48-inbox');
  });
}

const CLOSING = [
  ['e-rs-lead', 'displaced'],
  ['tester', 'test-bookings-cancelled'],
  ['service-definer', 'test-service-unpublished'],
] as const;
