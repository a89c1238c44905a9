import { expect, it } from 'vitest';
import { NEW_ASID } from '../../../src/rehearsal/sample-organisations.ts';
import { bookAtService, cancelAtService, removeSlotAtService } from '../../../src/rehearsal/story/ers-tests.ts';
import { CARDIOLOGY, DERMATOLOGY, UROLOGY } from './polls.ts';
import { asks, look, type Scene, says } from './scene.ts';

/** Verification in e-RS and in the PAS, with faults to find (rule 25). */
export function testsWithFaults(scene: () => Scene): void {
  it('25: a booking needs two marks, one in e-RS and one in the PAS', async () => {
    const { chat, beside, outside } = scene();
    await beside.goto(`${outside}/ers/book?service=${CARDIOLOGY}`);
    await beside.getByRole('button', { name: 'Book', exact: true }).click();
    await beside.getByText('The rehearsal calls this booking B-1').waitFor();
    const half = await asks(chat, 'tester', `/bsu verify ${CARDIOLOGY} book e-rs`);
    expect(half).toMatch(/one of two marks \(e-rs\)/);
    await beside.goto(`${outside}/pas?system=${NEW_ASID}`);
    expect(await beside.innerText('main')).toMatch(/B-1[\s\S]*Booked/);
    await look(beside, '10-pas-booked');
    const both = await asks(chat, 'tester', `/bsu verify ${CARDIOLOGY} book pas`);
    expect(both).toContain('1 of 9 tests');
    await look(chat.page, '11-booked');
  });

  it('25: a cancellation that the PAS answers with an error is a failed test, in e-RS’s own word, that calls who is needed', async () => {
    const { chat, beside, outside, world } = scene();
    await world.post('/_world/knobs', { ers: { pasFaults: [{ asid: NEW_ASID, act: 'cancel' }] } });
    await beside.goto(`${outside}/ers/bookings`);
    await beside.getByRole('button', { name: 'Cancel B-1' }).click();
    expect(await beside.innerText('main')).toContain('PAS_RESPONDED_WITH_ERROR');
    await look(beside, '12-e-rs-not-cancelled');
    await chat.as('tester');
    await chat.type('/bsu verify');
    await chat.press('Record a test');
    await chat.page.locator('#dialog form').waitFor();
    await look(chat.page, '13-record-form');
    await chat.fill({ services: CARDIOLOGY, result: 'failed', scenario: 'cancel', reason: 'PAS_RESPONDED_WITH_ERROR' });
    await says(chat, /✖ Verifying plan 1 · 1 test failed[\s\S]*Undo…\s+By hand\s+Accept…/);
    await look(chat.page, '14-failed');
    await chat.as('clinical-safety-officer');
    await chat.sees(
      `A test failed at ${CARDIOLOGY}: Cancel in e-RS, see it cancelled in the PAS: PAS_RESPONDED_WITH_ERROR.`,
    );
    await look(chat.page, '15-failed-called');
  });

  it('25: while it fails nobody completes the plan, and the completed notice stays locked', async () => {
    const { chat } = scene();
    const refused = await asks(chat, 'e-rs-lead', '/bsu complete');
    expect(refused).toMatch(/Plan 1 cannot be completed yet[\s\S]*7012001 cancel failed \(PAS_RESPONDED_WITH_ERROR\)/);
    await look(chat.page, '16-complete-refused');
    const locked = await asks(chat, 'communications-lead', '/bsu send completed now');
    expect(locked).toMatch(/Locked until the plan is completed[\s\S]*Show the tests/);
    await look(chat.page, '17-notice-locked');
  });

  it('25: each way on says what it takes: undo, by hand, acceptance by the clinical safety officer alone', async () => {
    const { chat } = scene();
    await chat.as('service-definer');
    await chat.type('/bsu verify');
    await chat.press('Undo…');
    await look(chat.page, '18-undo');
    expect(await chat.page.locator('#dialog').innerText()).toMatch(/old PAS answer\?\n/);
    await chat.page.keyboard.press('Escape');
    await chat.press('By hand');
    await says(chat, '/bsu reconcile read SERVICE ASID');
    await look(chat.page, '19-by-hand');
    await chat.as('tester');
    await chat.type('/bsu verify');
    await chat.press('Accept…');
    await says(chat, 'Ask: A clinical safety officer');
    await chat.as('clinical-safety-officer');
    expect(await asks(chat, 'clinical-safety-officer', '/bsu verify')).toContain('1 test failed');
    await look(chat.page, '20-officer-looks');
  });

  it('25: repaired, it is tested again, and passes', async () => {
    const { chat, beside, outside, world } = scene();
    await world.post('/_world/knobs', { ers: { pasFaults: [] } });
    await beside.goto(`${outside}/ers/bookings`);
    await beside.getByRole('button', { name: 'Cancel B-1' }).click();
    await beside.goto(`${outside}/pas?system=${NEW_ASID}`);
    expect(await beside.innerText('main')).toMatch(/B-1[\s\S]*Cancelled/);
    const again = await asks(chat, 'tester', `/bsu verify ${CARDIOLOGY} cancel passed`);
    expect(again).toContain('2 of 9 tests');
    expect(again).not.toContain('failed');
    for (const id of [DERMATOLOGY, UROLOGY]) {
      const booked = await bookAtService(world, id);
      expect(booked).toMatchObject({ inErs: true, inPas: true });
      expect(await cancelAtService(world, booked)).toBe(true);
    }
  });

  it('25: a removed slot that e-RS still offers is found, and accepted by the clinical safety officer with the reason', async () => {
    const { chat, beside, outside, world } = scene();
    await world.post('/_world/knobs', { ers: { pasFaults: [{ asid: NEW_ASID, act: 'remove-slot' }] } });
    await beside.goto(`${outside}/pas?system=${NEW_ASID}&service=${DERMATOLOGY}`);
    await beside.getByRole('button', { name: 'Remove Slot' }).first().click();
    await beside.getByText('The slot was removed').waitFor();
    await look(beside, '21-pas-removed');
    await asks(chat, 'tester', `/bsu verify ${DERMATOLOGY} removed`);
    const failed = await asks(
      chat,
      'tester',
      `/bsu verify ${DERMATOLOGY} remove-slot failed SLOTS_CURRENTLY_AVAILABLE`,
    );
    expect(failed).toContain('SLOTS_CURRENTLY_AVAILABLE');
    await chat.as('clinical-safety-officer');
    await chat.press('Accept…');
    await chat.page.locator('#dialog form').waitFor();
    await look(chat.page, '22-accept-form');
    expect(await chat.page.locator('#dialog').innerText()).toContain('SLOTS_CURRENTLY_AVAILABLE');
    // The choice holds which failures it showed: only those are accepted.
    const shown = chat.page.locator(`#dialog [name="services"][value^="${DERMATOLOGY}:"]`);
    expect(await shown.getAttribute('value')).toBe(`${DERMATOLOGY}:remove-slot`);
    await chat.fill({
      services: `${DERMATOLOGY}:remove-slot`,
      reason: 'The supplier repairs it by 8am; slots are removed in e-RS as well until then',
    });
    await says(chat, `Accepted: ${DERMATOLOGY}`);
    await look(chat.page, '23-accepted');
    await world.post('/_world/knobs', { ers: { pasFaults: [] } });
  });

  it('25: the rest is tested for real; quorum and polls are met, and the closing tasks still lock', async () => {
    const { chat, world } = scene();
    await asks(chat, 'tester', `/bsu verify ${CARDIOLOGY} removed`);
    expect(await removeSlotAtService(world, CARDIOLOGY)).toBe(true);
    await chat.type(`/bsu verify ${CARDIOLOGY} not-offered`);
    expect(await removeSlotAtService(world, UROLOGY)).toBe(true);
    await asks(chat, 'tester', `/bsu verify ${DERMATOLOGY} book passed`);
    await asks(chat, 'tester', `/bsu verify ${DERMATOLOGY} cancel passed`);
    const all = await asks(chat, 'deputy', `/bsu verify ${UROLOGY} passed`);
    expect(all).toMatch(/9 of 9 tests/);
    await look(chat.page, '24-all-tested');
  });
}
