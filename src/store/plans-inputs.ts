import type { Database } from '../../db/connect.ts';
import { policyOf } from '../domain/approval.ts';
import { audienceInputs } from '../domain/audience.ts';
import {
  type Bundle,
  type BundleChange,
  bundleChange,
  bundleServices,
  type SealedBundle,
  seal,
} from '../domain/bundle.ts';
import type { Plan } from '../domain/plan.ts';
import { isBeforeRun } from '../domain/plan-state.ts';
import { migrationStore } from './migrations.ts';
import { noticeStore } from './notices.ts';
import { welshStore } from './notices-welsh.ts';
import { type Act, planLifeStore } from './plans-life.ts';
import { recipientStore } from './recipients.ts';
import { voteStore } from './votes.ts';
import { windowStore } from './windows.ts';

/** What a card showed under a code. */
export interface PlanVersion {
  readonly planId: number;
  readonly hash: string;
  readonly code: string;
  /** What differs from the version before, in words. */
  readonly changes: readonly string[];
  readonly byId: number | null;
  readonly at: string;
}

/** What became of the votes. */
export interface InputsOutcome {
  readonly votes: BundleChange['votes'];
  readonly lines: readonly string[];
  readonly ended: number;
  readonly code: string | null;
  readonly hash: string | null;
}

export interface PlanInputStore {
  /** The inputs as they stand now, sealed (contracts, Hash and votes): what a card shows, without a lock. */
  look(planId: number): Promise<SealedBundle>;
  /** The same with the plan locked until the end of the transaction: for whoever acts on it. */
  bundle(planId: number): Promise<SealedBundle>;
  /** Opens a version: from now on cards show its code. */
  seal(planId: number, changes: readonly string[], act: Act): Promise<SealedBundle>;
  /**
   * To be called, in the same transaction, by whoever changed an input (outage, windows, wording, audience, the plan).
   * `act.words` says it on the card. Compares with the newest version, ends the votes that rule 10 ends, and opens a version. In a draft, and once the plan
   * runs, there are no votes to judge and nothing happens.
   */
  inputsChanged(planId: number, act: Act): Promise<InputsOutcome>;
  /** The same for every plan of the migration that is not running yet; gives the ids of those whose card changed. */
  inputsChangedFor(migrationId: number, act: Act): Promise<readonly number[]>;
  /** Newest first. */
  versions(planId: number): Promise<readonly PlanVersion[]>;
  /** The plan whose card ever showed this code, newest first. */
  versionByCode(migrationId: number, code: string): Promise<PlanVersion | null>;
}

export function planInputStore(db: Database): PlanInputStore {
  const plans = planLifeStore(db);
  const votes = voteStore(db);
  const bundle = async (planId: number): Promise<SealedBundle> => seal(await gather(db, await plans.lock(planId)));
  const open = async (planId: number, changes: readonly string[], act: Act): Promise<SealedBundle> => {
    const sealed = await bundle(planId);
    const services = await plans.services(planId);
    await db
      .insertInto('plan_version')
      .values({
        plan_id: planId,
        hash: sealed.hash,
        code: sealed.code,
        inputs: sealed.text,
        changes: JSON.stringify(changes),
        critical: JSON.stringify(services.filter((one) => one.businessCritical).map((one) => one.serviceId)),
        by_id: act.personId,
        at: act.at,
      })
      .execute();
    await db.updateTable('plan').set({ hash: sealed.hash, code: sealed.code }).where('id', '=', planId).execute();
    return sealed;
  };
  const changed = async (planId: number, act: Act): Promise<InputsOutcome> => {
    const plan = await plans.lock(planId);
    const before = await newestVersion(db, planId);
    if (!before || plan.state === 'draft' || !isBeforeRun(plan.state)) {
      return { votes: 'keep', lines: [], ended: 0, code: plan.code, hash: plan.hash };
    }
    const after = await bundle(planId);
    if (after.hash === before.hash) return { votes: 'keep', lines: [], ended: 0, code: plan.code, hash: plan.hash };
    const change = bundleChange(JSON.parse(before.inputs) as Bundle, after.bundle, new Set(before.critical));
    await open(planId, change.lines, act);
    const ended =
      change.votes === 'void'
        ? await votes.endAll(planId, change.lines.join('; '), act.at)
        : await votes.carryOver(plan, await policyFor(db, plan), after.hash, change.lines.join('; '), act.at);
    const state = isComplete(after.bundle) ? 'submitted' : 'draft';
    if (plan.state !== state) await plans.moveTo(planId, state, act);
    await plans.note(planId, act);
    return { votes: change.votes, lines: change.lines, ended, code: after.code, hash: after.hash };
  };
  return {
    bundle,
    async look(planId) {
      const plan = await plans.byId(planId);
      if (!plan) throw new Error(`There is no plan with the id ${planId}.`);
      return seal(await gather(db, plan));
    },
    seal: open,
    inputsChanged: changed,
    async inputsChangedFor(migrationId, act) {
      const touched: number[] = [];
      for (const plan of await plans.list(migrationId)) {
        if (!isBeforeRun(plan.state)) continue;
        await changed(plan.id, act);
        touched.push(plan.id);
      }
      return touched;
    },
    async versions(planId) {
      const rows = await db
        .selectFrom('plan_version')
        .select(VERSION)
        .where('plan_id', '=', planId)
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toVersion);
    },
    async versionByCode(migrationId, code) {
      const row = await db
        .selectFrom('plan_version')
        .innerJoin('plan', 'plan.id', 'plan_version.plan_id')
        .select(VERSION)
        .where('plan.migration_id', '=', migrationId)
        .where('plan_version.code', '=', code.toUpperCase())
        .orderBy('plan_version.id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? toVersion(row) : null;
    },
  };
}

