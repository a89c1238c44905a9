import type { BankHolidays } from '../domain/bank-holidays.ts';
import type { ItemState } from '../domain/checklist-state.ts';
import { planOfChecklist } from '../domain/checklist-state.ts';
import { type HoursWeek, hoursWeek } from '../domain/hours-week.ts';
import type { Migration } from '../domain/migration.ts';
import { KIND_RULES } from '../domain/notice.ts';
import { informedVerdict } from '../domain/notice-informed.ts';
import type { Plan } from '../domain/plan.ts';
import type { PlanFacts } from '../domain/plan-answers.ts';
import { isLive } from '../domain/plan-state.ts';
import type { BoardNow } from '../domain/press.ts';
import { ROLE_WORDS } from '../domain/role.ts';
import { isLiveRun, type Run } from '../domain/run.ts';
import { migrationHours, type TimeRules } from '../domain/time-rules.ts';
import type { Verdict } from '../domain/verdict.ts';
import { type Wanted, waitsFor } from '../domain/waiting.ts';
import { inWords } from '../kernel/time-words.ts';
import { standsInTheWay } from './boards-now.ts';
import {
  afterParts,
  type BoardPart,
  goParts,
  manualPart,
  NO_PLAN,
  planSection,
  recordPart,
  runPart,
  verifiedBeside,
} from './boards-parts.ts';
import { type BoardOwn, boardPeople } from './boards-people.ts';
import { weekOf, windowsOf } from './boards-week.ts';
import type { Store } from './store.ts';
import { votesNow } from './votes-now.ts';

/** What a migration's board shows, in the order of the page. Each section is what its verb would answer. */
export interface BoardState {
  readonly migration: Migration;
  readonly verdict: Verdict;
  /** Until when the verdict holds, ISO; null: as far as one can see. */
  readonly until: string | null;
  readonly week: HoursWeek | null;
  readonly sections: readonly BoardPart[];
  /** What stands between the live plans and their next step. */
  readonly blocks: readonly string[];
  readonly people: readonly BoardOwn[];
}

const NEVER = '1970-01-01T00:00:00Z';

/** The whole board from one store, read in one go; null when there is no such migration. Knows no asker. */
export async function boardState(
  store: Store,
  migrationId: number,
  now: Temporal.Instant,
  holidays: BankHolidays,
): Promise<BoardState | null> {
  const migration = await store.migrations.byId(migrationId);
  if (migration === null) return null;
  const all = await store.plans.list(migration.id);
  const live = all.filter((plan) => isLive(plan.state));
  const facts: PlanFacts[] = [];
  for (const plan of live) facts.push(await store.plans.facts(plan.id, now, holidays));
  const items = await store.checklist.states(migration, planOfChecklist(all), now, holidays);
  const rules = await store.time.rules(migration.id);
  const { verdict, until } = migrationHours(migration, rules, holidays).verdict(now);
  const findings = await store.findings.open(migration);
  const baselines = await store.after.withoutBaseline();
  const after = await afterwards(store, migration, live, now, holidays);
  const wanted: Wanted = {
    live,
    all,
    plans: facts,
    items,
    findings,
    baselines: baselines.filter((one) => one.migrationId === migration.id).map(({ number }) => number),
    ...after,
    after: await store.afterFacts.open(migration, all, now),
  };
  const run = await newestRun(store, all);
  const board: BoardNow = {
    votes: await Promise.all(
      live.flatMap((plan, at) => {
        const shown = facts[at];
        return shown ? [votesNow(store, migration, plan, shown, now)] : [];
      }),
    ),
    run,
    runner: run === null ? '' : ((await store.people.byId(run.runnerId))?.name ?? ''),
    after: [{ id: run?.planId, suffix: '' }, ...verifiedBeside(live, run)].map(({ id, suffix }) => ({
      suffix,
      checks: after.checks.find(({ plan }) => plan.id === id) ?? null,
      findings: findings.filter(({ planId }) => planId === id),
    })),
    closed: verdict === 'closed' ? closedWords(until, migration.zone) : null,
    oldPasUntil: migration.oldPasUntil,
    now,
  };
  const windows = await windowsOf(store, live);
  return {
    migration,
    verdict,
    until,
    week: hoursWeek({ migration, rules, bankHolidays: holidays, windows, now }, weekOf(migration, windows, now)),
    blocks: await standsInTheWay(store, { migration, live, facts, checks: wanted.checks, now, holidays }, run),
    people: await boardPeople(store, migration.id, (person) => waitsFor(person, wanted), board),
    sections: await sectionsOf(store, { migration, all, live, facts, items, rules, now, holidays }, run),
  };
}

function closedWords(until: string | null, zone: string): string {
  return `Bulk updates are closed${until === null ? '' : ` until ${inWords(until, zone)}`}.`;
}

/** States in which services were changed already, so that there is something to check. */
const CHECKED: readonly Plan['state'][] = ['running', 'paused', 'stopped', 'verifying'];

