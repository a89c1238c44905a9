import type { Database } from '../../db/connect.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import { runGateBlockers } from '../domain/checklist-state.ts';
import { goState } from '../domain/go.ts';
import type { Migration } from '../domain/migration.ts';
import { type InformedVerdict, informedVerdict } from '../domain/notice-informed.ts';
import { neededFor } from '../domain/opening-needed.ts';
import { lookThatCounts } from '../domain/outage-look.ts';
import type { Plan } from '../domain/plan.ts';
import { ROLE_WORDS } from '../domain/role.ts';
import type { ExecutorKind } from '../domain/run.ts';
import type { PreflightLine } from '../domain/run-answers.ts';
import { type BatchOf, judgeBatch } from '../domain/run-batch.ts';
import { type BatchVerdict, type StartVerdict, startVerdict } from '../domain/run-gate.ts';
import { type PreflightGiven, preflight, type ScreenLook } from '../domain/run-preflight.ts';
import { COMPARISON_HOURS } from '../domain/tick-sheet.ts';
import { migrationHours } from '../domain/time-rules.ts';
import type { Hours, Judgement } from '../domain/working-hours.ts';
import { checklistStore } from './checklist.ts';
import { goStore } from './go.ts';
import { informedStore } from './notices-informed.ts';
import { organisationStore } from './organisations.ts';
import { peopleStore } from './people.ts';
import { planInputStore } from './plans-inputs.ts';
import { planNeededStore } from './plans-needed.ts';
import { plannedServices } from './plans-services.ts';
import { siteComparisonStore } from './site-comparisons.ts';
import { timeStore } from './time.ts';
import { voteStore } from './votes.ts';
import { windowStore } from './windows.ts';

/** What the gates are asked with. */
export interface GateQuestion {
  readonly plan: Plan;
  readonly migration: Migration;
  readonly now: Temporal.Instant;
  readonly holidays: BankHolidays;
  /** How many services are still to be changed. */
  readonly services: number;
  readonly amberReason: string | null;
  readonly executor: ExecutorKind;
}

export interface Preflight {
  readonly lines: readonly PreflightLine[];
  readonly start: StartVerdict;
  readonly expectedSeconds: number;
  /** The hash that the run is bound to. */
  readonly hash: string | null;
}

/** The gates of a run, asked with everything that the other nouns hold (rules 7, 8, 9, 12, 13, 24). */
export interface RunGateStore {
  preflight(question: GateQuestion): Promise<Preflight>;
  /** Before each batch or group of ticks, and before going on in the same window. */
  batch(
    run: BatchOf,
    migration: Migration,
    now: Temporal.Instant,
    holidays: BankHolidays,
    batchSeconds: number,
  ): Promise<BatchVerdict>;
  /** The evaluator of the migration's time; it holds as long as the `timeMark` stays the same. */
  hours(migration: Migration, holidays: BankHolidays): Promise<Hours>;
  /** Changes with everything that the migration's time is judged by. */
  timeMark(migrationId: number): Promise<number>;
  /** The hours now, and from now until they close: in which an undo must stay (rules 12, 18). */
  hoursNow(
    migration: Migration,
    now: Temporal.Instant,
    holidays: BankHolidays,
  ): Promise<{ readonly judgement: Judgement; readonly closesAt: string; readonly nextOpening: string | null }>;
}

export function runGateStore(db: Database): RunGateStore {
  const hoursOf = async (migration: Migration, holidays: BankHolidays) => {
    const rules = await timeStore(db).rules(migration.id);
    return { rules, hours: migrationHours(migration, rules, holidays) };
  };
  return {
    async preflight({ plan, migration, now, holidays, services, amberReason, executor }) {
      const { settings } = migration;
      const { rules, hours } = await hoursOf(migration, holidays);
      const needed = neededFor(settings, services, await planNeededStore(db).measured(migration, executor), executor);
      const start = startVerdict({
        hours,
        zone: migration.zone,
        now,
        windows: await windowStore(db).of(plan.id),
        needed,
        go: goState(await goStore(db).answers(plan.id), now, settings.goValidMinutes),
        amberReason,
        outageCheckedAt: lookThatCounts(rules)?.checkedAt ?? null,
        outageCheckValidHours: settings.outageCheckValidHours,
      });
      const given = await otherGates(db, plan, migration, now, holidays, start);
      return { lines: preflight(given), start, expectedSeconds: needed.expectedSeconds, hash: plan.hash };
    },
    async batch(run, migration, now, holidays, batchSeconds) {
      const { hours } = await hoursOf(migration, holidays);
      return judgeBatch(run, hours, migration.settings, now, batchSeconds);
    },
    async hours(migration, holidays) {
      return (await hoursOf(migration, holidays)).hours;
    },
    async timeMark(migrationId) {
      const row = await db
        .selectFrom('migration')
        .select('time_version')
        .where('id', '=', migrationId)
        .executeTakeFirstOrThrow();
      return row.time_version;
    },
    async hoursNow(migration, now, holidays) {
      const { hours } = await hoursOf(migration, holidays);
      const later = now.add({ hours: 24 });
      const closed = hours.intervals(now, later).find((interval) => interval.verdict === 'closed');
      return {
        judgement: hours.verdict(now),
        closesAt: closed?.from ?? later.toString(),
        nextOpening: hours.openings(now, 60, 1)[0]?.from ?? null,
      };
    },
  };
}

