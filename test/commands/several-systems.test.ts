import { expect, it } from 'vitest';
import type { Bundle } from '../../src/domain/bundle.ts';
import type { PlanDiffFacts } from '../../src/domain/plan-answers.ts';
import { undoSteps } from '../../src/domain/undo.ts';
import { service } from '../domain/plan-service.ts';
import { eachDatabase } from '../support/database.ts';
import type { Office } from '../support/office.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';

const [FIRST, SECOND, NEW] = ['200000000220', '200000000330', '200000001337'];

/** Two old systems, and services of one organisation that another one takes over. */
const ESTATE = [
  service('7000001', { providerOrg: 'XR1', locationOrg: 'XR101', currentAsid: FIRST }),
  service('7000002', { providerOrg: 'XR1', locationOrg: 'XR101', currentAsid: FIRST }),
  service('7000003', { providerOrg: 'XR1', locationOrg: 'XR102', currentAsid: SECOND }),
  service('7000004', { providerOrg: 'XR2', locationOrg: 'XR201', currentAsid: SECOND }),
];
const OLD = [
  { organisation: 'XR1', asid: FIRST },
  { organisation: 'XR1', asid: FIRST },
  { organisation: 'XR1', asid: SECOND },
  { organisation: 'XR2', asid: SECOND },
];
const SITES = 'site=XR101,XR102,XR201';

eachDatabase('several old systems into one new one', (database) => {
  const open = async (newOrg: string | null): Promise<Office> => {
    const office = await openPlanOffice(database, ESTATE);
    await office.connection.db
      .updateTable('migration')
      .set({ old_asids: JSON.stringify([FIRST, SECOND]), new_org: newOrg })
      .where('id', '=', office.migrationId)
      .execute();
    return office;
  };

  it.each([
    { what: 'each organisation keeps its services', newOrg: null, to: ['XR1', 'XR1', 'XR1', 'XR2'] },
    { what: 'a new organisation takes them', newOrg: 'XR9', to: ['XR9', 'XR9', 'XR9', 'XR9'] },
  ])('4: $what: difference, hash and way back are each service’s own', async ({ newOrg, to }) => {
    const office = await open(newOrg);
    const diff = (await office.as('planner').done(`plan ${SITES}`)) as unknown as PlanDiffFacts;
    expect(diff).toMatchObject({ services: 4, toAsid: NEW, toOrganisation: newOrg });
    expect(diff.sites).toMatchObject([
      { organisation: 'XR1', site: 'XR101', count: 2, fromAsids: [FIRST] },
      { organisation: 'XR1', site: 'XR102', count: 1, fromAsids: [SECOND] },
      { organisation: 'XR2', site: 'XR201', count: 1, fromAsids: [SECOND] },
    ]);
    await submitted(office, SITES);
    const plan = await office.store.plans.current(office.migrationId);
    const links = to.map((organisation, at) => ({
      serviceId: ESTATE[at]?.serviceId,
      from: OLD[at],
      to: { organisation, asid: NEW },
    }));
    const { inputs } = await office.connection.db
      .selectFrom('plan_version')
      .select('inputs')
      .where('plan_id', '=', plan.id)
      .executeTakeFirstOrThrow();
    const covered = JSON.parse(inputs) as Bundle;
    expect(covered.services).toEqual(links);
    expect(covered.target).toEqual({ asid: NEW, organisation: newOrg });
    expect(undoSteps(await office.store.plans.services(plan.id))).toEqual(
      links.map(({ serviceId, from, to: left }) => ({ serviceId, from: left, to: from })),
    );
  });

  it('4: one of the old systems alone can be chosen', async () => {
    const office = await open(null);
    const diff = (await office.as('planner').done(`plan from=${SECOND}`)) as unknown as PlanDiffFacts;
    expect(diff.sites.map(({ site, count }) => [site, count])).toEqual([
      ['XR102', 1],
      ['XR201', 1],
    ]);
  });

  it('8: the same services with and without a new organisation never have one hash', async () => {
    const codes = [];
    for (const newOrg of [null, 'XR9']) {
      const office = await open(newOrg);
      await submitted(office, SITES);
      codes.push((await office.store.plans.current(office.migrationId)).hash);
    }
    expect(new Set(codes).size).toBe(2);
  });
});
