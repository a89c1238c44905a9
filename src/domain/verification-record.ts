import { Refusal } from '../kernel/errors.ts';
import { counted } from '../kernel/time-words.ts';
import {
  isSettled,
  type Mark,
  SCENARIO_MARKS,
  SCENARIOS,
  type Scenario,
  type Test,
  type TestEvent,
  testsOf,
} from './verification.ts';

/** What a tester says: both marks at once ("passed"), one of them, a failure with its reason, or that it could not be tested. */
export interface Said {
  readonly services: readonly string[];
  /** True where all services were meant, not named: then what failed is left for a retest by name. */
  readonly sweeping: boolean;
  readonly scenarios: readonly Scenario[];
  readonly result: Mark | 'passed' | 'failed' | 'could-not';
  readonly reason: string | null;
  /** Ours (T-7); without one each service gets the next. */
  readonly reference: string | null;
  readonly by: number;
  readonly at: string;
  /** When it was typed in, where that was later than `at` (rule 30). */
  readonly recordedAt: string | null;
}

export interface Recorded {
  readonly events: readonly TestEvent[];
  readonly notice: string;
}

/** The events that follow from what was said (rule 25). Refuses "nothing-to-say" where it changes nothing. */
export function recordTests(said: Said, tests: readonly Test[], events: readonly TestEvent[]): Recorded {
  const meant = tests.filter(
    (test) => said.services.includes(test.serviceId) && said.scenarios.includes(test.scenario),
  );
  const fitting = meant.filter((test) => marksFor(said, test).length > 0 || !isSeen(said));
  const left = said.sweeping ? fitting.filter((test) => test.state === 'failed' || isSettled(test)) : [];
  const chosen = fitting.filter((test) => !left.includes(test));
  const numbers = references(chosen, events);
  const made = chosen.flatMap((test) => eventsFor(said, test, said.reference ?? numbers.get(test.serviceId) ?? null));
  const failed = left.filter((test) => test.state === 'failed').length;
  if (made.length === 0) {
    const why =
      failed > 0
        ? `${counted(failed, 'failed test is', 'failed tests are')} left: name the service to retest it.`
        : 'All of it is recorded already.';
    throw new Refusal('nothing-to-say', `That changes nothing. ${why}`);
  }
  const rest =
    failed > 0
      ? ` ${counted(failed, 'failed test was', 'failed tests were')} left as they are: name the service to retest it.`
      : '';
  return {
    events: made,
    notice: `Recorded: ${counted(chosen.length, 'test')} at ${counted(new Set(chosen.map((test) => test.serviceId)).size, 'service')}.${rest}${failedLater(said, [...events, ...made])}`,
  };
}

/** A pass that was noted before a failure leaves the failure standing. */
function failedLater(said: Said, events: readonly TestEvent[]): string {
  if (said.result !== 'passed') return '';
  const standing = testsOf(said.services, events).filter(
    (test) => said.scenarios.includes(test.scenario) && test.state === 'failed' && isBefore(said.at, test.at),
  );
  if (standing.length === 0) return '';
  return ` ${counted(standing.length, 'test')} failed later than that, and still ${standing.length === 1 ? 'does' : 'do'}: test again.`;
}

function isBefore(one: string, other: string | null): boolean {
  return other !== null && Temporal.Instant.compare(one, other) < 0;
}

function eventsFor(said: Said, test: Test, reference: string | null): readonly TestEvent[] {
  const { by, at, recordedAt, reason } = said;
  const common = { serviceId: test.serviceId, scenario: test.scenario, reference, by, at, recordedAt };
  if (said.result === 'failed' || said.result === 'could-not')
    return [{ ...common, kind: said.result, mark: null, reason }];
  return marksFor(said, test).map((mark) => ({ ...common, kind: 'seen' as const, mark, reason: null }));
}

function marksFor({ result }: Said, test: Test): readonly Mark[] {
  const marks: readonly Mark[] = SCENARIO_MARKS[test.scenario];
  return result === 'passed' ? marks : marks.filter((mark) => mark === result);
}

function isSeen({ result }: Said): boolean {
  return result !== 'failed' && result !== 'could-not';
}

/** One reference a service: the one that its booking has, else the next free number. */
function references(tests: readonly Test[], events: readonly TestEvent[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const event of events) if (event.reference !== null) given.set(event.serviceId, event.reference);
  let last = Math.max(0, ...events.map((event) => Number(event.reference?.slice(2) ?? 0)));
  for (const { serviceId } of tests) {
    if (!given.has(serviceId)) given.set(serviceId, `T-${++last}`);
  }
  return given;
}

/** Which scenarios are meant: the one named, the one that the mark belongs to, or all three. */
export function scenariosMeant(scenario: Scenario | 'all' | undefined, result: Said['result']): readonly Scenario[] {
  if (scenario !== undefined && scenario !== 'all') return [scenario];
  if (result === 'removed' || result === 'not-offered') return ['remove-slot'];
  return SCENARIOS;
}

/** Service ids as typed: several, a whole site by its code, or "all". Refuses "unknown-service" naming what is not in the list. */
export function servicesMeant(
  typed: string,
  known: readonly { readonly serviceId: string; readonly site: string }[],
): readonly string[] {
  const words = typed.split(/[\s,]+/).filter((word) => word !== '');
  const found = words.map((word) => ({
    word,
    ids: known
      .filter((one) => word.toLowerCase() === 'all' || one.serviceId === word || one.site === word.toUpperCase())
      .map((one) => one.serviceId),
  }));
  const unknown = found.filter((one) => one.ids.length === 0).map((one) => one.word);
  if (unknown.length > 0 || found.length === 0) {
    const some = known
      .slice(0, 5)
      .map((one) => one.serviceId)
      .join(', ');
    throw new Refusal(
      'unknown-service',
      `${unknown.join(', ') || 'That'} is not in this list. It holds ${counted(known.length, 'service')}: ${some}${known.length > 5 ? ' and more' : ''}. Name ids, a site’s code, or "all".`,
      {
        fields: { services: 'Name services of the list, a site, or "all".' },
      },
    );
  }
  return [...new Set(found.flatMap((one) => one.ids))];
}
