import { type CalendarOutage, calendarSpan, type ReadIcs } from '../domain/outage-calendar.ts';
import { isLive } from '../domain/plan-state.ts';
import type { Clock } from '../kernel/clock.ts';
import { Refusal } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { inWords, spanInWords } from '../kernel/time-words.ts';
import type { CalendarFeed } from '../ports/calendar-feed.ts';
import type { DueCalendar } from '../store/calendars.ts';
import type { Store } from '../store/store.ts';

export interface CalendarWork {
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  readonly feed: CalendarFeed;
  readonly readIcs: ReadIcs;
  readonly clock: Clock;
  readonly log: Log;
  /** Something was written that is to be posted. */
  readonly posted?: () => void;
}

const EVERY_MINUTES = 60;

/**
 * Reads the calendars that are due again: each is taken in one transaction, fetched outside any, and settled in another.
 * What cannot be read leaves the last good copy, and is said once (rule 11). Gives how many were due.
 */
export async function refreshCalendars(work: CalendarWork): Promise<number> {
  const now = work.clock.now();
  const before = now.subtract({ minutes: EVERY_MINUTES }).toString();
  const due = await work.transaction((store) => store.calendars.takeDue(before, now.toString()));
  for (const calendar of due) {
    const zone = await work.transaction(async (store) => (await store.migrations.byId(calendar.migrationId))?.zone);
    const read = await readAgain(work, calendar, zone ?? '', now);
    await work.transaction((store) => settle(store, calendar, read, now));
    work.posted?.();
  }
  return due.length;
}

type Read = { readonly outages: readonly CalendarOutage[] } | { readonly problem: string };

async function readAgain(
  work: CalendarWork,
  calendar: DueCalendar,
  zone: string,
  now: Temporal.Instant,
): Promise<Read> {
  try {
    const text = await work.feed.fetch(calendar.url);
    return { outages: work.readIcs(text, { zone, ...calendarSpan(now) }) };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    work.log.error({ err: error, calendar: calendar.id }, 'a calendar could not be read');
    return { problem: 'It could not be read; the log of the service says why.' };
  }
}

async function settle(store: Store, calendar: DueCalendar, read: Read, now: Temporal.Instant): Promise<void> {
  if ('problem' in read) {
    await store.calendars.failed(calendar.id, read.problem);
    if (calendar.problem === null) await sayFailed(store, calendar, read.problem, now);
    return;
  }
  if (await store.calendars.copied(calendar.id, read.outages, now.toString())) {
    await record(store, calendar, 'ers-calendar.changed', { outages: read.outages.length }, now);
    await sayChanged(store, calendar, read.outages, now);
  }
}

async function sayFailed(store: Store, calendar: DueCalendar, problem: string, now: Temporal.Instant): Promise<void> {
  const migration = await store.migrations.byId(calendar.migrationId);
  if (!migration) return;
  const until = Temporal.Instant.from(calendar.copiedAt).add({ hours: migration.settings.outageCheckValidHours });
  await record(store, calendar, 'ers-calendar.failed', { problem }, now);
  const words = `${problem} Its last copy counts until ${inWords(until, migration.zone)}; from then on somebody must look at the live service pages before a run can start.`;
  await toLivePlans(store, calendar, now, () => words);
}

/** Every live plan's card is drawn anew; a plan whose window is hit is told so. */
async function sayChanged(
  store: Store,
  calendar: DueCalendar,
  outages: readonly CalendarOutage[],
  now: Temporal.Instant,
): Promise<void> {
  const zone = (await store.migrations.byId(calendar.migrationId))?.zone ?? 'Europe/London';
  const known = new Set(calendar.outages.map(({ from, to }) => `${from} ${to}`));
  const fresh = outages.filter(({ from, to }) => !known.has(`${from} ${to}`));
  await toLivePlans(store, calendar, now, async (planId) => {
    const windows = await store.windows.of(planId);
    const hit = fresh.find((outage) =>
      windows.some(
        (window) =>
          Temporal.Instant.compare(outage.from, window.to) < 0 && Temporal.Instant.compare(window.from, outage.to) < 0,
      ),
    );
    return hit
      ? `e-RS has a new planned outage in a reserved window: ${spanInWords(hit.from, hit.to, zone)}. Choose another window.`
      : null;
  });
}

async function toLivePlans(
  store: Store,
  calendar: DueCalendar,
  now: Temporal.Instant,
  words: (planId: number) => string | null | Promise<string | null>,
): Promise<void> {
  for (const plan of await store.plans.list(calendar.migrationId)) {
    if (!isLive(plan.state)) continue;
    await store.postings.touch(calendar.migrationId, `plan:${plan.id}`, now.toString());
    const message = await words(plan.id);
    if (message !== null) {
      await store.postings.call(calendar.migrationId, `plan:${plan.id}`, message, [], now.toString());
    }
  }
}

async function record(
  store: Store,
  calendar: DueCalendar,
  act: string,
  facts: Record<string, unknown>,
  now: Temporal.Instant,
): Promise<void> {
  await store.audit.append(`migration:${calendar.migrationId}`, [
    { at: now.toString(), act, about: `ers-calendar:${calendar.id}`, person: null, account: 'clock', facts },
  ]);
}
