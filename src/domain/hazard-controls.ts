/** What the product does, the rule that it keeps, and the test that proves it: its file, and its name as the suite lists it. */
export interface Control {
  readonly rule: number;
  readonly words: string;
  readonly test: { readonly file: string; readonly name: string };
}

/** The product's controls by the starter hazard that they are for. A test holds that the suite has each of the named tests. */
export const CONTROLS = {
  'wrong-services': [
    control(
      4,
      'The difference is shown by site before anything is saved',
      'test/commands/plan.test.ts',
      '4: shows the difference by site before anything is saved, and saves what was shown',
    ),
    control(
      6,
      'A whole site is one tick only after a look at the live screen',
      'test/commands/plan.test.ts',
      '6: a site of which the plan leaves a service out is never one tick, nor by a look at another import',
    ),
    control(
      15,
      'What is ticked is counted blind, and a second person confirms',
      'test/domain/run-guided.test.ts',
      '15: whatever is clicked in whatever order, Update is never reached without a right count and a second person',
    ),
  ],
  'wrong-asid': [
    control(
      8,
      'From and to of every service are in the hash that is approved',
      'test/domain/bundle.test.ts',
      '8: is equal if and only if the bundle is, in whatever order its services were found',
    ),
    control(
      18,
      'Each service’s way back is compiled, and taken only where the system is still what the run left',
      'test/domain/run-item.test.ts',
      '18: going back, an item moves from the new link to the old one',
    ),
    control(
      26,
      'The provider system is read on screen the same night',
      'test/commands/reconcile.test.ts',
      '26: the same night the verification services and one of each other site are read on the screen; each difference has an owner',
    ),
  ],
  'working-hours': [
    control(
      12,
      'Refused in working hours, for everybody',
      'test/commands/run.test.ts',
      '12: in working hours it is refused with the reason, the harm and the next openings; nothing is started',
    ),
    control(
      13,
      'Before Update the window is judged again',
      'test/commands/run-guided.test.ts',
      '13: when the window is closing, Update is not reached: the run stops before it',
    ),
  ],
  'critical-without-slots': [
    control(
      25,
      'Each business-critical service gets a manual slot poll, ticked by a person',
      'test/commands/verification.test.ts',
      'polls are listed, taken, ticked one by one and all at once',
    ),
    control(
      25,
      '"Completed" is locked until every poll has been seen',
      'test/commands/verification.test.ts',
      '"completed" is locked until quorum, polls and the closing tasks; then plan and card say so',
    ),
    control(
      25,
      'Each site is asked for slots the next morning',
      'test/jobs/ask-sites.test.ts',
      '25: the next morning each site is asked for slots, until it has said that they arrived',
    ),
  ],
  'notice-not-received': [
    control(
      24,
      'The run is blocked while a commissioner was neither reached nor phoned',
      'test/commands/run.test.ts',
      '24: with a commissioner not told it is refused',
    ),
    control(
      23,
      'What may have gone out is never taken for sent',
      'test/domain/delivery.test.ts',
      '23: an unknown outcome is never queued again by the machine, at whatever attempt',
    ),
  ],
  'wrong-cancer-route': [
    control(
      20,
      'A notice without the suspected cancer route is not sent',
      'test/commands/notices.test.ts',
      '20: what is missing is told at once, and nobody is mailed',
    ),
    control(
      8,
      'The wording is part of what is approved',
      'test/domain/bundle.test.ts',
      '8: is equal if and only if the bundle is, in whatever order its services were found',
    ),
  ],
  'displaced-bookings': [
    control(
      25,
      'The plan is not completed before displaced appointments are worked',
      'test/commands/verification.test.ts',
      '"completed" is locked until quorum, polls and the closing tasks; then plan and card say so',
    ),
    control(
      25,
      'Booking and cancelling are each seen on both sides',
      'test/commands/verification.test.ts',
      'a booking passes by two marks; a failure calls for help and is retested or accepted',
    ),
  ],
  'stale-extract': [
    control(
      2,
      'An extract older than 45 days blocks the submit',
      'test/commands/plan.test.ts',
      '2: an extract older than 45 days blocks the submit',
    ),
    control(
      26,
      'The next extract is compared with the plan, service by service',
      'test/commands/reconcile.test.ts',
      '26: a fresh extract is set against the plan: as planned, still old, elsewhere, gone, and changed though not planned',
    ),
  ],
  'fails-mid-run': [
    control(
      16,
      'The run goes on from its ledger, and reads back what is in doubt',
      'test/work/advance-run.test.ts',
      '16: a driver that died with the intention written is followed by another, which reads back first',
    ),
    control(
      17,
      'What is left stands on the manual board',
      'test/commands/run.test.ts',
      '16: abort stops part-way and lists what is left; the manual board finishes it',
    ),
  ],
  'run-twice': [
    control(
      16,
      'A second start gives the first one’s card',
      'test/commands/run.test.ts',
      '16: two starts at the same moment make one run',
    ),
    control(
      15,
      'One key a service and direction, never an attempt',
      'test/domain/run-item.test.ts',
      '15: the key is of the service and the direction, never of the attempt',
    ),
  ],
  'clock-error': [
    control(
      11,
      'One evaluator by local wall time; an unknown zone or year is closed',
      'test/domain/working-hours.test.ts',
      'a year without bank holidays is closed with that reason, and nothing known ends it',
    ),
    control(
      11,
      'A typed time in the repeated or missing hour is refused',
      'test/domain/local-time.test.ts',
      '2026-10-25 01:30 happens twice, and both are offered',
    ),
  ],
  'asis-not-worked': [
    control(
      26,
      'Counts after go-live are judged against the baseline, and called out',
      'test/domain/asi.test.ts',
      '26: the count from which an alert stands out is the one that the rule calls first',
    ),
    control(
      26,
      'They are asked for after one, three and seven days',
      'test/jobs/ask-sites.test.ts',
      '26: counts that are due are asked for, and not once they are there',
    ),
  ],
} as const satisfies Record<string, readonly Control[]>;

function control(rule: number, words: string, file: string, name: string): Control {
  return { rule, words, test: { file, name } };
}
