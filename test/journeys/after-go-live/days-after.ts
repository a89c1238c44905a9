import { expect, it } from 'vitest';
import { OLD_ASID } from '../../../src/rehearsal/sample-organisations.ts';
import { CARDIOLOGY, DERMATOLOGY, THROAT } from './polls.ts';
import { asks, look, type Scene, says } from './scene.ts';

/** The next morning, the counts of 1, 3 and 7 days, and the next extract (rules 25, 26). */
export function daysAfter(scene: () => Scene): void {
  it('25: the next morning each site is asked whether slots arrived; what is missing is chased', async () => {
    const { chat, doors } = scene();
    await doors.moveClock(morning(scene(), 1));
    await chat.as('e-rs-lead');
    await chat.sees('The nightly poll is over. Did slots arrive at XR101, XR102, XR103?');
    await look(chat.page, '50-morning-asked');
    expect(await asks(chat, 'service-definer', '/bsu polls arrived XR101,XR102')).toContain(
      'Slots arrived at XR101, XR102.',
    );
    const missing = await asks(chat, 'service-definer', '/bsu polls missing XR103 problem="Urology has none"');
    expect(missing).toContain('Noted: no slots at XR103.');
    await chat.as('e-rs-lead');
    await chat.sees('No slots this morning at XR103: Urology has none.');
    await look(chat.page, '51-morning-missing');
    expect(await asks(chat, 'e-rs-lead', '/bsu verify')).toMatch(/✖ XR103 none \(Urology has none\)/);
    await look(chat.page, '52-mornings');
    expect(await asks(chat, 'e-rs-lead', '/bsu polls arrived XR103')).toContain('Slots arrived at XR103.');
  });

  it('26: appointment slot issues are counted by type against the baseline, and one alert stands out', async () => {
    const { chat } = scene();
    expect(await asks(chat, 'e-rs-lead', '/bsu asi')).toContain('to be counted');
    await look(chat.page, '53-asi-empty');
    await chat.ask('/bsu asi baseline');
    await look(chat.page, '54-asi-form');
    await chat.fill({ routine: '12', urgent: '3', twoWeekWait: '0' });
    await says(chat, '3 counts noted.');
    expect(await asks(chat, 'e-rs-lead', '/bsu asi +3 routine=4')).toMatch(/Day \+3 is .*: count it then/);
    const alert = await asks(chat, 'e-rs-lead', '/bsu asi +1 routine=13 urgent=3 two-week-wait=2');
    expect(alert).toMatch(/1 count above the baseline[\s\S]*urgent suspected cancer[\s\S]*2, before 0[\s\S]*e-RS lead/);
    await look(chat.page, '55-asi-alert');
    await chat.sees('Appointment slot issues stand out: all services, urgent suspected cancer 2 against 0');
    await chat.press('I take this');
    await says(chat, 'The e-RS lead');
    await chat.press('Settle it');
    await chat.page.locator('#dialog form').waitFor();
    await look(chat.page, '56-asi-settle-form');
    await chat.fill({ note: 'Both patients were telephoned and booked' });
    await says(chat, /Settled:[\s\S]*telephoned and booked/);
  });

  it('26: on day 3 the counts come as a file of totals; one with patients is refused whole', async () => {
    const { chat, doors } = scene();
    await doors.moveClock(morning(scene(), 3));
    await chat.as('e-rs-lead');
    await chat.sees('the count of day +3 is due');
    await chat.ask('/bsu asi +3');
    await look(chat.page, '57-asi-file-form');
    const file = chat.page.locator('#dialog input[type="file"]');
    await file.setInputFiles({ name: 'asi.csv', mimeType: 'text/csv', buffer: Buffer.from('NHS_NUMBER,SERVICE_ID\n') });
    await chat.page.locator('#dialog').getByRole('button', { name: 'Continue' }).click();
    await chat.page.locator('#dialog').getByText('patient column').first().waitFor();
    await look(chat.page, '58-asi-patients');
    const totals = `SERVICE_ID,PRIORITY,COUNT\n${CARDIOLOGY},routine,2\n${DERMATOLOGY},2ww,0\n`;
    await file.setInputFiles({ name: 'asi.csv', mimeType: 'text/csv', buffer: Buffer.from(totals) });
    await chat.fill({});
    await says(chat, '2 counts noted.');
    await doors.moveClock(morning(scene(), 7));
    const week = await asks(chat, 'e-rs-lead', '/bsu asi +7 routine=9 urgent=2 two-week-wait=0');
    expect(week).toContain('every alert is settled');
    await look(chat.page, '59-asi-week');
  });

  it('26: a fresh extract is compared with the plan: what changed meanwhile, and who owns it', async () => {
    const { chat, doors, definer, outside, dates } = scene();
    await definer.goto(`${outside}/ers/services/${THROAT}`);
    await definer.locator('#asid').selectOption(OLD_ASID);
    await definer.getByRole('button', { name: 'Save the provider system' }).click();
    expect(await asks(chat, 'planner', '/bsu reconcile extract')).toContain('no extract of after the run yet');
    const end = goLive(scene()).with({ day: 1 }).add({ months: 1 }).subtract({ days: 1 });
    const next = end.add({ days: 8 }).toZonedDateTime({ timeZone: ZONE, plainTime: '10:00' }).toInstant();
    await doors.moveClock(next);
    expect(dates.taken < end.toString()).toBe(true);
    await chat.sample('ebsx05-24-now.csv', { taken: end.toString() });
    await chat.sees('Imported as snapshot');
    const compared = await asks(chat, 'planner', '/bsu reconcile extract');
    expect(compared).toMatch(/23 as planned, 1 difference[\s\S]*7012010[\s\S]*still on the old system/);
    await look(chat.page, '60-extract-compared');
    const settled = await asks(chat, 'service-definer', `/bsu reconcile settle ${THROAT} linked by hand this morning`);
    expect(settled).toContain('every difference is settled');
  });
}

const ZONE = 'Europe/London';

function goLive({ dates }: Scene): Temporal.PlainDate {
  return dates.fivePastEight.toZonedDateTimeISO(ZONE).toPlainDate();
}

function morning(scene: Scene, days: number): Temporal.Instant {
  return goLive(scene).add({ days }).toZonedDateTime({ timeZone: ZONE, plainTime: '09:05' }).toInstant();
}
