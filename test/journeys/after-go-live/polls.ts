import { expect, it } from 'vitest';
import { NEW_ASID } from '../../../src/rehearsal/sample-organisations.ts';
import { asks, look, type Scene, says } from './scene.ts';

/** Manual slot polls and who tests what (rule 25). */
export function pollsAndTesters(scene: () => Scene): void {
  it('25: no slots come by themselves: each poll has an owner, is done in e-RS, and only then ticked', async () => {
    const { chat, beside, outside } = scene();
    await beside.goto(`${outside}/ers/book?service=${CARDIOLOGY}`);
    expect(await beside.innerText('main')).toContain('No slots are available for this service');
    expect(await asks(chat, 'service-definer', '/bsu polls')).toMatch(/slots seen at 0 of 4 services[\s\S]*nobody yet/);
    await look(chat.page, '01-polls');
    await chat.press('I take them all');
    await says(chat, /4 polls taken by you[\s\S]*A service definer/);
  });

  it('25: a PAS that does not answer is noted with what was seen, and calls the e-RS lead; the deputy hears after 10 minutes', async () => {
    const { chat, definer, outside, world, doors } = scene();
    await world.post('/_world/knobs', { ers: { pasOff: [NEW_ASID] } });
    await pollInErs(definer, outside, CARDIOLOGY);
    expect(await definer.innerText('main')).toContain('No slots: the PAS did not answer');
    await look(definer, '02-e-rs-no-slots');
    await chat.as('service-definer');
    await chat.press('No slots');
    await chat.page.locator('#dialog form').waitFor();
    await look(chat.page, '03-no-slots-form');
    await chat.fill({ services: CARDIOLOGY, problem: 'The PAS did not answer' });
    await says(chat, '✖ The PAS did not answer');
    await chat.as('e-rs-lead');
    await chat.sees(`No slots at 1 service (${CARDIOLOGY}): The PAS did not answer.`);
    await look(chat.page, '04-no-slots-called');
    await doors.moveClock((await world.now()).add({ minutes: 11 }));
    await chat.as('deputy');
    await chat.sees('You are the deputy, and nobody has answered this for 10 minutes: No slots at 1 service');
    await world.post('/_world/knobs', { ers: { pasOff: [] } });
  });

  it('25: polls in e-RS bring slots at once; all seen is said so', async () => {
    const { chat, definer, outside, beside } = scene();
    for (const id of [CARDIOLOGY, DERMATOLOGY, THROAT, UROLOGY]) await pollInErs(definer, outside, id);
    await beside.goto(`${outside}/ers/book?service=${CARDIOLOGY}`);
    await beside.getByRole('button', { name: 'Book', exact: true }).waitFor();
    await chat.as('service-definer');
    await chat.type('/bsu polls');
    await chat.press('Slots seen at some');
    await chat.page.locator('#dialog form').waitFor();
    await look(chat.page, '05-seen-form');
    await chat.fill({ services: CARDIOLOGY });
    await says(chat, 'slots seen at 1 of 4 services');
    await chat.confirm('Slots seen at all 3', 'Yes, at all');
    await says(chat, '✔ Plan 1: slots seen at all 4 services');
    await look(chat.page, '06-polls-seen');
  });

  it('25: every verification service has its tester, by name, and the tester is told', async () => {
    const { chat } = scene();
    const named = await asks(chat, 'tester', `/bsu verify services=XR103 tester="A deputy service definer"`);
    expect(named).toContain(`A deputy service definer tests ${UROLOGY}.`);
    await chat.press('I test the rest');
    await says(chat, `A tester tests ${CARDIOLOGY}, ${DERMATOLOGY}.`);
    await look(chat.page, '07-testers');
    await chat.as('deputy');
    await chat.sees(`You test ${UROLOGY} of plan 1 after go-live.`);
  });
}

async function pollInErs(page: Scene['definer'], outside: string, serviceId: string): Promise<void> {
  await page.goto(`${outside}/ers/services/${serviceId}`);
  await page.getByRole('button', { name: /slot poll/i }).click();
  await page.locator('.nhsuk-notification-banner, .nhsuk-error-summary').first().waitFor();
}

export const CARDIOLOGY = '7012001';
export const DERMATOLOGY = '7012049';
export const THROAT = '7012010';
export const UROLOGY = '7012031';
