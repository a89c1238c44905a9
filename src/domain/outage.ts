import { Refusal } from '../kernel/errors.ts';
import { inWords } from '../kernel/time-words.ts';
import type { Migration } from './migration.ts';
import type { OutageCalendar } from './outage-calendar.ts';
import { lookThatCounts } from './outage-look.ts';
import type { OutageFacts } from './time-answers.ts';
import type { TimeRules } from './time-rules.ts';

/** What the `outage` verb shows: the PAS outage, and what is known about e-RS itself. Outages that are over are left out. */
export function outageFacts(
  migration: Migration,
  rules: TimeRules,
  now: Temporal.Instant,
  changed: OutageFacts['changed'],
): OutageFacts {
  const look = lookThatCounts(rules);
  const until = look
    ? Temporal.Instant.from(look.checkedAt).add({ hours: migration.settings.outageCheckValidHours })
    : null;
  return {
    zone: migration.zone,
    outage: migration.outage,
    oldPasUntil: migration.oldPasUntil,
    ersOutages: rules.ersOutages.filter((outage) => Temporal.Instant.compare(outage.to, now) > 0),
    calendars: rules.calendars.map((calendar) => calendarFacts(calendar, now)),
    lastCheck: look,
    checkCountsUntil: until?.toString() ?? null,
    checkCounts: until !== null && Temporal.Instant.compare(now, until) < 0,
    changed,
  };
}

/** The address itself may hold a secret: only its host is shown. */
function calendarFacts(calendar: OutageCalendar, now: Temporal.Instant): OutageFacts['calendars'][number] {
  const { id, name, url, copiedAt, problem, addedBy } = calendar;
  const outages = calendar.outages.filter((outage) => Temporal.Instant.compare(outage.to, now) > 0);
  return {
    id,
    name,
    isAddress: url !== null,
    copiedAt,
    problem,
    addedBy,
    ahead: outages.length,
    next: outages.slice(0, 3),
  };
}

/** An outage runs forwards and is not over; the old PAS still answers when it begins, or undo would mean nothing. */
export function refuseOutage(
  outage: { readonly from: string; readonly to: string },
  oldPasUntil: string | null,
  now: Temporal.Instant,
  zone: string,
): void {
  if (Temporal.Instant.compare(outage.from, outage.to) >= 0) {
    throw new Refusal(
      'outage-backwards',
      'That outage ends before it starts. Give an end that comes after the start.',
      {
        fields: { to: 'Give a time after the start.' },
      },
    );
  }
  if (Temporal.Instant.compare(outage.to, now) <= 0) {
    throw new Refusal(
      'outage-past',
      `That outage is over: it ends at ${inWords(outage.to, zone)}. Give a time to come.`,
      {
        fields: { to: 'Give a time to come.' },
      },
    );
  }
  if (oldPasUntil !== null && Temporal.Instant.compare(oldPasUntil, outage.from) < 0) {
    throw new Refusal(
      'old-pas-until',
      'The old PAS would stop answering before the outage begins, so nothing could be undone. Give a later time.',
      { fields: { oldPasUntil: 'Give a time after the start of the outage.' } },
    );
  }
}
