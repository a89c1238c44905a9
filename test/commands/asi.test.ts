import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { AsiFacts } from '../../src/domain/asi-shown.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { NO_FILES, type Office, openOffice } from '../support/office.ts';
import { givenPlan } from '../support/office-plan.ts';

async function ask(office: Office, text: string): Promise<AsiFacts & { words: string }> {
  const outcome = await office.as('e-rs-lead').type(text);
  if (outcome.kind !== 'answer') throw new Error(`"${text}" got ${JSON.stringify(outcome)}`);
  const words = toPlainText(cardOf(outcome.answer));
  expect(words).not.toMatch(/undefined|\[object|NaN/);
  return { ...(outcome.answer.facts as unknown as AsiFacts), words };
}

eachDatabase('26: appointment slot issues', (database) => {
  it('are typed or sent as totals, judged against the baseline, charted, and called out', async () => {
    const csv = 'SERVICE_ID,PRIORITY,COUNT\n7000001,routine,30\n7000002,2ww,1\n7000003,routine,5\n';
    const files = { ...NO_FILES, text: async () => ({ name: 'totals.csv', text: csv }) };
    const office = await openOffice(await database.open(), { now: '2026-12-09T09:30:00Z', intake: files });
    await givenGoLive(office);
    await ask(office, 'asi baseline 7000001 routine 4');
    await ask(office, 'asi baseline 7000002 2ww 0');
    const first = await ask(office, 'asi');
    expect(first.due).toEqual(['+1']);
    const one = await ask(office, 'asi day=+1 file=file-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
    expect(one.alerts).toMatchObject([
      { serviceId: '7000001', count: 30, baseline: 4 },
      { serviceId: '7000002', priority: '2ww', count: 1, baseline: 0 },
    ]);
    expect(one).toMatchObject({ unjudged: 1, due: [] });
    expect(one.words).toContain('▓▓▓');
    const calls = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .execute();
    expect(calls.at(-1)?.message).toContain('7000001 routine 30 against 4');
    expect(await ask(office, 'asi +1 7000001 routine 5')).toMatchObject({ alerts: [{ serviceId: '7000002' }] });
    expect(await office.as('e-rs-lead').refused('asi +1 7999999 routine 5')).toBe('unknown-service');
    expect(await office.as('e-rs-lead').type('asi +1 7000001')).toMatchObject({ kind: 'form' });
    expect(await office.as('observer').refused('asi +1 7000002 routine=4')).toBe('role');
    await office.as('observer').done('asi');
  });

  it('26: several priorities are typed at once, for a service or for all together; a day that has not come is not counted', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-09T09:30:00Z' });
    await givenGoLive(office);
    const before = await ask(office, 'asi baseline routine=12 urgent=3 two-week-wait=0');
    expect(before.totals.filter(({ day }) => day === 'baseline').map(({ total }) => total)).toEqual([12, 3, 0]);
    expect(before.words).toContain('+1 to be counted');
    const after = await ask(office, 'asi +1 routine=30 urgent=3 two-week-wait=0');
    expect(after.alerts).toMatchObject([{ serviceId: 'all', count: 30, baseline: 12, owner: 'e-RS lead' }]);
    expect(after.words).toMatch(/routine.*Day \+1.*▓+ 30/);
    expect(after.words).toContain('more than 1.5 times the baseline and at least 5 more (default;');
    expect(await office.as('e-rs-lead').refused('asi +3 routine=1')).toBe('count-ahead');
    expect(await office.as('e-rs-lead').type('asi +1')).toMatchObject({
      kind: 'form',
      form: {
        fields: [
          { name: 'service', optional: true },
          { name: 'routine' },
          { name: 'urgent' },
          { name: 'twoWeekWait' },
          { name: 'file', optional: true },
        ],
      },
    });
    await office.as('e-rs-lead').done('settings asiAlertTimes 3');
    const lax = await ask(office, 'asi');
    expect(lax).toMatchObject({ alerts: [], rule: { times: 3, more: 5, source: 'set for this migration' } });
  });

  it('26: an alert is its owner’s until it is settled with a reason, and stands out again when the count rises', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-09T09:30:00Z' });
    const { plan } = await givenGoLive(office);
    await ask(office, 'asi baseline 7000001 routine=4');
    await ask(office, 'asi +1 7000001 routine=20');
    expect(await office.as('tester').refused('asi settle 7000001 note="more slots"')).toBe('role');
    expect(await office.as('e-rs-lead').type('asi settle 7000001')).toMatchObject({ kind: 'form' });
    expect(await office.as('e-rs-lead').click('asi', { what: 'settle', plan: '1' })).toMatchObject({
      kind: 'form',
      form: { fields: [{ name: 'service' }, { name: 'note' }] },
    });
    const settled = await ask(office, 'asi settle 7000001 note="the clinic opened 4 slots"');
    expect(settled).toMatchObject({ alerts: [], settled: [{ by: 'The e-rs-lead' }] });
    expect(settled.words).toContain('every alert is settled');
    expect(settled.settled[0]?.words).toContain('the clinic opened 4 slots');
    expect(await office.as('e-rs-lead').refused('asi settle all note="again"')).toBe('nothing-open');
    expect((await ask(office, 'asi +1 7000001 routine=21')).alerts).toMatchObject([{ count: 21 }]);
    const [event] = (await office.store.audit.latest(`migration:${office.migrationId}`, 5)).filter(
      ({ act }) => act === 'asi.settled',
    );
    expect(event?.about).toBe(`plan:${plan.id}`);
  });

  it('26: nothing after go-live is counted before the plan has run', async () => {
    const office = await openOffice(await database.open());
    await givenPlan(office);
    const { words } = await ask(office, 'asi baseline 7000001 routine=4');
    expect(words).toContain('the baseline is counted, nothing after go-live yet');
    expect(await office.as('e-rs-lead').refused('asi +1 7000001 routine=4')).toBe('count-ahead');
  });

  it('28: a file with a patient’s number refuses itself whole: nothing is stored and the number is not repeated', async () => {
    const csv = 'SERVICE_ID,PRIORITY,COUNT\n7000001,routine,3\n9434765919,routine,1\n';
    const files = { ...NO_FILES, text: async () => ({ name: 'totals.csv', text: csv }) };
    const office = await openOffice(await database.open(), { now: '2026-12-09T09:30:00Z', intake: files });
    await givenGoLive(office);
    const outcome = await office.as('e-rs-lead').type('asi +1 file-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
    expect(outcome.kind).toBe('refusal');
    expect(JSON.stringify(outcome)).not.toContain('9434765919');
    expect(await office.connection.db.selectFrom('asi_count').selectAll().execute()).toEqual([]);
  });
});
