import type { BankHolidays } from '../domain/bank-holidays.ts';
import { type ItemState, planOfChecklist } from '../domain/checklist-state.ts';
import type { Migration } from '../domain/migration.ts';
import { isWorkingDay } from '../domain/notice-lead.ts';
import type { RoleHolder } from '../domain/person.ts';
import { dayInWords } from '../kernel/time-words.ts';
import type { Store } from '../store/store.ts';
import { everyMinutes, type Job } from './job.ts';

const HOUR = 9;
/** What nobody did in so many days is no longer repeated every morning; the checklist still shows it. */
const LONGEST_DAYS = 14;

/**
 * At 9am on working days, in the migration's zone: the owner of each open item that is due by the next working day gets one
 * message, alone (rule 7). Who has lent the role is away: the colleague is told.
 */
export function remindOwners(holidays: BankHolidays): Job {
  return {
    name: 'remind-owners',
    lastDue: everyMinutes(60),
    async run(store, now) {
      const today = now.toZonedDateTimeISO('UTC').toPlainDate();
      const span = [today.subtract({ days: LONGEST_DAYS + 1 }), today.add({ days: 12 })].map(String);
      for (const id of await store.checklistItems.migrationsDue(span[0] ?? '', span[1] ?? '')) {
        const migration = await store.migrations.byId(id);
        if (migration) await remindIn(store, migration, now, holidays);
      }
    },
  };
}

async function remindIn(store: Store, migration: Migration, now: Temporal.Instant, holidays: BankHolidays) {
  const local = now.toZonedDateTimeISO(migration.zone);
  const today = local.toPlainDate();
  if (local.hour !== HOUR || !isWorkingDay(today, holidays)) return;
  const first = today.subtract({ days: LONGEST_DAYS }).toString();
  const last = nextWorkingDay(today, holidays).toString();
  const plan = planOfChecklist(await store.plans.list(migration.id));
  const states = await store.checklist.states(migration, plan, now, holidays);
  const due = states.filter((state) => !state.done && state.due !== null && first <= state.due && state.due <= last);
  const byPerson = Map.groupBy(ownersOf(due, await store.people.holders(migration.id)), ({ personId }) => personId);
  for (const [personId, theirs] of byPerson) {
    const message = reminder(
      migration.name,
      theirs.map(({ state }) => state),
      today,
    );
    await store.directMessages.tell(personId, migration.id, `checklist:${migration.id}`, message, now.toString());
  }
}

function ownersOf(due: readonly ItemState[], holders: readonly RoleHolder[]) {
  return due.flatMap((state) =>
    holders
      .filter(({ role }) => role === state.item.owner)
      .filter(({ person }) => !holders.some(({ role, lentBy }) => role === state.item.owner && lentBy === person.id))
      .map(({ person }) => ({ personId: person.id, state })),
  );
}

function reminder(migration: string, states: readonly ItemState[], today: Temporal.PlainDate): string {
  const lines = states
    .toSorted((a, b) => (String(a.due) < String(b.due) ? -1 : 1))
    .map(({ item, due }) => `• ${item.title}: ${dueInWords(due ?? '', today)} (\`/bsu checklist ${item.key}\`)`);
  return [`${migration}: you own ${states.length === 1 ? 'this' : 'these'} on the checklist.`, ...lines].join('\n');
}

function dueInWords(due: string, today: Temporal.PlainDate): string {
  const order = Temporal.PlainDate.compare(due, today);
  if (order === 0) return 'due today';
  return `${order < 0 ? 'was due' : 'due'} ${dayInWords(Temporal.PlainDate.from(due))}`;
}

/** The first working day after this one; where the calendar ends, tomorrow. */
function nextWorkingDay(today: Temporal.PlainDate, holidays: BankHolidays): Temporal.PlainDate {
  const days = Array.from({ length: 10 }, (_, index) => today.add({ days: index + 1 }));
  return days.find((day) => isWorkingDay(day, holidays)) ?? today.add({ days: 1 });
}
