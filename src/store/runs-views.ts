import type { Database } from '../../db/connect.ts';
import type { Migration } from '../domain/migration.ts';
import { ROLE_WORDS } from '../domain/role.ts';
import {
  countsUntil,
  type ItemState,
  leftByHand,
  MINUTES_TO_ANSWER,
  QUIET_MINUTES,
  type Run,
  type RunItem,
} from '../domain/run.ts';
import type {
  BoardFacts,
  GuidedFacts,
  ManualFacts,
  RunFacts,
  RunReader,
  TroubleLine,
  UndoFacts,
} from '../domain/run-answers.ts';
import { guidedFacts, guidedGroup } from '../domain/run-facts.ts';
import type { GuidedGroup } from '../domain/run-guided.ts';
import { progressOf, secondsLeft } from '../domain/run-progress.ts';
import { wholePlaces } from '../domain/tick-sheet.ts';
import { standingWords } from '../domain/time-stops.ts';
import { migrationStore } from './migrations.ts';
import { organisationStore } from './organisations.ts';
import { planLifeStore } from './plans-life.ts';
import { runStore } from './runs.ts';
import { runItemStore } from './runs-items.ts';
import { runStepStore } from './runs-steps.ts';
import { tickSheetStore } from './tick-sheets.ts';
import { readStops } from './time-rows.ts';

/** Who reads a run's card. */
interface RunAsker {
  readonly personId: number;
  /** The e-RS lead may hand the run over too. */
  readonly leads: boolean;
}

/** Who reads the manual board; nobody in particular has no number. */
interface BoardAsker {
  readonly personId: number | null;
  /** One of the two who choose to carry on by hand in working hours, and has not chosen yet (rule 12). */
  readonly mayChoose: boolean;
  readonly now: Temporal.Instant;
}

interface Said {
  readonly notice?: string;
  /** Who reads it; left out for the card that everybody sees. */
  readonly asker?: RunAsker;
}

/** What cards and boards of a run show, read anew each time. */
export interface RunViews {
  shown(runId: number, now: Temporal.Instant, said?: Said): Promise<RunFacts>;
  /** The guided group of a place, with its services. */
  group(run: Run, number: number): Promise<{ group: GuidedGroup; items: readonly RunItem[] }>;
  manual(run: Run, asker: BoardAsker, closedWords: string | null, notice: string | null): Promise<ManualFacts>;
  /** The same with every service, and what was done by hand so far. */
  board(run: Run, asker: BoardAsker, closedWords: string | null, now: Temporal.Instant): Promise<BoardFacts>;
}

const UNDER_WAY: readonly ItemState[] = ['pending', 'applying', 'applied'];
const TROUBLE_LINES = 5;
const BOARD_LINES = 15;
const LATE_LINES = 3;
const ALL_LINES = 100_000;

export function runViews(db: Database): RunViews {
  const runs = runStore(db);
  const items = runItemStore(db);
  const plans = planLifeStore(db);

  const group: RunViews['group'] = async (run, number) => {
    const here = await items.ofGroup(run.id, number);
    const { last } = await items.groups(run.id, run.direction);
    const plan = await plans.byId(run.planId);
    const going = here.filter((item) => item.direction === run.direction && UNDER_WAY.includes(item.state));
    return { group: guidedGroup(going, number, last, plan?.verification ?? []), items: going };
  };

  const manual = async (
    run: Run,
    {
      asker,
      closedWords,
      notice,
      lines,
    }: { asker: BoardAsker; closedWords: string | null; notice: string | null; lines: number },
  ): Promise<ManualFacts> => {
    const counts = await items.counts(run.id);
    const left = await items.inStates(run.id, leftByHand(run), lines);
    const migration = await migrationOf(db, run);
    const nameOf = await names(db);
    return {
      runId: run.id,
      planNumber: (await plans.byId(run.planId))?.number ?? 0,
      direction: run.direction,
      zone: migration.zone,
      left: leftByHand(run).reduce((sum, state) => sum + counts[state], 0),
      byHand: (await items.doneByHand(run.id)).length,
      items: left.map((item) => ({
        serviceId: item.serviceId,
        name: item.name,
        site: item.site,
        state: item.state,
        reason: item.reason,
        to: item.direction === 'undo' ? item.from : item.to,
        claimedBy: item.claimedBy === null ? null : nameOf(item.claimedBy),
        mine: asker.personId !== null && item.claimedBy === asker.personId,
        free: item.claimedBy === null || isQuiet(item, asker.now),
      })),
      open: closedWords === null,
      closedWords,
      chosen: run.byHand.map(({ role, at, reason }) => ({ role: ROLE_WORDS[role], at, reason })),
      mayChoose: asker.mayChoose,
      notice,
    };
  };

  return {
    group,
    async shown(runId, now, said = {}) {
      const run = await runs.byId(runId);
      if (run === null) throw new Error(`There is no run ${runId}.`);
      const migration = await migrationOf(db, run);
      const counts = await items.counts(run.id, run.direction);
      const progress = progressOf(counts, run.direction);
      const nameOf = await names(db);
      const sites = await items.bySite(run.id);
      const known = await organisationStore(db).names(
        run.migrationId,
        sites.map((one) => one.site),
      );
      const siteName = (code: string) => known.get(code) ?? code;
      const whole = async (going: readonly RunItem[]) => {
        const plan = await plans.byId(run.planId);
        if (plan === null || run.direction === 'undo') return new Set<string>();
        return wholePlaces(await tickSheetStore(db).of(plan.snapshotId, going, now));
      };
      const { asker } = said;
      const given = { nameOf, siteName, whole, asker: asker?.personId ?? null };
      const guided = run.guided === null ? null : await guidedView(run, given, group);
      return {
        runId: run.id,
        planNumber: (await plans.byId(run.planId))?.number ?? 0,
        state: run.state,
        direction: run.direction,
        executor: run.executor,
        hold: run.hold,
        standing: run.finishedAt === null ? standingWords(await readStops(db, migration.id), migration.zone, now) : [],
        zone: migration.zone,
        at: now.toString(),
        startedAt: run.startedAt,
        finishedAt: run.finishedAt,
        window: run.window,
        runner: nameOf(run.runnerId),
        deputy: run.deputyId === null ? null : nameOf(run.deputyId),
        deputyId: run.deputyId,
        progress,
        counts,
        secondsLeft:
          run.state === 'running' || run.state === 'rolling-back'
            ? secondsLeft(progress.done - run.doneBefore, progress.open, run.drivenSince, now)
            : null,
        sites: sites.map((one) => ({ ...one, name: siteName(one.site) })),
        trouble: await trouble(items, run),
        guided,
        undo: undoView(run, nameOf, asker?.personId ?? null),
        oldPasUntil: migration.oldPasUntil,
        late: await runStepStore(db).late(run.id, LATE_LINES),
        notice: said.notice ?? null,
        ...(asker === undefined ? {} : { you: readerOf(run, asker) }),
      };
    },
    manual: (run, asker, closedWords, notice) => manual(run, { asker, closedWords, notice, lines: BOARD_LINES }),
    async board(run, asker, closedWords, now) {
      const nameOf = await names(db);
      const facts = await manual(run, { asker, closedWords, notice: null, lines: ALL_LINES });
      const done = (await items.doneByHand(run.id)).map(({ doneBy, ...one }) => ({ ...one, by: nameOf(doneBy ?? 0) }));
      return { ...facts, at: now.toString(), done };
    },
  };
}