async function gather(db: Database, plan: Plan): Promise<Bundle> {
  const migration = await migrationStore(db).byId(plan.migrationId);
  const services = await planLifeStore(db).services(plan.id);
  const welsh = (await welshStore(db).list(plan.migrationId)).filter(({ key }) => !isOfUpdate(key));
  return {
    plan: plan.number,
    kind: plan.kind,
    services: bundleServices(services),
    target: plan.target,
    outage: migration?.outage ?? null,
    windows: await windowStore(db).of(plan.id),
    runner: plan.runnerId,
    deputy: plan.deputyId,
    notices: {
      // A free update is written after the approval; its words are nobody's input.
      wording: Object.fromEntries(
        (await noticeStore(db).wording(plan.migrationId))
          .filter((entry) => entry.kind !== 'update' && entry.field !== 'update')
          .map((entry) => [`${entry.kind}/${entry.field}`, entry.text]),
      ),
      audience: audienceInputs(await recipientStore(db).rule(plan.migrationId)),
      ...(welsh.length > 0 ? { welsh: Object.fromEntries(welsh.map((one) => [one.key, one.welsh])) } : {}),
    },
    verification: plan.verification,
  };
}

/** A free update is written after the approval, in Welsh too. */
function isOfUpdate(key: string): boolean {
  return key === 'team/all/update' || key.startsWith('team/update/');
}

/** What was submitted once but lacks an input now cannot be voted on: it goes back to its author. */
function isComplete(bundle: Bundle): boolean {
  const needsOutage = bundle.kind === 'plan';
  return (
    bundle.services.length > 0 &&
    bundle.windows.length > 0 &&
    bundle.runner !== null &&
    (bundle.outage !== null || !needsOutage)
  );
}

async function policyFor(db: Database, plan: Plan) {
  const migration = await migrationStore(db).byId(plan.migrationId);
  return policyOf(plan.kind, migration?.settings.policy ?? []);
}

async function newestVersion(db: Database, planId: number) {
  return db
    .selectFrom('plan_version')
    .select(['hash', 'inputs', 'critical'])
    .where('plan_id', '=', planId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

const VERSION = [
  'plan_version.plan_id',
  'plan_version.hash',
  'plan_version.code',
  'plan_version.changes',
  'plan_version.by_id',
  'plan_version.at',
] as const;

function toVersion(row: {
  plan_id: number;
  hash: string;
  code: string;
  changes: readonly string[];
  by_id: number | null;
  at: string;
}): PlanVersion {
  return { planId: row.plan_id, hash: row.hash, code: row.code, changes: row.changes, byId: row.by_id, at: row.at };
}
