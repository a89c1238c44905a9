import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pollList } from '../../src/domain/slot-poll.ts';
import { isSettled, MARKS, SCENARIOS, type TestEvent, testsOf } from '../../src/domain/verification.ts';
import { quorum } from '../../src/domain/verification-quorum.ts';
import { recordTests, type Said, scenariosMeant, servicesMeant } from '../../src/domain/verification-record.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { plannedService } from '../support/notice-facts.ts';

const at = '2026-12-08T22:00:00Z';
const event = (more: Partial<TestEvent>): TestEvent => ({
  serviceId: '7000001',
  scenario: 'book',
  kind: 'seen',
  mark: 'e-rs',
  reason: null,
  reference: null,
  by: 1,
  at,
  ...more,
});
const failed = event({ kind: 'failed', mark: null, reason: 'PAS_NOT_RESPONDING' });
const accepted = event({ kind: 'accepted', mark: null, reason: 'telephone until Thursday', by: 9 });
const stateAfter = (...events: TestEvent[]) => testsOf(['7000001'], events)[0]?.state;

describe('25: a scenario', () => {
  it.each([
    ['nothing', [], 'open'],
    ['one mark', [event({})], 'half'],
    ['the same mark twice', [event({}), event({})], 'half'],
    ['both marks', [event({}), event({ mark: 'pas' })], 'passed'],
    ['a mark of another scenario', [event({ mark: 'removed' })], 'open'],
    ['a failure', [event({}), event({ mark: 'pas' }), failed], 'failed'],
    ['a failure and one mark of the retest', [failed, event({})], 'failed'],
    ['a failure after one mark, then the other mark alone', [event({}), failed, event({ mark: 'pas' })], 'failed'],
    ['a failure and a whole retest', [failed, event({}), event({ mark: 'pas' })], 'passed'],
    ['a failure that is accepted', [failed, accepted], 'accepted'],
    ['an acceptance without a failure', [accepted], 'open'],
    ['an acceptance of what passed', [event({}), event({ mark: 'pas' }), accepted], 'passed'],
    ['a failure after an acceptance', [failed, accepted, failed], 'failed'],
    ['what could not be tested', [event({ kind: 'could-not', mark: null, reason: 'no slot' })], 'could-not'],
  ] as const)('%s: it is %s', (_what, events, expected) => {
    expect(stateAfter(...events)).toBe(expected);
  });

  it('passes only by its own two marks, whatever else is said in between', () => {
    const anyEvent = fc.record({
      kind: fc.constantFrom('seen', 'failed', 'could-not', 'accepted'),
      mark: fc.constantFrom(...MARKS),
    });
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (said) => {
        const events = said.map(({ kind, mark }) =>
          event(kind === 'seen' ? { mark } : { kind, mark: null, reason: 'why' }),
        );
        const last = events.map((one) => one.kind).lastIndexOf('failed');
        const since = events.slice(last + 1);
        if (stateAfter(...events) === 'passed') {
          expect(since.some((one) => one.mark === 'e-rs') && since.some((one) => one.mark === 'pas')).toBe(true);
        }
      }),
    );
  });
});

describe('25: the poll list', () => {
  it('holds each verification and each business-critical service, what is not seen first', () => {
    const services = [
      plannedService('7000001'),
      plannedService('7000002', { businessCritical: true }),
      plannedService('7000003'),
      plannedService('7000004', { site: 'XR100', businessCritical: true }),
    ];
    const seen = { serviceId: '7000002', ownerId: 1, seenBy: 1, seenAt: at, problem: null };
    const empty = { serviceId: '7000001', ownerId: 1, seenBy: null, seenAt: null, problem: 'none came' };
    expect(pollList(services, ['7000001'], [seen, empty]).map((line) => line.serviceId)).toEqual([
      '7000001',
      '7000004',
      '7000002',
    ]);
  });
});

