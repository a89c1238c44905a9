import type { Database } from '../../db/connect.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import { type ChecklistMark, checklistStates, type DerivedItems, type ItemState } from '../domain/checklist-state.ts';
import type { Snapshot } from '../domain/extract.ts';
import { type Gaps, gapsOf } from '../domain/gaps.ts';
import type { Migration } from '../domain/migration.ts';
import { informedVerdict } from '../domain/notice-informed.ts';
import type { Plan, PlanKind } from '../domain/plan.ts';
import { verificationFault } from '../domain/plan-verification.ts';
import { inWords } from '../kernel/time-words.ts';
import { checklistItemStore } from './checklist-items.ts';
import { checklistMarks, type NewMark, setMark } from './checklist-marks.ts';
import { informedStore } from './notices-informed.ts';
import { planInputStore } from './plans-inputs.ts';
import { planLifeStore } from './plans-life.ts';
import { attestationStore } from './snapshot-attestations.ts';
import { snapshotStore } from './snapshots.ts';
import { voteStore } from './votes.ts';

export interface ChecklistStore {
  marks(migrationId: number): Promise<readonly ChecklistMark[]>;
  set(migrationId: number, mark: NewMark): Promise<void>;
  /** Every item with its state: for a plan, or before there is one (null), as far as that can be known. */
  states(
    migration: Migration,
    plan: Plan | null,
    now: Temporal.Instant,
    holidays: BankHolidays,
  ): Promise<readonly ItemState[]>;
  /** What the bulk tool would fail on, among the plan's own services (rule 5). */
  gaps(plan: Plan): Promise<Gaps>;
}

export function checklistStore(db: Database): ChecklistStore {
  const marks = (migrationId: number) => checklistMarks(db, migrationId);
  return {
    marks,
    set: (migrationId, mark) => setMark(db, migrationId, mark),
    gaps: (plan) => gapsOfPlan(db, plan),
    async states(migration, plan, now, holidays) {
      const kind: PlanKind = plan?.kind ?? 'plan';
      const derived = plan ? await derivedItems(db, migration, plan, now, holidays) : NO_PLAN;
      const items = checklistItemStore(db);
      const more = { own: await items.own(migration.id), due: await items.due(migration.id) };
      return checklistStates(await marks(migration.id), derived, migration, kind, now, more);
    },
  };
}

const NO_PLAN: DerivedItems = Object.fromEntries(
  ['contact-details', 'verification-services', 'informed', 'sign-off'].map((key) => [
    key,
    { done: false, because: 'There is no plan yet' },
  ]),
);

async function derivedItems(
  db: Database,
  migration: Migration,
  plan: Plan,
  now: Temporal.Instant,
  holidays: BankHolidays,
): Promise<DerivedItems> {
  const gaps = await gapsOfPlan(db, plan);
  const fault = verificationFault(await planLifeStore(db).services(plan.id), plan.verification);
  return {
    'contact-details': {
      done: !gaps.blocks,
      because: gaps.blocks ? gapWords(gaps) : 'No gap in the extract',
    },
    'verification-services': {
      done: fault === null,
      because: fault === null ? `${plan.verification.length} named on plan ${plan.number}` : `There is ${fault}`,
    },
    informed: await informedItem(db, migration, holidays),
    'sign-off': await signOffItem(db, migration, plan, now),
  };
}

function gapWords(gaps: Gaps): string {
  const parts = [
    ...(gaps.missing > 0 ? [`${gaps.missing} with a detail missing`] : []),
    ...(gaps.unknown > 0 ? [`${gaps.unknown} with a detail that the extract does not have`] : []),
  ];
  return `Services: ${parts.join(', ')}`;
}

async function informedItem(db: Database, migration: Migration, holidays: BankHolidays) {
  const { outage, settings, zone } = migration;
  if (outage === null) return { done: false, because: 'No outage is set yet' };
  const state = await informedStore(db).state(migration.id, outage.from, settings.referrersSentPercent);
  const verdict = informedVerdict(state, outage.from, settings, zone, holidays);
  return { done: verdict.ok, because: verdict.ok ? verdict.headline : (verdict.faults[0]?.text ?? verdict.headline) };
}

async function signOffItem(db: Database, migration: Migration, plan: Plan, now: Temporal.Instant) {
  if (plan.hash === null) return { done: false, because: 'The plan is not submitted yet' };
  const { hash } = await planInputStore(db).look(plan.id);
  const { matching, counted } = await voteStore(db).approval(plan, hash, now);
  const place = matching.places.find(({ role }) => role === 'clinical-safety-officer');
  const vote = counted.find(({ personId }) => personId === place?.personId);
  return vote
    ? { done: true, because: `Voted ${inWords(vote.at, migration.zone)}` }
    : { done: false, because: 'The clinical safety officer has not voted on the plan as it is now' };
}

async function gapsOfPlan(db: Database, plan: Plan): Promise<Gaps> {
  const snapshots = snapshotStore(db);
  const ids = (await planLifeStore(db).services(plan.id)).map((service) => service.serviceId);
  const snapshot = await newestOver(db, plan);
  if (!snapshot) throw new Error(`Plan ${plan.id} has no import.`);
  const services = await snapshots.services(snapshot.id, { ids });
  return gapsOf(services, snapshot.columns, await attestationStore(db).of(snapshot.extractId));
}

/** A supplement imported after the plan was made fills gaps of the same extract: the plan is judged by it at once. */
async function newestOver(db: Database, plan: Plan): Promise<Snapshot | null> {
  const own = await snapshotStore(db).byId(plan.snapshotId);
  const all = await snapshotStore(db).list(plan.migrationId);
  return all.find(({ extractId }) => extractId === own?.extractId) ?? own;
}
