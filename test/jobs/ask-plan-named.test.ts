import { expect, it } from 'vitest';
import { askAfter } from '../../src/jobs/ask-after.ts';
import { givenGoLive } from '../support/after-run.ts';
import { eachDatabase } from '../support/database.ts';
import { plannedService } from '../support/notice-facts.ts';
import { type Office, openOffice } from '../support/office.ts';
import { givenPlan } from '../support/office-plan.ts';

const MORNING = '2026-12-09T09:00:00Z';

/** The verbs of a text as somebody types them, with the words of an example put in. */
function verbsIn(text: string): string[] {
  return [...text.matchAll(/\/bsu ([^`]+)/g)].map(([, typed]) =>
    (typed ?? '').replace('SERVICE routine 4', '7000001 routine 4').replace('"…"', '"none at all"'),
  );
}

/** The first wave is completed, and the second is being planned. */
async function secondWave(office: Office, path: Parameters<typeof givenPlan>[1] = {}) {
  const { plan } = await givenGoLive(office);
  await office.store.plans.moveTo(plan.id, 'completed', { personId: 1, at: MORNING, words: 'completed' });
  await office.connection.db
    .updateTable('snapshot')
    .set({ number: 9, sha256: 'b'.repeat(64) })
    .execute();
  await givenPlan(office, { services: [plannedService('7000009', { site: 'XR101' })], verification: [], ...path });
}

eachDatabase('25: several plans', (database) => {
  it('25: what is asked about a plan names it where a bare verb would mean another, and does what it says when it is typed', async () => {
    const office = await openOffice(await database.open(), { now: MORNING });
    await secondWave(office);
    await askAfter.run(office.store, Temporal.Instant.from(MORNING));
    const calls = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .execute();
    const typed = calls.flatMap(({ message }) => verbsIn(message ?? ''));
    expect(typed).toHaveLength(3);
    for (const one of typed) await office.as('e-rs-lead').done(one);
    const answers = await office.connection.db.selectFrom('site_morning').select(['plan_id', 'site']).execute();
    expect(answers).toContainEqual({ plan_id: 1, site: 'XR101' });
    expect(await office.store.after.asi(1)).toMatchObject([{ day: '+1', serviceId: '7000001', count: 4 }]);
  });

  it('25: so does what waits for somebody; with one plan alone nothing is named', async () => {
    const office = await openOffice(await database.open(), { now: MORNING });
    await secondWave(office);
    const waits = async () => ((await office.as('e-rs-lead').done('status')).waitsForYou as string[]).join('\n');
    expect(await waits()).toContain('did slots arrive at XR101, XR102, XR103? /bsu polls plan=1 arrived XR101');
    await office.connection.db.updateTable('plan').set({ state: 'withdrawn' }).where('number', '=', 2).execute();
    expect(await waits()).toContain('/bsu polls plan=1 arrived XR101');
    await office.connection.db.updateTable('plan').set({ state: 'verifying' }).where('number', '=', 1).execute();
    expect(await waits()).toContain('/bsu polls arrived XR101');
  });

  it('25: a failed test of a wave says whose plan is accepted, while the next wave is planned', async () => {
    const office = await openOffice(await database.open(), { now: MORNING });
    await givenGoLive(office);
    await office.connection.db
      .updateTable('snapshot')
      .set({ number: 9, sha256: 'b'.repeat(64) })
      .execute();
    await givenPlan(office, { services: [plannedService('7000009')], verification: [] });
    await office.as('tester').done('verify plan=1 7000001 cancel failed PAS_NOT_RESPONDING');
    const calls = await office.connection.db
      .selectFrom('posting')
      .select('message')
      .where('kind', '=', 'call')
      .execute();
    expect(calls.at(-1)?.message).toContain('`/bsu accept plan=1`');
  });
});