async function guidedView(
  run: Run,
  given: {
    readonly nameOf: (id: number) => string;
    readonly siteName: (code: string) => string;
    readonly whole: (going: readonly RunItem[]) => Promise<ReadonlySet<string>>;
    readonly asker: number | null;
  },
  groupOf: RunViews['group'],
): Promise<GuidedFacts | null> {
  if (run.guided === null) return null;
  const { group, items } = await groupOf(run, run.guided.group);
  const whole = run.guided.step === 'tick' ? await given.whole(items) : new Set<string>();
  return guidedFacts({ run, place: run.guided, items, group, ...given, whole });
}

function isQuiet({ claimedAt }: RunItem, now: Temporal.Instant): boolean {
  const quietSince = now.subtract({ minutes: QUIET_MINUTES });
  return claimedAt !== null && Temporal.Instant.compare(claimedAt, quietSince) <= 0;
}

function readerOf(run: Run, { personId, leads }: RunAsker): RunReader {
  if (personId === run.runnerId) return 'runner';
  if (personId === run.deputyId) return 'deputy';
  return leads ? 'lead' : 'other';
}

async function trouble(items: ReturnType<typeof runItemStore>, run: Run): Promise<TroubleLine[]> {
  const failed = await items.inStates(run.id, ['failed', 'needs-a-person'], TROUBLE_LINES);
  const doubtful = (await items.inStates(run.id, ['applying'], 50)).filter((item) => item.inDoubt);
  return [...failed, ...doubtful]
    .slice(0, TROUBLE_LINES)
    .map(({ serviceId, name, state, inDoubt, reason }) => ({ serviceId, name, state, inDoubt, reason }));
}

function undoView(run: Run, nameOf: (id: number) => string, asker: number | null): UndoFacts | null {
  if (run.undo === null) return null;
  return {
    askedBy: nameOf(run.undo.by),
    askedAt: run.undo.at,
    oldPasCheckedAt: run.undo.oldPasCheckedAt,
    agreedBy: run.undo.agreedBy === null ? null : nameOf(run.undo.agreedBy),
    aloneFrom: Temporal.Instant.from(run.undo.at).add({ minutes: MINUTES_TO_ANSWER }).toString(),
    countsUntil: countsUntil(run.undo).toString(),
    ...(asker === null ? {} : { byYou: run.undo.by === asker }),
  };
}

async function migrationOf(db: Database, run: Run): Promise<Migration> {
  const migration = await migrationStore(db).byId(run.migrationId);
  if (migration === null) throw new Error(`Run ${run.id} has no migration.`);
  return migration;
}

async function names(db: Database): Promise<(id: number) => string> {
  const rows = await db.selectFrom('person').select(['id', 'name']).execute();
  const known = new Map(rows.map((row) => [row.id, row.name]));
  return (id) => known.get(id) ?? 'somebody';
}
