import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import { HAZARDS } from '../../src/domain/hazard.ts';
import type { HazardsFacts } from '../../src/domain/hazard-log.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import { type Office, openOffice } from '../support/office.ts';

async function ask(office: Office, desk: Parameters<Office['as']>[0], text: string): Promise<HazardsFacts> {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'answer') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  expect(toPlainText(cardOf(outcome.answer))).not.toMatch(/undefined|\[object|NaN/);
  return outcome.answer.facts as unknown as HazardsFacts;
}

eachDatabase('27: the hazard log', (database) => {
  it('starts with the starter hazards, is rated, added to, and signed off as it was seen', async () => {
    const office = await openOffice(await database.open());
    const first = await ask(office, 'observer', 'hazards');
    expect(first.log.hazards.length).toBe(HAZARDS.length);
    expect((await ask(office, 'observer', 'hazards wrong-asid')).chosen?.controls.length).toBeGreaterThan(1);
    const officer = 'clinical-safety-officer';
    expect((await ask(office, officer, 'hazards sign')).log.signOffs).toEqual([]);
    await ask(office, officer, `hazards sign ${first.log.code}`);
    expect((await ask(office, officer, 'hazards')).log.signOffs).toMatchObject([
      { by: 'The clinical-safety-officer', current: true },
    ]);
    const rated = await ask(
      office,
      officer,
      'hazards wrong-asid likelihood=low severity=major two people read it aloud',
    );
    expect(rated.chosen).toMatchObject({ risk: 3, notes: [{ note: 'two people read it aloud' }] });
    expect(rated.log.signOffs).toMatchObject([{ current: false }]);
    const added = await ask(
      office,
      'planner',
      'hazards add The interface holds messages back harm="A booking arrives late" likelihood=high severity=major',
    );
    expect(added.chosen).toMatchObject({ key: 'own-1', risk: 4, title: 'The interface holds messages back' });
    expect(await office.as(officer).refused(`hazards sign ${added.log.code}`)).toBe('hazard-too-high');
    const lower = await ask(office, officer, 'hazards own-1 likelihood=low severity=significant owner=service-definer');
    expect(lower.chosen).toMatchObject({ risk: 2, owner: 'service definer' });
    // The code of a log that has changed signs nothing.
    expect((await ask(office, officer, `hazards sign ${added.log.code}`)).log.signOffs).toMatchObject([
      { current: false },
    ]);
    await ask(office, officer, `hazards sign ${lower.log.code}`);
    expect((await ask(office, officer, 'hazards')).log.signOffs.at(-1)).toMatchObject({ current: true });
    expect(await office.as('observer').done('audit verify')).toMatchObject({ faults: [] });
  });

  it('is rated by the safety officer or the e-RS lead, signed by the safety officer alone, and holds no patient data', async () => {
    const office = await openOffice(await database.open());
    const { log } = await ask(office, 'e-rs-lead', 'hazards');
    expect(await office.as('e-rs-lead').refused(`hazards sign ${log.code}`)).toBe('role');
    expect(await office.as('tester').refused('hazards wrong-asid seen twice')).toBe('role');
    expect(await office.as('e-rs-lead').refused('hazards no-such seen twice')).toBe('no-hazard');
    expect(await office.as('e-rs-lead').refused('hazards wrong-asid NHS number 999 123 4567')).toBe('patient-data');
    expect(await office.as('e-rs-lead').type('hazards wrong-asid likelihood=low')).toMatchObject({ kind: 'form' });
  });
});
