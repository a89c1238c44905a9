import { expect, it } from 'vitest';
import { NEW_ASID, OLD_ASID } from '../../../src/rehearsal/sample-organisations.ts';
import { UROLOGY } from './polls.ts';
import { asks, look, type Scene, says } from './scene.ts';

/** Is every service where the plan says? The same night, by reading the screen (rule 26). */
export function reconciledTheSameNight(scene: () => Scene): void {
  it('26: what the screen shows is read service by service; one that is not as planned has an owner, who is called', async () => {
    const { chat, definer, outside } = scene();
    await linkByHand(definer, outside, OLD_ASID);
    const before = await asks(chat, 'tester', '/bsu reconcile');
    expect(before).toContain('0 of 3 services read on the screen');
    const wrong = await asks(chat, 'tester', `/bsu reconcile read ${UROLOGY} ${OLD_ASID}`);
    expect(wrong).toMatch(/1 difference from what was planned[\s\S]*still on the old system[\s\S]*service definer/);
    await look(chat.page, '30-difference');
    await chat.as('service-definer');
    await chat.sees(`${UROLOGY} still on the old system`);
    await look(chat.page, '31-difference-called');
  });

  it('26: put right by hand, and read again, it is as planned; the rest is read at once', async () => {
    const { chat, definer, outside } = scene();
    await linkByHand(definer, outside, NEW_ASID);
    await definer.getByRole('button', { name: /slot poll/i }).click();
    const right = await asks(chat, 'service-definer', `/bsu reconcile read ${UROLOGY} ${NEW_ASID}`);
    expect(right).toContain('1 of 3 services read');
    await chat.confirm('All 3 as planned', 'Yes, all as planned');
    await says(chat, '✔ Plan 1: what was looked at is as planned');
    await look(chat.page, '32-as-planned');
  });
}

async function linkByHand(page: Scene['definer'], outside: string, asid: string): Promise<void> {
  await page.goto(`${outside}/ers/services/${UROLOGY}`);
  await page.locator('#asid').selectOption(asid);
  await page.getByRole('button', { name: 'Save the provider system' }).click();
  await page.getByText('The provider system was changed, effective at once.').waitFor();
}
