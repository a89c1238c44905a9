import { commands } from '../../commands/index.ts';
import type { Connection } from '../../db/connect.ts';
import type { ChannelRef, Diagnosis, Intake } from '../../src/command.ts';
import { createDispatch, type Dispatch, type Outcome } from '../../src/dispatch.ts';
import type { BankHolidays } from '../../src/domain/bank-holidays.ts';
import type { Account } from '../../src/domain/person.ts';
import type { Role } from '../../src/domain/role.ts';
import { type Clock, fixedClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { type Store, storeOf } from '../../src/store/store.ts';
import { packPage } from '../../templates/pages/pack.ts';

/** A team at work on one migration: a database, the real dispatch, a clock that is set, and one person a role. */
export interface Office {
  readonly connection: Connection;
  readonly store: Store;
  readonly dispatch: Dispatch;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly migrationId: number;
  readonly channel: ChannelRef;
  as(who: Desk): Colleague;
}

/** A seat in the office. Each is another person; "stranger" is nobody we know. */
export type Desk =
  | 'administrator'
  | 'planner'
  | 'service-definer'
  | 'deputy'
  | 'e-rs-lead'
  | 'communications-lead'
  | 'approver'
  | 'second-approver'
  | 'clinical-safety-officer'
  | 'tester'
  | 'observer'
  | 'stranger';

export interface Colleague {
  readonly account: Account;
  type(text: string): Promise<Outcome>;
  click(verb: string, input?: Record<string, string>): Promise<Outcome>;
  /** The facts of an answer; throws with the refusal's or form's words where there is no answer. */
  done(text: string): Promise<Record<string, unknown>>;
  /** The code of a refusal; throws where there is none. */
  refused(text: string): Promise<string>;
}

const SEATS: readonly { desk: Desk; role: Role }[] = [
  { desk: 'administrator', role: 'administrator' },
  { desk: 'planner', role: 'planner' },
  { desk: 'service-definer', role: 'service-definer' },
  { desk: 'deputy', role: 'service-definer' },
  { desk: 'e-rs-lead', role: 'e-rs-lead' },
  { desk: 'communications-lead', role: 'communications-lead' },
  { desk: 'approver', role: 'approver' },
  { desk: 'second-approver', role: 'approver' },
  { desk: 'clinical-safety-officer', role: 'clinical-safety-officer' },
  { desk: 'tester', role: 'tester' },
  { desk: 'observer', role: 'observer' },
];

/** Tuesday 1 December 2026, 7pm in London: working hours are over. */
const EVENING = '2026-12-01T19:00:00Z';

/** Opens an office on a database that was just emptied. */
export async function openOffice(
  connection: Connection,
  given: {
    now?: string;
    intake?: Intake;
    bankHolidays?: BankHolidays;
    publicUrl?: string;
    manyWorkspaces?: boolean;
    diagnosis?: Diagnosis;
    systemClock?: Clock;
    mode?: 'rehearsal' | 'service';
  } = {},
): Promise<Office> {
  const clock = fixedClock(given.now ?? EVENING);
  const store = storeOf(connection.db);
  const channel: ChannelRef = { platform: 'chat', tenant: 'rehearsal', channelId: 'migration' };
  const migrationId = await seat(store, channel, clock.now().toString());
  const dispatch = createDispatch({
    connection,
    commands,
    clock,
    bankHolidays: given.bankHolidays ?? QUIET_YEARS,
    intake: given.intake ?? NO_FILES,
    log: silentLog,
    mode: given.mode ?? 'rehearsal',
    automation: true,
    manyWorkspaces: given.manyWorkspaces ?? false,
    ...(given.diagnosis === undefined ? {} : { diagnosis: given.diagnosis }),
    papers: { pack: packPage },
    ...(given.publicUrl === undefined ? {} : { publicUrl: given.publicUrl }),
    ...(given.systemClock === undefined ? {} : { systemClock: given.systemClock }),
  });
  return { connection, store, dispatch, clock, migrationId, channel, as: (desk) => colleague(dispatch, channel, desk) };
}

const readsNoFiles = () => Promise.reject(new Error('This office reads no files.'));
/** Where no test sends a file. */
export const NO_FILES: Intake = {
  load: readsNoFiles,
  text: readsNoFiles,
  look: readsNoFiles,
  deliveryReports: readsNoFiles,
  commissionerMap: readsNoFiles,
  welshWords: readsNoFiles,
  picture: readsNoFiles,
  calendar: readsNoFiles,
};

async function seat(store: Store, channel: ChannelRef, now: string): Promise<number> {
  let migrationId = 0;
  for (const { desk, role } of SEATS) {
    const person = await store.people.add(
      { name: `The ${desk}`, email: `${desk}@rehearsal.example`, telephone: null },
      now,
    );
    await store.people.join(person.id, accountAt(desk), now);
    if (role === 'administrator') {
      const migration = await store.migrations.start(REHEARSAL, person.id, now);
      migrationId = migration.id;
      await store.migrations.bind(channel, migrationId, now);
    }
    await store.people.grant(person.id, role === 'administrator' ? null : migrationId, role, null, now);
  }
  return migrationId;
}

const REHEARSAL = {
  name: 'Rehearsal PAS migration',
  providerOrg: 'XR1',
  providerName: 'Rehearsal Hospitals NHS Trust',
  oldAsids: ['200000000220'],
  newAsid: '200000001337',
  newOrg: null,
  zone: 'Europe/London',
} as const;

/** 2026 and 2027 with Christmas Day alone. */
export const QUIET_YEARS: BankHolidays = {
  source: 'a test table',
  coveredFrom: '2026-01-01',
  coveredTo: '2027-12-31',
  days: new Map([['2026-12-25', 'Christmas Day']]),
};

function accountAt(desk: Desk): Account {
  return { platform: 'chat', tenant: 'rehearsal', userId: desk, guest: false };
}

function colleague(dispatch: Dispatch, channel: ChannelRef, desk: Desk): Colleague {
  const account = accountAt(desk);
  const type = (text: string) => dispatch({ account, channel, text });
  return {
    account,
    type,
    click: (verb, input = {}) => dispatch({ account, channel, verb, input }),
    async done(text) {
      const outcome = await type(text);
      if (outcome.kind === 'answer') return outcome.answer.facts as unknown as Record<string, unknown>;
      throw new Error(`${desk} typed "${text}" and got a ${outcome.kind}: ${wordsOf(outcome)}`);
    },
    async refused(text) {
      const outcome = await type(text);
      if (outcome.kind === 'refusal') return outcome.refusal.code;
      throw new Error(`${desk} typed "${text}" and was not refused, but got ${JSON.stringify(outcome)}`);
    },
  };
}

function wordsOf(outcome: Outcome): string {
  if (outcome.kind === 'refusal') return `${outcome.refusal.code}: ${outcome.refusal.message}`;
  return JSON.stringify(outcome);
}
