import { beforeEach, expect, it } from 'vitest';
import type { Action } from '../../src/card/card.ts';
import { offerNotices } from '../../src/jobs/offer-notices.ts';
import { storeOf } from '../../src/store/store.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { goOut, planIn, readyToAnnounce, sendNow } from '../support/announced.ts';
import { eachDatabase } from '../support/database.ts';
import { type Colleague, type Office, openOffice } from '../support/office.ts';

eachDatabase('notices while several plans are open', (database) => {
  let office: Office;
  let lead: Colleague;
  beforeEach(async () => {
    office = await openOffice(await database.open());
    lead = office.as('communications-lead');
    await readyToAnnounce(office);
  });

  async function state(plan: number, to: 'approved' | 'completed' | 'verifying' | 'stopped'): Promise<void> {
    await office.connection.db.updateTable('plan').set({ state: to }).where('number', '=', plan).execute();
  }
  /** Types, and presses the first button of the answer's card that starts so. */
  async function press(text: string, label: string) {
    const outcome = await lead.type(text);
    if (outcome.kind !== 'answer') throw new Error(`${text}: ${outcome.kind}`);
    const { actions } = cardOf(outcome.answer);
    const button = actions.find(
      (one): one is Extract<Action, { kind: 'do' }> => one.kind === 'do' && one.label.startsWith(label),
    );
    if (!button) throw new Error(`no button ${label}`);
    return lead.click(button.verb, { ...button.input });
  }

  it('21: the buttons of a notice about one of them are about that one', async () => {
    await planIn(office, 'approved', ['7000009']);
    expect(await lead.type('send planned')).toMatchObject({
      refusal: { code: 'which-plan', remedy: [{ verb: 'preview', input: { kind: 'planned' } }, { verb: 'preview' }] },
    });
    expect((await press('send planned plan=2', 'Send me a test')).kind).toBe('answer');
    await goOut(office);
    expect((await press('send planned plan=2', 'Rather now')).kind).toBe('answer');
    expect((await press('send planned plan=2', 'Send to 3')).kind).toBe('answer');
    const notice = (await office.store.notices.list(office.migrationId)).at(-1);
    expect(notice).toMatchObject({ kind: 'planned', facts: { services: { count: 1 } } });
    const preview = await lead.type('preview planned plan=1');
    if (preview.kind !== 'answer') throw new Error(preview.kind);
    expect(preview.answer.next).toMatchObject([{ verb: 'send', input: { kind: 'planned', plan: '1' } }]);
    expect(preview.answer.pages?.[0]?.path).toMatch(/\/notices\/planned\/1$/);
  });

  it('21: "completed" is about the plan that is over and that nobody knows of, once', async () => {
    await sendNow(office, 'planned');
    await goOut(office);
    await planIn(office, 'draft', ['7000009']);
    await state(1, 'completed');
    office.clock.set('2026-12-15T23:30:00Z');
    expect(await lead.done('notices')).toMatchObject({ due: { kind: 'completed', plan: 1 } });
    const twice = async (at: string) =>
      office.connection.transaction((trx) => offerNotices.run(storeOf(trx), Temporal.Instant.from(at)));
    await twice('2026-12-15T23:30:00Z');
    await twice('2026-12-15T23:40:00Z');
    const { db } = office.connection;
    const calls = await db.selectFrom('posting').select('message').where('kind', '=', 'call').execute();
    expect(calls.at(-1)?.message).toContain('/bsu send completed plan=1');
    expect((await press('send completed', 'Send to 3')).kind).toBe('answer');
    expect(await goOut(office)).toHaveLength(3);
    expect(await lead.refused('send completed')).toBe('notice-locked');
    await state(2, 'completed');
    expect(await lead.done('send completed')).toMatchObject({ plan: 2 });
  });

  it('21: at night "extended" is about the plan that runs, and a postponed one is named on the button', async () => {
    await sendNow(office, 'planned');
    await goOut(office);
    await planIn(office, 'draft', ['7000009']);
    await state(1, 'stopped');
    const longer = { from: '2026-12-15T17:00:00Z', to: '2026-12-16T02:00:00Z' };
    await office.store.migrations.setOutage(office.migrationId, longer, null);
    expect(await lead.done('send extended')).toMatchObject({ plan: 1, mails: 3 });
  });
});
