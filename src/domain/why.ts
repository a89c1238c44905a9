import { dayInWords, inWords } from '../kernel/time-words.ts';
import type { BankHolidays } from './bank-holidays.ts';
import { rangesInWords } from './hours-policy.ts';
import type { Migration } from './migration.ts';
import { lookThatCounts } from './outage-look.ts';
import { migrationHours, policyOf, type TimeRules } from './time-rules.ts';
import type { Reason, Verdict } from './verdict.ts';
import { isKnownZone } from './zone-offsets.ts';

/** One rule's say about an instant, for `why` (rule 14): those that spoke, and those that did not. */
export interface RuleSaid {
  readonly rule: Reason['rule'];
  readonly name: string;
  readonly verdict: Verdict;
  readonly source: string;
  readonly text: string;
}

/** Every rule with its verdict and source, in the order in which they are looked at. */
export function everyRule(
  migration: Migration,
  rules: TimeRules,
  bankHolidays: BankHolidays,
  at: Temporal.Instant,
): readonly RuleSaid[] {
  const { reasons } = migrationHours(migration, rules, bankHolidays).verdict(at);
  const silent = silentRules(migration, rules, bankHolidays, at);
  return silent.flatMap((quiet): readonly RuleSaid[] => {
    const spoke = reasons.filter((reason) => reason.rule === quiet.rule);
    if (spoke.length === 0) return [{ ...quiet, verdict: 'open' as const }];
    const verdict = quiet.rule === 'amber-hours' ? ('amber' as const) : ('closed' as const);
    return spoke.map(({ source, text }) => ({ rule: quiet.rule, name: quiet.name, verdict, source, text }));
  });
}

/** What each rule would say if it had nothing against it. */
function silentRules(
  migration: Migration,
  rules: TimeRules,
  bankHolidays: BankHolidays,
  at: Temporal.Instant,
): readonly Omit<RuleSaid, 'verdict'>[] {
  const policy = policyOf(migration, rules);
  const hoursSource = policy.source;
  const known = isKnownZone(migration.zone);
  return [
    { rule: 'zone', name: 'Time zone', source: 'this migration', text: `Times are judged in ${migration.zone}.` },
    {
      rule: 'bank-holidays',
      name: 'Bank holidays',
      source: bankHolidays.source,
      text: known ? holidayText(bankHolidays, at.toZonedDateTimeISO(migration.zone).toPlainDate()) : 'Not looked at.',
    },
    {
      rule: 'working-hours',
      name: 'Working hours',
      source: hoursSource,
      text: `Outside working hours (${rangesInWords(policy.closed) || 'none are set'}).`,
    },
    {
      rule: 'amber-hours',
      name: 'Amber hours',
      source: hoursSource,
      text: `Outside the hours that need a second confirmation (${rangesInWords(policy.amber) || 'none are set'}).`,
    },
    {
      rule: 'e-rs-outage',
      name: 'Planned e-RS outages',
      source: checkSource(migration, rules),
      text: 'None is noted for then.',
    },
    { rule: 'freeze', name: 'Freezes', source: 'this migration', text: 'No freeze stands then.' },
    { rule: 'incident', name: 'National e-RS incident', source: 'this migration', text: 'None is declared.' },
  ];
}

/** The name of that day's bank holiday; null on any other day. */
export function holidayOf(bankHolidays: BankHolidays, date: Temporal.PlainDate): string | null {
  return bankHolidays.days.get(date.toString()) ?? null;
}

function holidayText(bankHolidays: BankHolidays, date: Temporal.PlainDate): string {
  const name = holidayOf(bankHolidays, date);
  return name ? `${dayInWords(date)} is ${name}, a bank holiday.` : `${dayInWords(date)} is not a bank holiday.`;
}

function checkSource(migration: Migration, rules: TimeRules): string {
  const look = lookThatCounts(rules);
  if (!look) return 'nobody has looked at the live service pages yet';
  const when = isKnownZone(migration.zone) ? inWords(look.checkedAt, migration.zone) : look.checkedAt;
  return `${look.page} (${look.by}), looked at ${when}`;
}
