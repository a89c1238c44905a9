import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { eachDatabase } from '../support/database.ts';
import type { Desk } from '../support/office.ts';
import { idOf } from '../support/office-plan.ts';
import { openPlanOffice, submitted } from '../support/plan-office.ts';

const VOTERS = ['approver', 'second-approver', 'clinical-safety-officer'] as const satisfies readonly Desk[];

/** What people do to a plan, by hand, and what rule 10 says of the votes. 7000005 is urgent suspected cancer: business-critical. */
const EDITS = [
  { text: 'plan 1 remove=7000002,7000003 --save', votes: 'ask-safety-officer-again' },
  { text: 'plan 1 remove=7000004 --save', votes: 'ask-safety-officer-again' },
  { text: 'plan 1 remove=7000005 --save', votes: 'void' },
  { text: 'plan 1 remove=7000012 --save', votes: 'void' },
  { text: 'plan 1 runner=deputy@rehearsal.example deputy=none --save', votes: 'void' },
  { text: 'window plan=1 from="2026-12-09 20:15" to="2026-12-09 23:30"', votes: 'void' },
  { text: 'plan 1 --refresh --save', votes: 'keep' },
  { text: 'show 1', votes: 'keep' },
] as const;

eachDatabase('votes through edits', (database) => {
  // The first embedded database of a worker takes a while.
  beforeAll(async () => void (await database.open()), 120_000);

  it('10: votes are kept if and only if the rule says so, whoever has voted and whatever is done (property)', async () => {
    const edits = fc.uniqueArray(fc.constantFrom(...EDITS), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...VOTERS]), edits, async (voted, done) => {
        const office = await openPlanOffice(database);
        const code = await submitted(office, 'site=XR101,XR102 verify=7000001,7000011,7000012');
        let standing: Desk[] = [];
        for (const desk of voted) {
          await office.as(desk).done(`approve ${code}`);
          standing.push(desk);
        }
        for (const { text, votes } of done) {
          await office.as('planner').done(text);
          if (votes === 'void') standing = [];
          if (votes === 'ask-safety-officer-again') {
            standing = standing.filter((desk) => desk !== 'clinical-safety-officer');
          }
        }
        const [plan] = await office.store.plans.list(office.migrationId);
        const found = await office.store.votes.of(plan?.id ?? 0);
        const wanted = await Promise.all(standing.map((desk) => idOf(office, desk)));
        expect(found.map(({ personId }) => personId).toSorted()).toEqual(wanted.toSorted());
        for (const vote of found) expect(vote.hash).toBe(plan?.hash);
        expect(plan?.state).toBe(standing.length === VOTERS.length ? 'approved' : 'submitted');
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
