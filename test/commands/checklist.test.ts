import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { ChecklistFacts } from '../../src/domain/checklist-answers.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import { openImportOffice } from '../support/import-office.ts';
import { type Office, openOffice } from '../support/office.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';

const ask = async (office: Office, desk: Parameters<Office['as']>[0], text: string) => {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'answer') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  const words = toPlainText(cardOf(outcome.answer));
  expect(words).not.toMatch(/undefined|\[object|NaN/);
  const facts = outcome.answer.facts as unknown as ChecklistFacts;
  return { ...facts, words, item: (key: string) => facts.items.find((one) => one.key === key) };
};

eachDatabase('checklist by chat', (database) => {
  it('7: every operational consideration has an owner, a gate and what is missing', async () => {
    const office = await openOffice(await database.open());
    const list = await ask(office, 'observer', 'checklist');
    expect(list.items.length).toBe(14);
    expect(list.items.every((item) => item.owner !== '' && item.because !== '')).toBe(true);
    expect(list.words).toContain('Checklist: 0 of 14 done');
    expect(list.yours).toEqual([]);
  });

  it('7: an owner ticks with evidence, which asks for itself when it is left out', async () => {
    const office = await openOffice(await database.open());
    expect((await office.as('tester').type('checklist test-booking')).kind).toBe('form');
    const list = await ask(office, 'tester', 'checklist test-booking T-1 booked and cancelled, slots seen');
    expect(list.item('test-booking')).toMatchObject({
      done: true,
      because: 'T-1 booked and cancelled, slots seen',
      by: 'The tester',
    });
  });

  it('7: a recorded look at the live service pages ticks its item', async () => {
    const office = await openOffice(await database.open());
    await office.as('service-definer').done('outage checked page="e-RS live service pages"');
    const list = await ask(office, 'planner', 'checklist');
    expect(list.item('outages-checked')).toMatchObject({
      done: true,
      because: 'e-RS live service pages',
      by: 'The service-definer',
    });
  });

  it('7: nobody ticks another’s item, nor what is found in the data', async () => {
    const office = await openOffice(await database.open());
    expect(await office.as('tester').refused('checklist stakeholders the minutes')).toBe('not-the-owner');
    expect(await office.as('communications-lead').refused('checklist informed all were told')).toBe('item-is-found');
    expect(await office.as('clinical-safety-officer').refused('checklist sign-off I agree')).toBe('item-is-found');
    expect(await office.as('e-rs-lead').refused('checklist item=nothing evidence=nothing')).toBe('no-item');
  });

  it('28: patient data in the evidence is refused', async () => {
    const office = await openOffice(await database.open());
    expect(await office.as('tester').refused('checklist test-booking booked for 943 476 5919')).toBe('patient-data');
    expect(await office.as('planner').refused('plan 943 476 5919')).toBe('patient-data');
    expect(await office.as('planner').refused('submit 1 943 476 5919')).toBe('patient-data');
    expect(await office.as('planner').refused('9434765919')).toBe('patient-data');
    expect((await ask(office, 'tester', 'checklist')).item('test-booking')?.done).toBe(false);
  });

  it('7: a file is evidence by its name, size and fingerprint; it is not kept', async () => {
    const office = await openImportOffice(await database.open());
    const minutes = await office.upload('Booked T-1 on 200000001337, cancelled again', 'minutes.txt');
    const list = await ask(office, 'tester', `checklist test-booking ${minutes} slots seen`);
    const sha256 = createHash('sha256').update('Booked T-1 on 200000001337, cancelled again').digest('hex');
    expect(list.item('test-booking')).toMatchObject({
      done: true,
      because: `slots seen; file minutes.txt (43 bytes, sha256 ${sha256}), which stays where it was sent`,
    });
    expect(list.words).toContain('minutes.txt (43 bytes');
    await expect(office.files.open(minutes)).rejects.toMatchObject({ code: 'file-gone' });
    const [event] = await office.store.audit.latest(`migration:${office.migrationId}`, 1);
    expect(JSON.parse(event?.text ?? '{}')).toMatchObject({ facts: { file: 'minutes.txt', bytes: 43, sha256 } });
    const picture = await office.upload(new Uint8Array([0x89, 0x50, 0, 1]), 'screen.png');
    const seen = await ask(office, 'tester', `checklist test-booking ${picture}`);
    expect(seen.item('test-booking')?.because).toContain('nobody looked into it for patient data');
  });

  it('28: a file that looks as if it held patient data, in it or in its name, is refused and not kept', async () => {
    const office = await openImportOffice(await database.open());
    for (const [content, name] of [
      ['Booked for 943 476 5919', 'minutes.txt'],
      [new Uint8Array([...Buffer.from('caf\xe9, NHS number 9434765919', 'latin1')]), 'minutes.csv'],
      ['Nothing here', '943 476 5919.txt'],
    ] as const) {
      const file = await office.upload(content, name);
      expect(await office.as('tester').refused(`checklist test-booking ${file} seen`)).toBe('patient-data');
      await expect(office.files.open(file)).rejects.toMatchObject({ code: 'file-gone' });
    }
    expect((await ask(office, 'tester', 'checklist')).item('test-booking')?.done).toBe(false);
  });

  it('7: "sign-off" is set by the vote, "informed" by the notices, the rest by what the plan holds', async () => {
    const office = await openPlanOffice(database);
    const code = await submitted(office);
    const before = await ask(office, 'observer', 'checklist');
    expect(before.item('contact-details')?.done).toBe(true);
    expect(before.item('verification-services')).toMatchObject({ done: true, because: '3 named on plan 1' });
    expect(before.item('sign-off')?.done).toBe(false);
    await office.as('clinical-safety-officer').done(`approve ${code}`);
    const after = await ask(office, 'observer', 'checklist');
    expect(after.item('sign-off')?.done).toBe(true);
    expect(after.item('informed')).toMatchObject({ done: false });
  });
});
