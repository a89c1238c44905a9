import { expect, it } from 'vitest';
import type { ChatPage } from './chat-page.ts';
import type { ErsPage } from './e-rs-page.ts';
import { guidedRun } from './guided-run.ts';
import type { storyDays } from './story-days.ts';

/** Where the story is played: a chat in a browser, the e-RS screen beside it, and the inbox. */
export interface Scene {
  readonly chat: ChatPage;
  readonly ers: ErsPage;
  readonly inbox: string;
  readonly days: ReturnType<typeof storyDays>;
  picture(name: string): Promise<void>;
}

/** The main job as tests, each a chapter that builds on the one before: the same in every chat that shows our cards. */
export function storyByHand(scene: () => Scene): void {
  it('imports the extract and the lists', async () => {
    const { chat, days } = scene();
    await chat.sample('ebsx05-24.csv', { taken: days.taken });
    await chat.sees('Imported as snapshot 1');
    for (const name of ['etrust.csv', 'epraccur.csv', 'commissioners.csv', 'practices.csv']) await chat.sample(name);
    await chat.sees('practices.csv');
  });

  it('plans, is refused for the gaps, fills them and submits', async () => {
    const { chat, ers, days } = scene();
    await chat.type('/bsu plan site=XR101,XR102,XR103');
    await chat.press('Save');
    await chat.sees('Plan 1 · Rehearsal PAS migration · draft');
    await chat.type(
      `/bsu outage from="${days.outage.from}" to="${days.outage.to}" oldPasUntil="${days.outage.oldPasUntil}"`,
    );
    await chat.type('/bsu outage checked page="e-RS live service pages"');
    expect(await chat.type('/bsu submit')).toContain('Plan 1 cannot be submitted yet');
    await ers.logIn();
    await ers.fillContactDetails();
    await chat.sample('contact-details-24.csv');
    await chat.type('/bsu plan site=XR101,XR102,XR103 plan=1');
    await chat.press('Save');
    await chat.type(`/bsu window plan=1 from="${days.window.from}" to="${days.window.to}"`);
    await chat.as('communications-lead');
    await chat.ask('/bsu wording fill');
    await chat.fill(WORDING);
    await chat.as('e-rs-lead');
    for (const item of CHECKLIST)
      await chat.type(`/bsu checklist item=${item} evidence="Seen in the rehearsal, reference T-1"`);
    await chat.as('planner');
    expect(await chat.type('/bsu submit')).toContain('needs 3 more approvals');
  });

  it('is approved by two approvers and the clinical safety officer, not by its author; all see one card', async () => {
    const { chat, picture } = scene();
    await chat.press('Approve');
    await chat.sees('You wrote this plan');
    for (const voter of ['approver', 'second-approver']) {
      await chat.as(voter);
      await chat.press('Approve');
    }
    await chat.as('clinical-safety-officer');
    await chat.sees('needs 1 more approval');
    await picture('chat');
    await chat.press('Approve');
    await chat.as('tester');
    await chat.sees('Plan 1 · Rehearsal PAS migration · approved');
  });

  it('tells 42 commissioners and 6,872 practices, once', async () => {
    const { chat, ers, inbox, picture } = scene();
    await chat.as('communications-lead');
    await chat.type('/bsu send planned now');
    await chat.press('Send me a test');
    await chat.type('/bsu send planned now');
    await chat.press('Send to 6,914');
    await chat.sees(/planned outage · sent/);
    await ers.page.goto(inbox);
    await ers.page.getByText('Copies sent twice: 0.').waitFor();
    await picture('inbox');
  });

  it('is refused at 10am with the reason, and goes at 8:05pm after the go', async () => {
    const { chat, days, picture } = scene();
    await chat.as('service-definer');
    await chat.moveClock(`${days.date}T10:00`);
    expect(await chat.type('/bsu run')).toMatch(/Not now\. It is .*, 10am/);
    await picture('refused');
    await chat.tonight(days.date);
    await chat.as('planner');
    await chat.type('/bsu outage checked page="e-RS live service pages"');
    await chat.as('service-definer');
    await chat.type('/bsu go');
    for (let part = 0; part < 3; part++) await chat.press('Yes: ');
    await chat.as('e-rs-lead');
    await chat.type('/bsu go yes');
    await chat.as('service-definer');
    expect(await chat.type('/bsu run')).toContain('Running plan 1');
  });

  it('is carried out in e-RS, step by step, each count typed and seen by a second person', async () => {
    const { chat, ers } = scene();
    const groups = await guidedRun(chat, ers);
    expect(groups).toBeGreaterThan(0);
    await chat.sees('24 of 24');
  });

  it('is verified and completed, and the record is whole', async () => {
    const { chat, picture } = scene();
    await chat.as('service-definer');
    await chat.type('/bsu polls seen all');
    await chat.as('tester');
    await chat.type('/bsu verify all passed');
    await chat.sees('settled');
    await chat.as('e-rs-lead');
    expect(await chat.type('/bsu complete')).toContain('Plan 1 cannot be completed yet');
    for (const item of CLOSING) await chat.type(`/bsu checklist item=${item} evidence="Done in the rehearsal"`);
    expect(await chat.type('/bsu complete')).toContain('Plan 1 is completed: the new system is verified');
    await picture('completed');
    expect(await chat.type('/bsu audit verify')).toMatch(/whole/);
  });
}

/** What stands before the submit, ticked in a rehearsal. */
export const CHECKLIST = [
  'stakeholders',
  'migration-plan',
  'outages-checked',
  'outage-sign-up',
  'test-service',
  'test-booking',
  'critical-services',
];

const CLOSING = ['displaced', 'test-bookings-cancelled', 'test-service-unpublished'];

/** What only the team can write. */
export const WORDING = {
  cancer: 'Telephone 01632 960100: a slot is found the same day.',
  patientContact: 'We telephone each patient by 5pm on the next working day.',
  continuity: 'Clinics run from printed lists.',
  nextUpdate: 'When booking is open again, or {outage_end} if it takes longer.',
  contactPhone: '01632 960100',
  contactEmail: 'pas-migration@rehearsal.example',
  contactHours: 'Day and night on the days of the change',
};
