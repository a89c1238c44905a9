import type { Plan, PlannedService } from './plan.ts';
import { type PollLine, pollList, type SiteMorning, type SlotPoll } from './slot-poll.ts';
import {
  isSettled,
  type NamedTester,
  SCENARIO_WORDS,
  type Test,
  type TestEvent,
  type TestState,
  testsOf,
} from './verification.ts';
import type { LateEntries, PollsFacts, TestLine, VerificationFacts } from './verification-answers.ts';
import { quorum } from './verification-quorum.ts';

const SHOWN_TESTS = 15;
const SHOWN_POLLS = 20;

/** All that is known about a plan's checks after go-live. */
export interface Verification {
  readonly plan: Plan;
  readonly zone: string;
  readonly services: readonly PlannedService[];
  readonly polls: readonly SlotPoll[];
  readonly events: readonly TestEvent[];
  readonly testers: readonly NamedTester[];
  /** The newest answer of each site that has answered. */
  readonly mornings: readonly SiteMorning[];
  /** What the checklist still has against completing. */
  readonly closing: readonly string[];
  readonly standing: readonly string[];
  readonly nameOf: (personId: number) => string;
}

export function verificationFacts(known: Verification, notice: string | null): VerificationFacts {
  const { plan, zone, services, closing } = known;
  const tests = testsOf(plan.verification, known.events);
  const polls = pollLines(known);
  const waiting = tests.filter((test) => !isSettled(test)).sort((one, other) => RANK[one.state] - RANK[other.state]);
  return {
    zone,
    standing: known.standing,
    plan: plan.number,
    state: plan.state,
    notice,
    passed: tests.filter(isSettled).length,
    tests: tests.length,
    bySite: sitesOf(known, tests),
    waiting: waiting.slice(0, SHOWN_TESTS).map((test) => line(known, test)),
    waitingMore: Math.max(0, waiting.length - SHOWN_TESTS),
    accepted: tests.filter((test) => test.state === 'accepted').map((test) => line(known, test)),
    pollsSeen: polls.filter((poll) => poll.seenAt !== null).length,
    polls: polls.length,
    quorum: quorum(services, tests, polls),
    testers: testersOf(known),
    mornings: known.mornings,
    morningsOpen: [...new Set(services.map(({ site }) => site))]
      .filter((site) => !known.mornings.some((one) => one.site === site))
      .sort(),
    closing,
    last: lastOf(known),
    late: lateTests(known.events),
  };
}

export function pollsFacts(known: Verification, notice: string | null): PollsFacts {
  const polls = pollLines(known);
  return {
    zone: known.zone,
    plan: known.plan.number,
    seen: polls.filter((poll) => poll.seenAt !== null).length,
    total: polls.length,
    notice,
    late: latePolls(polls),
    lines: polls.slice(0, SHOWN_POLLS).map(({ serviceId, name, site, ownerId, seenAt, seenBy, problem, ...poll }) => ({
      serviceId,
      name,
      site,
      why: [
        ...(poll.businessCritical ? ['business-critical'] : []),
        ...(poll.verification ? ['verification'] : []),
      ].join(', '),
      owner: ownerId === null ? null : known.nameOf(ownerId),
      seenAt,
      seenBy: seenBy === null ? null : known.nameOf(seenBy),
      problem,
    })),
    more: Math.max(0, polls.length - SHOWN_POLLS),
  };
}

export function pollLines({ plan, services, polls }: Verification): readonly PollLine[] {
  return pollList(services, plan.verification, polls);
}

const SHOWN_LATE = 3;

/** Both times of what was entered later: one line a service and scenario, the newest first (rule 30). */
function lateTests(events: readonly TestEvent[]): LateEntries {
  const late = events.flatMap(({ serviceId, scenario, at, recordedAt }) =>
    recordedAt ? [{ what: `${serviceId} ${scenario}`, at, enteredAt: recordedAt }] : [],
  );
  return newestOf([...new Map(late.map((one) => [one.what, one])).values()].reverse());
}

function latePolls(polls: readonly PollLine[]): LateEntries {
  return newestOf(
    polls.flatMap(({ serviceId, seenAt, recordedAt }) =>
      seenAt && recordedAt ? [{ what: serviceId, at: seenAt, enteredAt: recordedAt }] : [],
    ),
  );
}

function newestOf(all: LateEntries['newest']): LateEntries {
  return { count: all.length, newest: all.slice(0, SHOWN_LATE) };
}

const RANK = { failed: 0, 'could-not': 1, half: 2, open: 3, passed: 4, accepted: 5 } as const satisfies Record<
  TestState,
  number
>;

function sitesOf({ plan, services }: Verification, tests: readonly Test[]): VerificationFacts['bySite'] {
  const sites = [...new Set(services.map((service) => service.site))].sort();
  return sites.map((site) => {
    const ids = services
      .filter((one) => one.site === site && plan.verification.includes(one.serviceId))
      .map((one) => one.serviceId);
    const done = ids.filter((id) => tests.filter((test) => test.serviceId === id).every(isSettled));
    return { site, services: ids.length, done: done.length };
  });
}

/** Those with the most services first, nobody last. */
function testersOf({ plan, testers, nameOf }: Verification): VerificationFacts['testers'] {
  const byTester = Map.groupBy(
    plan.verification,
    (id) => testers.find(({ serviceId }) => serviceId === id)?.testerId ?? null,
  );
  return [...byTester]
    .map(([id, services]) => ({ name: id === null ? null : nameOf(id), services: services.length }))
    .sort((one, other) => Number(one.name === null) - Number(other.name === null) || other.services - one.services);
}

function line({ services, testers, nameOf }: Verification, test: Test): TestLine {
  const named = testers.find(({ serviceId }) => serviceId === test.serviceId);
  const service = services.find((one) => one.serviceId === test.serviceId);
  return {
    ...test,
    what: SCENARIO_WORDS[test.scenario],
    name: service?.name ?? test.serviceId,
    site: service?.site ?? '',
    tester: named ? nameOf(named.testerId) : null,
    seen: test.seen.map(({ mark }) => mark),
    by: test.by === null ? null : nameOf(test.by),
  };
}

function lastOf({ events, nameOf }: Verification): VerificationFacts['last'] {
  const last = events.at(-1);
  if (!last) return null;
  return { by: nameOf(last.by), at: last.at, what: `${last.serviceId}: ${SCENARIO_WORDS[last.scenario]}` };
}
