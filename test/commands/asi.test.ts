import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { AsiFacts } from '../../src/domain/asi.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { NO_FILES, type Office, openOffice } from '../support/office.ts';

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
    expect(await office.as('observer').refused('asi')).toBe('role');
  });
});