async function otherGates(
  db: Database,
  plan: Plan,
  migration: Migration,
  now: Temporal.Instant,
  holidays: BankHolidays,
  start: StartVerdict,
): Promise<PreflightGiven> {
  const { hash } = await planInputStore(db).bundle(plan.id);
  const { matching } = await voteStore(db).approval(plan, hash, now);
  const missing = matching.missing.map(({ role, count }) => `${count} ${ROLE_WORDS[role]}`).join(', ');
  const states = await checklistStore(db).states(migration, plan, now, holidays);
  return {
    practice: plan.kind === 'practice',
    hash: { now: hash, approved: plan.hash },
    approval: { complete: matching.complete, missing: `Votes are missing or no longer count: ${missing}.` },
    rolesHeld: await rolesHeld(db, plan),
    screen: await screenLooks(db, plan, now),
    checklist: runGateBlockers(states).filter((blocker) => blocker.key !== 'informed'),
    informed: plan.kind === 'practice' ? null : await informed(db, migration, holidays),
    start,
    zone: migration.zone,
  };
}

/** The roles are checked again at the start (rule 9): the service definer's and, where the plan names one, the deputy's. */
async function rolesHeld(db: Database, plan: Plan): Promise<{ ok: boolean; text: string }> {
  if (plan.runnerId === null) return { ok: false, text: 'The plan names no service definer.' };
  const holds = async (personId: number | null) =>
    personId === null || (await peopleStore(db).rolesOf(personId, plan.migrationId)).includes('service-definer');
  if (!(await holds(plan.runnerId))) {
    return { ok: false, text: 'The plan’s service definer does not hold the role any more.' };
  }
  if (!(await holds(plan.deputyId))) return { ok: false, text: 'The plan’s deputy does not hold the role any more.' };
  const who = plan.deputyId === null ? 'service definer holds' : 'service definer and deputy hold';
  return { ok: true, text: `The plan’s ${who} the role.` };
}

async function screenLooks(db: Database, plan: Plan, now: Temporal.Instant): Promise<readonly ScreenLook[]> {
  const services = await plannedServices(db, plan.id);
  const places = new Map(services.map(({ from, site }) => [`${from.organisation}/${site}`, site]));
  const names = await organisationStore(db).names(plan.migrationId, [...new Set(places.values())]);
  const looks = new Map(
    (await siteComparisonStore(db).newest(plan.snapshotId)).map((look) => [`${look.organisation}/${look.site}`, look]),
  );
  const from = now.subtract({ hours: COMPARISON_HOURS });
  return [...places].map(([place, site]) => {
    const look = looks.get(place);
    const fresh = look?.differsBy === null && Temporal.Instant.compare(look.at, from) >= 0;
    return {
      site,
      name: names.get(site) ?? site,
      matchedAt: fresh ? look.at : null,
      differs: look !== undefined && look.differsBy !== null && look.acceptedBecause === null,
    };
  });
}

async function informed(db: Database, migration: Migration, holidays: BankHolidays): Promise<InformedVerdict> {
  const { outage, settings, zone } = migration;
  const from = outage?.from ?? null;
  const state = await informedStore(db).state(
    migration.id,
    from ?? '1970-01-01T00:00:00Z',
    settings.referrersSentPercent,
  );
  return informedVerdict(state, from, settings, zone, holidays);
}
