import { expect, it } from 'vitest';
import type { Role } from '../../src/domain/role.ts';
import { waitsFor } from '../../src/domain/waiting.ts';

const quiet = { live: [], plans: [], items: [], checks: [] };
const who = (...roles: Role[]) => ({ id: 1, name: 'Somebody', roles });

it('24: telephone calls wait for the communications lead and the e-RS lead alone', () => {
  for (const role of ['communications-lead', 'e-rs-lead'] as const) {
    expect(waitsFor(who(role), { ...quiet, calls: 2 })).toEqual(['2 commissioners to telephone, /bsu calls']);
    expect(waitsFor(who(role), { ...quiet, calls: 0 })).toEqual([]);
  }
  expect(waitsFor(who('tester', 'planner', 'approver'), { ...quiet, calls: 2 })).toEqual([]);
});
