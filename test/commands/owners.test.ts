import { expect, it } from 'vitest';
import { toPlainText } from '../../src/card/plain-text.ts';
import type { AsiFacts } from '../../src/domain/asi-shown.ts';
import type { Pack } from '../../src/domain/pack.ts';
import type { ReconcileFacts } from '../../src/domain/reconcile-shown.ts';
import { askAfter } from '../../src/jobs/ask-after.ts';
import { boardState } from '../../src/store/boards.ts';
import { cardOf } from '../../templates/cards/index.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { type Desk, type Office, openOffice, QUIET_YEARS } from '../support/office.ts';
import { idOf } from '../support/office-plan.ts';

const NIGHT = '2026-12-08T22:00:00Z';
const MORNING = '2026-12-09T09:00:00Z';
const OLD = '200000000220';

async function ask<T = ReconcileFacts>(office: Office, desk: Desk, text: string): Promise<T & { words: string }> {
  const outcome = await office.as(desk).type(text);
  if (outcome.kind !== 'answer') throw new Error(`${desk} typed "${text}" and got ${JSON.stringify(outcome)}`);
  const words = toPlainText(cardOf(outcome.answer));
  expect(words).not.toMatch(/undefined|\[object|NaN/);
  return { ...(outcome.answer.facts as unknown as T), words };
}

/** The newest calls: their words, and whom they name. */
async function calls(office: Office, kind: 'call' | 'direct' = 'call') {
  return office.connection.db
    .selectFrom('posting')
    .select(['message', 'people'])
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
}

async function twoDifferences(office: Office) {
  await givenGoLive(office);
  await office.as('tester').done(`reconcile read 7000003 ${OLD}`);
  await office.as('tester').done('reconcile read 7000005 200000009999');
}

eachDatabase('26: owners who are people', (database) => {
  it('26: somebody with a role takes a difference over; card, board, file, pack and record name them', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await twoDifferences(office);
    const taken = await ask(office, 'tester', 'reconcile take 7000003');
    expect(taken.notice).toBe('7000003 is yours now.');
    expect(taken.open.map(({ serviceId, owner }) => [serviceId, owner])).toEqual([
      ['7000003', 'The tester'],
      ['7000005', 'service definer'],
    ]);
    expect(taken.words).toContain('The tester');
    const board = await boardState(office.store, office.migrationId, office.clock.now(), QUIET_YEARS);
    const part = board?.sections.find(({ key }) => key === 'reconcile');
    expect((part?.answer?.facts as ReconcileFacts | undefined)?.open[0]?.owner).toBe('The tester');
    const waits = (desk: string) => board?.people.find(({ name }) => name === `The ${desk}`)?.waits ?? [];
    expect(waits('tester')).toContain('Plan 1: 1 difference of yours to be put right, /bsu reconcile');
    expect(waits('service-definer')).toContain('Plan 1: 1 difference for the service definer, /bsu reconcile');
    const files = await office.as('tester').type('reconcile');
    if (files.kind !== 'answer') throw new Error('no answer');
    expect(files.answer.files?.[0]?.text).toContain('The tester');
    const pack = await packOf(office);
    expect(pack.reconciliation.map(({ what }) => what).join('\n')).toMatch(
      /7000003 still on the old.*owner The tester/,
    );
    expect(pack.reconciliation.map(({ what }) => what).join('\n')).toMatch(/7000005 on another.*owner service definer/);
    const [event] = (await office.store.audit.latest(`migration:${office.migrationId}`, 9)).filter(
      ({ act }) => act === 'reconcile.owner',
    );
    expect(JSON.parse(event?.text ?? '{}').facts).toEqual({
      services: ['7000003'],
      owner: await idOf(office, 'tester'),
      how: 'taken',
    });
    // One that is open alone is taken by its button.
    await office.as('service-definer').done('reconcile settle 7000003 linked by hand');
    const outcome = await office.as('planner').type('reconcile');
    if (outcome.kind !== 'answer') throw new Error('no answer');
    expect(cardOf(outcome.answer).actions[0]).toMatchObject({
      label: 'I take this',
      verb: 'reconcile',
      input: { what: 'take', services: '7000005', plan: '1' },
    });
    const pressed = await office.as('planner').click('reconcile', { what: 'take', services: '7000005', plan: '1' });
    expect(pressed.kind).toBe('answer');
  });

  it('26: the e-RS lead gives one to somebody, who is told; by e-mail, name, or “me”; only to who can settle it', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await twoDifferences(office);
    const given = await ask(office, 'e-rs-lead', 'reconcile owner=planner@rehearsal.example 7000003,7000005');
    expect(given.open.map(({ owner }) => owner)).toEqual(['The planner', 'The planner']);
    expect((await calls(office)).at(-1)).toMatchObject({
      message: expect.stringContaining('7000003, 7000005 of plan 1 are yours'),
      people: [await idOf(office, 'planner')],
    });
    // Whoever has it may give it on; nobody else but the e-RS lead may.
    expect(await office.as('tester').refused('reconcile owner="The deputy" 7000003')).toBe('not-yours-to-give');
    expect((await ask(office, 'planner', 'reconcile owner="The deputy" 7000003')).open[0]?.owner).toBe('The deputy');
    expect((await ask(office, 'planner', 'reconcile owner=me 7000003')).open[0]?.owner).toBe('The planner');
    expect(await office.as('e-rs-lead').refused('reconcile owner=observer@rehearsal.example 7000003')).toBe(
      'owner-role',
    );
    expect(await office.as('e-rs-lead').refused('reconcile owner=nobody@rehearsal.example 7000003')).toBe(
      'unknown-person',
    );
    expect(await office.as('e-rs-lead').refused('reconcile owner=me 7000001')).toBe('unknown-service');
    expect(await office.as('e-rs-lead').type('reconcile owner=me')).toMatchObject({ kind: 'form' });
    await office.as('planner').done('reconcile settle all put right');
    expect(await office.as('e-rs-lead').refused('reconcile take all')).toBe('nothing-open');
  });

  it('26: what was taken over is called to that person, not to the role; in the morning the owner alone is reminded', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await twoDifferences(office);
    await office.as('tester').done('reconcile take 7000003');
    await office.as('deputy').done(`reconcile read 7000003 ${OLD}`);
    expect((await calls(office)).at(-1)?.people).toEqual([await idOf(office, 'tester')]);
    await askAfter.run(office.store, Temporal.Instant.from(MORNING));
    const direct = await calls(office, 'direct');
    expect(direct.map(({ people, message }) => [people, message])).toEqual([
      [[await idOf(office, 'tester')], expect.stringContaining('7000003 still on the old system')],
    ]);
    const inThread = (await calls(office)).filter(({ message }) => message?.includes('not put right'));
    expect(inThread.at(-1)?.message).toContain('7000005');
    expect(inThread.at(-1)?.message).not.toContain('7000003');
    expect([...(inThread.at(-1)?.people ?? [])].sort()).toEqual(
      [await idOf(office, 'service-definer'), await idOf(office, 'deputy')].sort(),
    );
    await office.as('tester').done('reconcile settle all put right');
    const before = (await calls(office, 'direct')).length;
    await askAfter.run(office.store, Temporal.Instant.from('2026-12-10T09:00:00Z'));
    expect((await calls(office, 'direct')).length).toBe(before);
  });

  it('26: whoever loses the role gives it back to the role, and getting it again brings nothing back', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await twoDifferences(office);
    await office.as('tester').done('reconcile take 7000003');
    office.clock.set('2026-12-08T22:10:00Z');
    await office.as('e-rs-lead').done('revoke tester@rehearsal.example tester');
    const after = await ask(office, 'e-rs-lead', 'reconcile');
    expect(after.open[0]?.owner).toBe('service definer');
    expect((await calls(office)).at(-1)).toMatchObject({
      message: expect.stringContaining(
        '7000003 of plan 1 was The tester’s to put right, whose role has ended: it is the service definer’s again',
      ),
      people: [await idOf(office, 'service-definer'), await idOf(office, 'deputy')],
    });
    const acts = (await office.store.audit.latest(`migration:${office.migrationId}`, 9)).map(({ act }) => act);
    expect(acts).toContain('reconcile.owner');
    expect(acts).toContain('owner.given-back');
    await office.as('e-rs-lead').done('grant tester@rehearsal.example tester');
    expect((await ask(office, 'e-rs-lead', 'reconcile')).open[0]?.owner).toBe('service definer');
  });

  it('26: an alert is taken over or given alike, and its owner settles it', async () => {
    const office = await openOffice(await database.open(), { now: '2026-12-09T09:30:00Z' });
    await givenGoLive(office);
    await office.as('e-rs-lead').done('asi baseline 7000001 routine=4');
    await office.as('e-rs-lead').done('asi +1 7000001 routine=20');
    const outcome = await office.as('e-rs-lead').type('asi');
    if (outcome.kind !== 'answer') throw new Error('no answer');
    expect(cardOf(outcome.answer).actions.map(({ label }) => label)).toContain('I take this');
    expect(await office.as('tester').refused('asi settle 7000001 note="done"')).toBe('role');
    const given = await ask<AsiFacts>(office, 'e-rs-lead', 'asi owner=tester@rehearsal.example 7000001');
    expect(given.alerts).toMatchObject([{ serviceId: '7000001', owner: 'The tester' }]);
    expect((await calls(office)).at(-1)?.people).toEqual([await idOf(office, 'tester')]);
    expect((await packOf(office)).asi.map(({ what }) => what).join('\n')).toMatch(/alert.*7000001.*owner The tester/);
    // What rises further is called to the owner, and to the clinical safety officer as ever.
    await office.as('e-rs-lead').done('asi +1 7000001 routine=25');
    expect([...((await calls(office)).at(-1)?.people ?? [])].sort()).toEqual(
      [await idOf(office, 'tester'), await idOf(office, 'clinical-safety-officer')].sort(),
    );
    await askAfter.run(office.store, Temporal.Instant.from('2026-12-10T09:00:00Z'));
    expect((await calls(office, 'direct')).at(-1)?.message).toContain('7000001 routine 25 against 4');
    const settled = await ask<AsiFacts>(office, 'tester', 'asi settle 7000001 note="the clinic opened slots"');
    expect(settled.alertCount).toBe(0);
    expect(await office.as('tester').refused('asi take all')).toBe('nothing-open');
  });

  it('26: one site’s screen is read by its code, typed bare or as site=, and settled alike', async () => {
    const office = await openOffice(await database.open(), { now: NIGHT });
    await givenGoLive(office);
    const read = await ask(office, 'tester', 'reconcile read site=XR101');
    expect(read.notice).toBe('1 service read: all as planned.');
    const wrong = await ask(office, 'tester', `reconcile read XR102 ${OLD}`);
    expect(wrong.open).toMatchObject([{ serviceId: '7000003', kind: 'still-old' }]);
    // A site's code alone reads nothing: it shows that site's list.
    const shown = await ask(office, 'tester', 'reconcile site=XR102');
    expect(shown.readings.map(({ site }) => site)).toEqual(['XR102']);
    expect(shown.open.map(({ site }) => site)).toEqual(['XR102']);
    expect((await ask(office, 'tester', 'reconcile xr101')).open).toEqual([]);
    const settled = await ask(office, 'service-definer', 'reconcile settle xr102 the whole site was linked by hand');
    expect(settled).toMatchObject({ settled: 1 });
    expect(await office.as('tester').refused('reconcile read site=XR999')).toBe('unknown-service');
    expect(await office.as('tester').refused('reconcile site=XR999')).toBe('unknown-service');
    // A whole site leaves what was read otherwise, as "all" does.
    await office.as('tester').done(`reconcile read XR103 ${OLD}`);
    const swept = await ask(office, 'tester', 'reconcile read XR103');
    expect(swept).toMatchObject({ openCount: 1 });
    expect(swept.notice).toContain('7000005 was read otherwise and left so');
  });
});

async function packOf(office: Office): Promise<Pack> {
  const migration = await office.store.migrations.byId(office.migrationId);
  const plan = await office.store.plans.current(office.migrationId);
  if (migration === null) throw new Error('There is a migration.');
  return office.store.packs.gather(migration, plan, {
    now: office.clock.now(),
    by: 'A test',
    holidays: QUIET_YEARS,
  });
}
