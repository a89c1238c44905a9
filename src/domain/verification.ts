/** The guidance's three scenarios (rule 25), in their order. */
export const SCENARIOS = ['book', 'cancel', 'remove-slot'] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** What has to be seen for a scenario to pass: two marks each. */
export const MARKS = ['e-rs', 'pas', 'removed', 'not-offered'] as const;
export type Mark = (typeof MARKS)[number];

export const SCENARIO_MARKS = {
  book: ['e-rs', 'pas'],
  cancel: ['e-rs', 'pas'],
  'remove-slot': ['removed', 'not-offered'],
} as const satisfies Record<Scenario, readonly Mark[]>;

export const SCENARIO_WORDS = {
  book: 'Book in e-RS, see it in the PAS',
  cancel: 'Cancel in e-RS, see it cancelled in the PAS',
  'remove-slot': 'Remove Slot in the PAS, see that a referrer is no longer offered it',
} as const satisfies Record<Scenario, string>;

/** e-RS's own words for why a booking fails. */
export const ERS_REASONS = [
  'PAS_NOT_RESPONDING',
  'PAS_RESPONDED_WITH_ERROR',
  'SLOT_NOT_AVAILABLE',
  'SERVICE_UNAVAILABLE',
  'UNABLE_TO_CONFIRM_APPOINTMENT',
  'SLOTS_CURRENTLY_AVAILABLE',
] as const;

/** What a tester or the safety officer said about one scenario of one service; kept for ever, in order. `at` is an ISO instant. */
export interface TestEvent {
  readonly serviceId: string;
  readonly scenario: Scenario;
  readonly kind: 'seen' | 'failed' | 'could-not' | 'accepted';
  /** Of `seen`: which mark. */
  readonly mark: Mark | null;
  readonly reason: string | null;
  /** Ours (T-7), never a UBRN. */
  readonly reference: string | null;
  readonly by: number;
  readonly at: string;
  /** When it was typed in, where that was later than `at` (rule 30). */
  readonly recordedAt?: string | null;
}

/** Who tests a verification service; nobody can be named yet. */
export interface NamedTester {
  readonly serviceId: string;
  readonly testerId: number;
}

export type TestState = 'open' | 'half' | 'passed' | 'failed' | 'could-not' | 'accepted';

/** One scenario of one service as it stands. */
export interface Test {
  readonly serviceId: string;
  readonly scenario: Scenario;
  readonly state: TestState;
  readonly seen: readonly { readonly mark: Mark; readonly at: string }[];
  readonly reason: string | null;
  readonly reference: string | null;
  readonly by: number | null;
  readonly at: string | null;
}

/** Passed, or a failure that the safety officer accepts: nothing more is to be done. */
export function isSettled(test: Pick<Test, 'state'>): boolean {
  return test.state === 'passed' || test.state === 'accepted';
}

/** Every scenario of every verification service, from what was said so far. */
export function testsOf(serviceIds: readonly string[], events: readonly TestEvent[]): readonly Test[] {
  return serviceIds.flatMap((serviceId) =>
    SCENARIOS.map((scenario) =>
      asItHappened(events.filter((event) => event.serviceId === serviceId && event.scenario === scenario)).reduce(
        after,
        {
          serviceId,
          scenario,
          state: 'open',
          seen: [],
          reason: null,
          reference: null,
          by: null,
          at: null,
        } as Test,
      ),
    ),
  );
}

/**
 * What was noted on paper stands at its own time (rule 30): a pass from before a failure is no retest of it. Whoever accepted
 * did so of what was known then, so a failure that is entered afterwards is to be accepted anew, whenever it happened.
 */
function asItHappened(events: readonly TestEvent[]): readonly TestEvent[] {
  const lastFailure = events.findLastIndex(({ kind }) => kind === 'failed' || kind === 'could-not');
  return events
    .filter(({ kind }, index) => kind !== 'accepted' || index > lastFailure)
    .sort((one, other) => Temporal.Instant.compare(one.at, other.at));
}

/**
 * A failure takes back the marks: a retest needs both again, and until both are there the failure stands. Only a failure,
 * or what could not be tested, can be accepted.
 */
function after(test: Test, event: TestEvent): Test {
  const common = { ...test, by: event.by, at: event.at, reference: event.reference ?? test.reference };
  if (event.kind === 'accepted') {
    const acceptable = test.state === 'failed' || test.state === 'could-not';
    return acceptable ? { ...common, state: 'accepted', reason: event.reason } : test;
  }
  if (event.kind === 'failed' || event.kind === 'could-not') {
    return { ...common, state: event.kind, seen: [], reason: event.reason };
  }
  const marks: readonly Mark[] = SCENARIO_MARKS[test.scenario];
  if (event.mark === null || !marks.includes(event.mark)) return test;
  const seen = [...test.seen.filter(({ mark }) => mark !== event.mark), { mark: event.mark, at: event.at }];
  if (marks.every((mark) => seen.some((one) => one.mark === mark)))
    return { ...common, state: 'passed', seen, reason: null };
  const standing = test.state === 'open' || test.state === 'passed' ? 'half' : test.state;
  return { ...common, state: standing, seen };
}
