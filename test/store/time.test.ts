import { expect, it } from 'vitest';
import { DEFAULT_HOURS } from '../../src/domain/hours-policy.ts';
import { eachDatabase } from '../support/database.ts';
import { plannedService } from '../support/notice-facts.ts';
import { openOffice } from '../support/office.ts';
import { givenPlan } from '../support/office-plan.ts';

const now = '2026-12-01T19:00:00Z';
const freeze = {
  rule: 'freeze' as const,
  startsAt: now,
  endsAt: null,
  reason: 'a change freeze',
  by: 1,
  now,
};

eachDatabase('11: what time is judged by', (database) => {
  it('an untouched migration has the defaults and nothing else', async () => {
    const { store, migrationId } = await openOffice(await database.open());
    expect(await store.time.rules(migrationId)).toEqual({
      policy: null,
      stops: [],
      ersOutages: [],
      calendars: [],
      lastCheck: null,
    });
  });

  it('keeps a policy of its own, and replaces it', async () => {
    const { store, migrationId } = await openOffice(await database.open());
    await store.time.setPolicy(migrationId, { ...DEFAULT_HOURS, source: 'first' }, 1, now);
    await store.time.setPolicy(migrationId, { ...DEFAULT_HOURS, source: 'second' }, 1, now);
    expect((await store.time.rules(migrationId)).policy).toEqual({ ...DEFAULT_HOURS, source: 'second' });
  });

  it('keeps freezes with who set and who lifted them, and lifts only what still stands', async () => {
    const { store, migrationId } = await openOffice(await database.open());
    const over = await store.time.stop({
      ...freeze,
      migrationId,
      startsAt: '2026-11-01T00:00:00Z',
      endsAt: '2026-11-02T00:00:00Z',
    });
    const first = await store.time.stop({ ...freeze, migrationId });
    const second = await store.time.stop({ ...freeze, migrationId });
    expect(await store.time.lift(migrationId, 'freeze', first, 2, '2026-12-01T20:00:00Z')).toEqual([first]);
    expect(await store.time.lift(migrationId, 'freeze', null, 2, '2026-12-01T20:00:00Z')).toEqual([second]);
    const { stops } = await store.time.rules(migrationId);
    expect(stops.map(({ id, liftedAt }) => [id, liftedAt])).toEqual([
      [over, null],
      [first, '2026-12-01T20:00:00Z'],
      [second, '2026-12-01T20:00:00Z'],
    ]);
    expect(stops[1]).toMatchObject({ setBy: 'The administrator', liftedBy: 'The planner', startsAt: now });
  });

  it('one incident stands at a time; after it is over another can be declared', async () => {
    const { store, migrationId } = await openOffice(await database.open());
    const incident = { ...freeze, rule: 'incident' as const, migrationId };
    expect(await store.time.stop(incident)).not.toBeNull();
    expect(await store.time.stop(incident)).toBeNull();
    await store.time.lift(migrationId, 'incident', null, 1, now);
    expect(await store.time.stop(incident)).not.toBeNull();
  });

  it('notes planned e-RS outages and the last look at the pages', async () => {
    const { store, migrationId } = await openOffice(await database.open());
    const id = await store.time.addErsOutage({
      migrationId,
      from: '2026-12-08T22:00:00Z',
      to: '2026-12-08T23:00:00Z',
      source: 'live service pages',
      by: 1,
      now,
    });
    for (const checkedAt of ['2026-12-01T18:00:00Z', '2026-12-01T12:00:00Z']) {
      await store.time.addCheck(migrationId, { checkedAt, page: 'live service pages', found: 'none' }, 1, now);
    }
    const rules = await store.time.rules(migrationId);
    expect(rules.ersOutages).toMatchObject([{ id, from: '2026-12-08T22:00:00Z', to: '2026-12-08T23:00:00Z' }]);
    expect(rules.lastCheck).toMatchObject({ checkedAt: '2026-12-01T18:00:00Z', by: 'The administrator' });
    expect(await store.time.removeErsOutage(migrationId, id, 1, now)).toBe(true);
    expect(await store.time.removeErsOutage(migrationId, id, 1, now)).toBe(false);
    expect((await store.time.rules(migrationId)).ersOutages).toEqual([]);
  });

  it('8: keeps a window and at most three reserves, in order', async () => {
    const { store } = await openOffice(await database.open());
    const nights = ['08', '09', '10', '11', '12'].map((day) => ({
      from: `2026-12-${day}T20:00:00Z`,
      to: `2026-12-${day}T23:00:00Z`,
    }));
    await store.windows.replace(7, nights.slice(0, 4), 1, now);
    await store.windows.replace(7, nights.slice(1, 3), 1, now);
    expect(await store.windows.of(7)).toEqual(nights.slice(1, 3));
    await expect(store.windows.replace(7, nights, 1, now)).rejects.toThrow('rule_8_a_window_and_three_reserves');
  });

  it('13: another migration’s window on the same provider system is a clash, its own and other systems are not', async () => {
    const office = await openOffice(await database.open());
    const { store } = office;
    const night = { from: '2026-12-08T20:00:00Z', to: '2026-12-08T23:00:00Z' };
    const mine = await givenPlan(office);
    await store.windows.replace(mine.id, [night], 1, now);
    expect(await store.windows.clashes(mine.id, night)).toEqual([]);
    const start = (name: string, oldAsid: string, newAsid: string) =>
      store.migrations.start(
        {
          name,
          providerOrg: 'XR2',
          providerName: 'Another trust',
          oldAsids: [oldAsid],
          newAsid,
          newOrg: null,
          zone: 'Europe/London',
        },
        1,
        now,
      );
    const same = await start('The other wave', '200000009999', '200000001337');
    const unlike = await start('Elsewhere', '200000008888', '200000007777');
    const theirs = await givenPlan({ ...office, migrationId: same.id }, { services: [plannedService('8000001')] });
    const strangers = await givenPlan({ ...office, migrationId: unlike.id }, { services: [plannedService('9000001')] });
    expect(await store.windows.clashes(theirs.id, night)).toEqual([{ ...night, migration: 'Rehearsal PAS migration' }]);
    expect(await store.windows.clashes(theirs.id, { from: night.to, to: '2026-12-09T01:00:00Z' })).toEqual([]);
    expect(await store.windows.clashes(strangers.id, night)).toEqual([]);
  });

  it('13: keeps every answer to the go', async () => {
    const { store } = await openOffice(await database.open());
    const answer = { part: 'lead' as const, said: 'no' as const, by: 1, at: now, note: 'not yet' };
    await store.go.add(7, answer);
    await store.go.add(7, { ...answer, said: 'yes', note: null });
    expect(await store.go.answers(7)).toEqual([answer, { ...answer, said: 'yes', note: null }]);
    expect(await store.go.answers(8)).toEqual([]);
  });
});
