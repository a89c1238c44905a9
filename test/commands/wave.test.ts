import { beforeAll, describe, expect, it } from 'vitest';
import type { Intake } from '../../src/command.ts';
import type { PlanDiffFacts } from '../../src/domain/plan-answers.ts';
import { sweep } from '../../src/jobs/sweep.ts';
import { service } from '../domain/plan-service.ts';
import { eachDatabase } from '../support/database.ts';
import { importServices, openPlanOffice } from '../support/plan-office.ts';

const REF = `file-${'a'.repeat(32)}`;
/** An intake that holds one file of this text. */
const holding = (text: string): Intake => ({
  load: () => Promise.reject(new Error('This office reads lists only.')),
  calendar: () => Promise.reject(new Error('This office reads lists only.')),
  deliveryReports: () => Promise.reject(new Error('This office reads lists only.')),
  picture: () => Promise.reject(new Error('This office reads lists only.')),
  welshWords: () => Promise.reject(new Error('This office reads lists only.')),
  commissionerMap: () => Promise.reject(new Error('This office reads lists only.')),
  look: () => Promise.reject(new Error('This office reads lists only.')),
  text: () => Promise.resolve({ name: 'ids.csv', text }),
});

eachDatabase('selections that are kept', (database) => {
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);

  it('4: a wave is kept under a name, shown with its services, planned, and forgotten', async () => {
    const office = await openPlanOffice(database);
    const planner = office.as('planner');
    await planner.done('wave "Wave 1" site=XR101 except=7000001');
    const { waves } = await planner.done('wave');
    expect(waves).toMatchObject([{ name: 'Wave 1', services: 4, words: 'all 4 services at XR101 except 7000001' }]);
    expect(await planner.done('plan wave="wave 1"')).toMatchObject({ services: 4 });
    expect(await planner.done('plan wave="wave 1" ids=7000011 except=7000002')).toMatchObject({ services: 4 });
    expect(await planner.refused('plan wave="wave 1" site=XR102')).toBe('wave-and-more');
    expect(await planner.refused('plan wave="Wave 9"')).toBe('no-wave');
    expect(await planner.refused('wave "Wave 2" site=XR109')).toBe('selection-names-nothing');
    await planner.done('plan wave="Wave 1" --save');
    await planner.done('wave "Wave 1" site=XR102');
    await planner.done('wave "The first plan" plan=1');
    expect((await planner.done('wave')).waves).toMatchObject([{ services: 4 }, { name: 'Wave 1', services: 3 }]);
    expect((await planner.done('wave "wave 1" --remove')).waves).toHaveLength(1);
    expect(await office.as('observer').refused('wave')).toBe('role');
  });

  it('4: an uploaded list selects its services; a line that is no id and one that names nothing are said', async () => {
    const office = await openPlanOffice(database, undefined, { intake: holding('SERVICE_ID\n7000001\n7000012\n') });
    expect(await office.as('planner').done(`plan ${REF}`)).toMatchObject({ services: 2 });
    expect(await office.as('planner').done(`wave Listed ${REF}`)).toMatchObject({ waves: [{ services: 2 }] });
    const bad = await openPlanOffice(database, undefined, { intake: holding('7000001\nEye clinic') });
    expect(await bad.as('planner').refused(`plan ${REF}`)).toBe('bad-list');
    const gone = await openPlanOffice(database, undefined, { intake: holding('7000001\n7999999') });
    expect(await gone.as('planner').refused(`plan ${REF}`)).toBe('selection-names-nothing');
    const patient = await openPlanOffice(database, undefined, { intake: holding('7000001,NHS number 943 476 5919') });
    expect(await patient.as('planner').refused(`plan ${REF}`)).toBe('patient-data');
  });

  it('4: a list of a thousand ids is saved by a button that holds its code alone', async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => String(7_100_000 + index));
    const intake = holding(ids.join('\n'));
    const estate = ids.map((id) => service(id, { providerOrg: 'XR1', locationOrg: 'XR101' }));
    const office = await openPlanOffice(database, estate, { intake });
    const diff = (await office.as('planner').done(`plan ${REF} except=7100000`)) as unknown as PlanDiffFacts;
    expect(JSON.stringify(diff.save).length).toBeLessThan(200);
    const saved = await office.as('planner').click(diff.save.verb, diff.save.input);
    expect(saved).toMatchObject({ answer: { facts: { state: 'draft', services: 999 } } });
    const change = (await office.as('planner').done('plan 1 remove=7100001')) as unknown as PlanDiffFacts;
    const changed = await office.as('planner').click(change.save.verb, change.save.input);
    expect(changed).toMatchObject({ answer: { facts: { number: 1, services: 998 } } });
  });

  describe('what was shown', () => {
    it('4: is looked at again when the import changed since, and is gone after a week', async () => {
      const office = await openPlanOffice(database);
      const diff = (await office.as('planner').done('plan XR101')) as unknown as PlanDiffFacts;
      await importServices(office, [service('7000001', { providerOrg: 'XR1', locationOrg: 'XR101' })], 2);
      const again = await office.as('planner').click(diff.save.verb, diff.save.input);
      expect(again).toMatchObject({ answer: { code: 'plan.diff', facts: { services: 1 } } });
      office.clock.set('2026-12-09T19:00:00Z');
      await sweep.run(office.store, office.clock.now());
      const late = await office.as('planner').click(diff.save.verb, diff.save.input);
      expect(late).toMatchObject({ refusal: { code: 'stale-card' } });
    });
  });
});
