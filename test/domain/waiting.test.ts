import { expect, it } from 'vitest';
import type { PlanFacts } from '../../src/domain/plan-answers.ts';
import type { Role } from '../../src/domain/role.ts';
import { waitsFor } from '../../src/domain/waiting.ts';

const quiet = { live: [], plans: [], items: [], checks: [], findings: [] };
const who = (...roles: Role[]) => ({ id: 1, name: 'Somebody', roles });

it('24: telephone calls wait for the communications lead and the e-RS lead alone', () => {
  for (const role of ['communications-lead', 'e-rs-lead'] as const) {
    expect(waitsFor(who(role), { ...quiet, calls: 2 })).toEqual(['2 commissioners to telephone, /bsu calls']);
    expect(waitsFor(who(role), { ...quiet, calls: 0 })).toEqual([]);
  }
  expect(waitsFor(who('tester', 'planner', 'approver'), { ...quiet, calls: 2 })).toEqual([]);
});

const AFTER = { plan: 1, mornings: [], asiDue: [], unread: 0, extract: null, completedUntold: false } as const;

it('26: the days after go-live wait for whoever owns each: notice, mornings, counts', () => {
  const after = [
    {
      ...AFTER,
      mornings: ['XR101', 'XR102'],
      asiDue: ['+1'],
      completedUntold: true,
    },
  ];
  const waits = (role: Role) => waitsFor(who(role), { ...quiet, calls: 0, after });
  expect(waits('communications-lead')).toEqual(['Plan 1: the completed notice, /bsu send completed']);
  expect(waits('planner')).toEqual([]);
  expect(waits('service-definer')).toEqual(['Plan 1: did slots arrive at XR101, XR102? /bsu polls arrived XR101']);
  expect(waits('e-rs-lead')).toEqual([
    'Plan 1: did slots arrive at XR101, XR102? /bsu polls arrived XR101',
    'Plan 1: count the appointment slot issues of day +1, /bsu asi +1',
  ]);
  expect(waitsFor(who('e-rs-lead'), { ...quiet, calls: 0, after: [AFTER] })).toEqual([]);
});

it('26: the extract of after the run waits for the planner, its comparison for the e-RS lead too', () => {
  const waits = (role: Role, extract: 'import' | 'compare') =>
    waitsFor(who(role), { ...quiet, calls: 0, after: [{ ...AFTER, extract }] });
  expect(waits('planner', 'import')).toEqual([
    'Plan 1: the extract of after the run, download EBSX05 and import it, /bsu import',
  ]);
  expect(waits('e-rs-lead', 'import')).toEqual([]);
  for (const role of ['planner', 'e-rs-lead'] as const)
    expect(waits(role, 'compare')).toEqual(['Plan 1: compare it with the newest extract, /bsu reconcile extract']);
  expect(waits('tester', 'compare')).toEqual([]);
});

it('24: the planned notice waits for the communications lead from the approval on, until it is scheduled', () => {
  const plan = { kind: 'plan', number: 3, state: 'approved', notice: null, couldVote: [] } as unknown as PlanFacts;
  const waits = (one: PlanFacts, role: Role) => waitsFor(who(role), { ...quiet, calls: 0, plans: [one] });
  expect(waits(plan, 'communications-lead')).toEqual(['Plan 3: tell people of the outage, /bsu send planned']);
  expect(waits(plan, 'planner')).toEqual([]);
  const notice = { dueAt: '2026-12-01T09:00:00Z', sent: false, commissioners: 1, referrers: 1 };
  expect(waits({ ...plan, notice }, 'communications-lead')).toEqual([]);
});

it('26: what is still to be read on the screen waits for who reads it', () => {
  const after = [{ ...AFTER, unread: 3 }];
  const wanted = ['Plan 1: 3 services to be read on the screen, /bsu reconcile'];
  for (const role of ['tester', 'service-definer'] as const)
    expect(waitsFor(who(role), { ...quiet, calls: 0, after })).toEqual(wanted);
  expect(waitsFor(who('planner', 'approver'), { ...quiet, calls: 0, after })).toEqual([]);
});