async function afterwards(
  store: Store,
  migration: Migration,
  live: readonly Plan[],
  now: Temporal.Instant,
  holidays: BankHolidays,
): Promise<Pick<Wanted, 'checks' | 'calls'>> {
  const checks = [];
  for (const plan of live.filter(({ state }) => CHECKED.includes(state)))
    checks.push(await store.verification.known(plan.id, now, holidays));
  const tasks = migration.outage ? await store.informed.calls(migration.id, migration.outage.from) : [];
  return { checks, calls: tasks.filter(({ phonedAt }) => phonedAt === null).length };
}

interface Known {
  readonly migration: Migration;
  readonly all: readonly Plan[];
  readonly live: readonly Plan[];
  readonly facts: readonly PlanFacts[];
  readonly items: readonly ItemState[];
  readonly rules: TimeRules;
  readonly now: Temporal.Instant;
  readonly holidays: BankHolidays;
}

/** What is going on comes first: the run while it goes, its checks after it, before it the plan. */
async function sectionsOf(store: Store, known: Known, run: Run | null): Promise<readonly BoardPart[]> {
  const running = run !== null && run.finishedAt === null;
  const now = await runPart(store, run, known.now);
  const manual = await manualPart(store, run, known.now);
  const own = known.all.find(({ id }) => id === run?.planId);
  const after = own === undefined ? [] : await afterParts(store, known, own, '');
  const over = after.length > 0 && !running;
  const beside: BoardPart[] = [];
  for (const { plan, suffix } of verifiedBeside(known.live, run))
    beside.push(...(await afterParts(store, known, plan, suffix)));
  const parts = [
    ...(running ? [now, manual] : []),
    ...(over ? after : []),
    ...beside,
    ...known.facts.map(planSection),
    ...(known.facts.length === 0 ? [NO_PLAN] : []),
    ...(await goParts(store, known)),
    checklistSection(known),
    await noticesSection(store, known),
    await newestNotice(store, known.migration.id),
    ...(running ? [] : [now, manual]),
    ...(over ? [] : after),
    await recordPart(store, known.migration),
  ];
  return parts.filter((part) => part !== null);
}

/** Read without a lock: a board never holds anybody up. */
async function newestRun(store: Store, plans: readonly Plan[]): Promise<Run | null> {
  const runs: Run[] = [];
  for (const plan of plans) runs.push(...(await store.runs.ofPlan(plan.id)));
  const sorted = runs.sort((one, other) => other.id - one.id);
  return sorted.find(({ state }) => isLiveRun(state)) ?? sorted[0] ?? null;
}

function checklistSection({ migration, all, items, now }: Known): BoardPart {
  const today = now.toZonedDateTimeISO(migration.zone).toPlainDate().toString();
  const facts = {
    zone: migration.zone,
    plan: planOfChecklist(all)?.number ?? null,
    items: items.map(({ item, done, because, by, at, due }) => ({
      key: item.key,
      title: item.title,
      owner: ROLE_WORDS[item.owner],
      gate: item.gate,
      byHand: item.byHand,
      done,
      because,
      by,
      at,
      due,
      late: !done && due !== null && due < today,
    })),
    yours: [],
  };
  return {
    key: 'checklist',
    title: 'Checklist',
    verb: '/bsu checklist',
    answer: { code: 'checklist.shown', facts, next: [] },
    empty: '',
  };
}

async function noticesSection(store: Store, { migration, now, holidays }: Known): Promise<BoardPart> {
  const { id, outage, settings, zone } = migration;
  const due = await store.noticesDue.look(migration, now);
  const state = await store.informed.state(id, outage?.from ?? NEVER, settings.referrersSentPercent);
  const facts = {
    zone,
    outage,
    informed: informedVerdict(state, outage?.from ?? null, settings, zone, holidays),
    due: due && { kind: due.kind, why: due.why, what: KIND_RULES[due.kind].words, plan: due.plan },
    notices: await store.noticesShown.lines(id),
    addressReports: (await store.addressReports.open(id)).length,
    returnsProblem: (await store.mailboxes.troubles())[0]?.problem ?? null,
  };
  return {
    key: 'notices',
    title: 'Notices',
    verb: '/bsu notices',
    answer: { code: 'notices.listed', facts, next: [] },
    empty: '',
  };
}

/** The delivery of the newest notice, while it may still need somebody. */
async function newestNotice(store: Store, migrationId: number): Promise<BoardPart | null> {
  const newest = (await store.notices.list(migrationId)).at(-1);
  if (!newest) return null;
  const facts = await store.noticesShown.shown(newest, null);
  return {
    key: 'delivery',
    title: `Delivery of the newest notice: ${facts.what}`,
    verb: `/bsu notices ${newest.id}`,
    answer: { code: 'notice.shown', facts, next: [] },
    empty: '',
  };
}