describe('25: the quorum', () => {
  const services = ['XR101', 'XR101', 'XR102', 'XR103'].map((site, index) =>
    plannedService(`700000${index + 1}`, { site }),
  );
  const chosen = ['7000001', '7000003', '7000004'];
  const passed = (ids: readonly string[]) =>
    ids.flatMap((serviceId) =>
      SCENARIOS.flatMap((scenario) => MARKS.map((mark) => event({ serviceId, scenario, mark }))),
    );
  const judge = (events: readonly TestEvent[], polled: readonly string[] = chosen) =>
    quorum(
      services,
      testsOf(chosen, events),
      pollList(
        services,
        chosen,
        polled.map((serviceId) => ({ serviceId, ownerId: 1, seenBy: 1, seenAt: at, problem: null })),
      ),
    );

  it('is met by one service per site, at least three, with all scenarios, and every poll seen', () => {
    expect(judge(passed(chosen))).toMatchObject({
      ok: true,
      servicesDone: 3,
      servicesNeeded: 3,
      sitesDone: 3,
      sites: 3,
      faults: [],
    });
  });

  it('is not met with a site missing', () => {
    const { ok, faults } = judge(passed(['7000001', '7000003']));
    expect(ok).toBe(false);
    expect(faults.join()).toContain('XR103');
  });

  it('is not met with a poll unseen', () => {
    expect(judge(passed(chosen), ['7000001', '7000003']).faults).toEqual([
      '1 of 3 manual slot polls have not been seen: 7000004',
    ]);
  });

  it('is not met with a failure, until it is retested or accepted', () => {
    const events = [...passed(chosen), failed];
    expect(judge(events).ok).toBe(false);
    expect(judge([...events, accepted]).ok).toBe(true);
    expect(judge([...events, event({}), event({ mark: 'pas' })]).ok).toBe(true);
  });

  it('is not met by nothing at all', () => {
    expect(quorum([], [], []).ok).toBe(false);
    expect(judge([]).ok).toBe(false);
  });

  it('a plan of two services needs two, not three', () => {
    const two = services.slice(0, 2);
    const ids = two.map((service) => service.serviceId);
    expect(quorum(two, testsOf(ids, passed(ids)), [])).toMatchObject({ ok: true, servicesNeeded: 2 });
  });
});

describe('25: what a tester says', () => {
  const ids = ['7000001', '7000002'];
  const said = (more: Partial<Said>): Said => ({
    services: ids,
    sweeping: false,
    scenarios: SCENARIOS,
    result: 'passed',
    reason: null,
    reference: null,
    by: 1,
    at,
    recordedAt: null,
    ...more,
  });
  const record = (what: Partial<Said>, before: readonly TestEvent[] = []) => {
    const { events } = recordTests(said(what), testsOf(ids, before), before);
    return testsOf(ids, [...before, ...events]);
  };

  it('"all passed" settles every test at once, one reference a service', () => {
    const tests = record({ sweeping: true });
    expect(tests.every(isSettled)).toBe(true);
    expect([...new Set(tests.map((test) => `${test.serviceId} ${test.reference}`))]).toEqual([
      '7000001 T-1',
      '7000002 T-2',
    ]);
  });

  it('"all passed" leaves a failure for a retest by name', () => {
    expect(record({ sweeping: true }, [failed])[0]?.state).toBe('failed');
    expect(record({ services: ['7000001'], scenarios: ['book'] }, [failed])[0]?.state).toBe('passed');
  });

  it('a service keeps its reference, and the next one gets the next number', () => {
    const before = [event({ reference: 'T-7' })];
    expect(record({}, before).map((test) => test.reference)).toEqual(['T-7', 'T-7', 'T-7', 'T-8', 'T-8', 'T-8']);
  });

  it('saying nothing new is refused', () => {
    const before = SCENARIOS.flatMap((scenario) =>
      ids.flatMap((serviceId) => MARKS.map((mark) => event({ serviceId, scenario, mark }))),
    );
    expect(() => record({ sweeping: true }, before)).toThrow(Refusal);
  });

  it('a mark without its scenario means the scenario that it belongs to', () => {
    expect(scenariosMeant(undefined, 'removed')).toEqual(['remove-slot']);
    expect(scenariosMeant(undefined, 'passed')).toEqual(SCENARIOS);
    expect(scenariosMeant('cancel', 'passed')).toEqual(['cancel']);
  });

  it('services are named by id, by site or all; a stranger is refused by name', () => {
    const known = [
      { serviceId: '7000001', site: 'XR101' },
      { serviceId: '7000002', site: 'XR102' },
    ];
    expect(servicesMeant('7000002, 7000001', known)).toEqual(['7000002', '7000001']);
    expect(servicesMeant('xr102', known)).toEqual(['7000002']);
    expect(servicesMeant('ALL', known)).toEqual(['7000001', '7000002']);
    expect(() => servicesMeant('7000009', known)).toThrow('7000009 is not in this list');
    expect(() => servicesMeant(' ', known)).toThrow(Refusal);
  });
});
