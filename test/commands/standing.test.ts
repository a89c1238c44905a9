import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { Subject } from '../../src/domain/subject.ts';
import { subjectFacts } from '../../src/store/subjects.ts';
import { createRunGate } from '../../src/work/advance-run-gate.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { openReadyOffice } from '../support/run-office.ts';

const HOLIDAYS = { source: 'a test', coveredFrom: '2026-01-01', coveredTo: '2027-12-31', days: new Map() };

async function words(office: Office, subject: Subject): Promise<string> {
  const answer = await subjectFacts(office.store, subject, office.clock.now(), HOLIDAYS);
  if (answer === null) throw new Error(`${subject} shows nothing`);
  return toPlainText(cardOf(answer));
}

/** How often each card was asked to be drawn anew. */
async function drawn(office: Office): Promise<ReadonlyMap<string, string>> {
  const rows = await office.connection.db.selectFrom('posting').selectAll().where('message', 'is', null).execute();
  return new Map(rows.map((row) => [row.subject, JSON.stringify(row)]));
}

async function started(office: Office): Promise<{ plan: Subject; run: Subject; verification: Subject; runId: number }> {
  await office.as('service-definer').done('run');
  const run = await office.store.runs.live(office.migrationId);
  if (run === null) throw new Error('nothing runs');
  const { planId, id } = run;
  return { plan: `plan:${planId}`, run: `run:${id}`, verification: `verification:${planId}`, runId: id };
}

eachDatabase('19: what stands, on every card', (database) => {
  it('19: a freeze is said on the cards of plan and run, which are drawn anew, and is gone once it is lifted', async () => {
    const office = await openReadyOffice(database);
    const { plan, run } = await started(office);
    const before = await drawn(office);
    office.clock.set('2026-12-08T20:31:00Z');
    await office.as('observer').done('freeze the network is down');
    const after = await drawn(office);
    for (const subject of [plan, run]) {
      expect(await words(office, subject)).toMatch(/Bulk updates are frozen.*until it is lifted: the network is down/);
      expect(after.get(subject), subject).not.toBe(before.get(subject));
    }
    await office.as('e-rs-lead').done('unfreeze');
    for (const subject of [plan, run]) expect(await words(office, subject)).not.toContain('frozen');
  });

  it('19: an incident is said on the card of the checks too', async () => {
    const office = await openReadyOffice(database);
    const { plan, verification } = await started(office);
    await office.as('tester').done('incident e-RS is slow for everybody');
    for (const subject of [plan, verification])
      expect(await words(office, subject)).toContain('e-RS is slow for everybody');
    await office.as('e-rs-lead').done('incident over');
    for (const subject of [plan, verification]) expect(await words(office, subject)).not.toContain('e-RS is slow');
  });

  it('19: a run in progress pauses at its next edge, by an automation or on the screen', async () => {
    const office = await openReadyOffice(database);
    const { runId } = await started(office);
    const [run, migration] = [
      await office.store.runs.byId(runId),
      await office.store.migrations.byId(office.migrationId),
    ];
    if (run === null || migration === null) throw new Error('nothing runs');
    const gate = createRunGate(HOLIDAYS);
    const ask = async (now: Temporal.Instant) => {
      const held = { ...run, timeMark: await office.store.runGates.timeMark(migration.id) };
      return gate(office.store, { run: held, migration, now, batchSeconds: 60 });
    };
    expect(await ask(office.clock.now())).toEqual({ may: true });
    await office.as('observer').done('freeze the network is down');
    expect(await ask(office.clock.now())).toMatchObject({ may: false, how: 'pause', reason: 'freeze' });
    office.clock.set('2026-12-08T20:32:00Z');
    await office.as('e-rs-lead').done('unfreeze');
    expect(await ask(office.clock.now())).toEqual({ may: true });
    await office.as('observer').done('incident e-RS is down');
    expect(await ask(office.clock.now())).toMatchObject({ may: false, how: 'pause', reason: 'incident' });
  });
});
