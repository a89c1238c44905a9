import type { CommandContext } from '../../src/command.ts';
import type { Snapshot } from '../../src/domain/extract.ts';
import type { Migration } from '../../src/domain/migration.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Plan, PlanKind } from '../../src/domain/plan.ts';
import { holderInWords, type PlanDiff, planDiff } from '../../src/domain/plan-diff.ts';
import { isBeforeRun, STATE_WORDS } from '../../src/domain/plan-state.ts';
import { type Priorities, proposeVerification, verificationFault } from '../../src/domain/plan-verification.ts';
import { REFUSALS } from '../../src/domain/plan-warning.ts';
import { isBroad, isEmptySelection, refuseUnknownValues, type Selection, select } from '../../src/domain/selection.ts';
import { canonicalJson, sha256, shortCode } from '../../src/kernel/canonical.ts';
import { next, Refusal } from '../../src/kernel/errors.ts';
import { definersOf } from './definers.ts';
import { type DraftInput, selectionOf } from './draft-input.ts';
import { migrationOf } from './on-plan.ts';

/** A plan as it would be saved, with all that was found on the way. */
export interface Draft {
  readonly migration: Migration;
  readonly kind: PlanKind;
  /** The plan that is being changed, locked; null: a new one. */
  readonly before: Plan | null;
  readonly snapshot: Snapshot;
  readonly selection: Selection;
  readonly diff: PlanDiff;
  readonly runner: Person | null;
  readonly deputy: Person | null;
  readonly verification: readonly string[];
  /** The code of exactly this: shown with the difference, and asked for when it is saved. */
  readonly shown: string;
}

/** What the words ask for, judged; nothing is saved yet. Refuses where nothing could be. */
export async function draftOf(ctx: CommandContext, kind: PlanKind, input: DraftInput): Promise<Draft> {
  const migration = migrationOf(ctx);
  const before = await planToChange(ctx, migration, input.plan);
  const snapshot = await ctx.store.snapshots.current(migration.id);
  if (!snapshot) {
    throw new Refusal('no-extract', 'There is no extract yet: a plan is made from an imported one.', {
      remedy: [next('Import', 'import')],
    });
  }
  const { selection, typed } = selectionOf(input, before?.selection ?? null);
  refuseEmpty(selection);
  const pool = await ctx.store.plans.pool(snapshot.id, selection);
  if (typed) refuseUnknownValues(pool, selection, snapshot.number);
  const chosen = select(pool, selection).map((service) => service.serviceId);
  const diff = planDiff(pool, selection, {
    target: { asid: migration.newAsid, organisation: migration.newOrg },
    oldAsids: migration.oldAsids,
    goLive: migration.outage ? Temporal.Instant.from(migration.outage.to) : null,
    zone: migration.zone,
    held: await ctx.store.plans.held(chosen, before?.id ?? null),
  });
  refuseNothingLeft(diff, chosen.length, migration.zone);
  refuseBigPractice(before?.kind ?? kind, selection, diff);
  const verification = verificationOf(diff, pool, input.verify, before);
  const definers = await definersOf(ctx, input, before);
  const found = { migration, kind: before?.kind ?? kind, before, snapshot, selection, diff, ...definers, verification };
  return { ...found, shown: codeOf(found) };
}

async function planToChange(
  ctx: CommandContext,
  migration: Migration,
  number: string | undefined,
): Promise<Plan | null> {
  if (number === undefined) return null;
  const plan = await ctx.store.plans.lock((await ctx.store.plans.current(migration.id, Number(number))).id);
  if (isBeforeRun(plan.state)) return plan;
  throw new Refusal(
    'plan-state',
    `Plan ${plan.number} is ${STATE_WORDS[plan.state]}: its services can no longer be changed.`,
    {
      remedy: [next('Show the plan', 'show', { plan: String(plan.number) })],
    },
  );
}

function refuseEmpty(selection: Selection): void {
  if (!isEmptySelection(selection)) return;
  const sentence = 'Say which services: sites, specialties, part of the name, or service ids.';
  throw new Refusal('empty-selection', sentence, { fields: { site: sentence } });
}

function refuseNothingLeft(diff: PlanDiff, chosen: number, zone: string): void {
  if (diff.services.length > 0) return;
  const [first] = diff.refused;
  const held = first?.holder ? ` Service ${first.service.serviceId} is in ${holderInWords(first.holder, zone)}.` : '';
  const why =
    chosen === 0
      ? 'No service matches all of this. Look at the list of services, and try fewer conditions.'
      : `None of the ${chosen} selected services can be in a plan.${held} Only directly bookable services whose old system is known, and which no other open plan holds, can.`;
  throw new Refusal(
    chosen === 0 ? 'selection-empty' : first?.why === 'held' ? 'service-held' : 'selection-refused',
    why,
    {
      remedy: first?.holder
        ? [
            next('Show that plan', 'show', { plan: String(first.holder.planNumber) }),
            next('Tell me when it is free', 'plan', { wait: String(first.holder.planNumber) }),
          ]
        : [next('See the services', 'services')],
      facts: { refused: REFUSALS.map((code) => [code, diff.refused.filter((entry) => entry.why === code).length]) },
    },
  );
}

/** One to three test services, typed by id (rule 7): nothing that a wide selection could bring in. */
function refuseBigPractice(kind: PlanKind, selection: Selection, diff: PlanDiff): void {
  if (kind === 'plan' || (!isBroad(selection) && diff.services.length <= 3)) return;
  const sentence = 'A practice plan has one to three test services, typed by their ids.';
  throw new Refusal('too-many-test-services', sentence, { fields: { ids: sentence } });
}

function verificationOf(
  diff: PlanDiff,
  pool: readonly Priorities[],
  typed: string | undefined,
  before: Plan | null,
): readonly string[] {
  if (typed === undefined)
    return before === null ? proposeVerification(diff.services, [], pool) : keptOf(diff, pool, before);
  const chosen = [...new Set(typed.split(/[\s,;]+/).filter((id) => id !== ''))].sort();
  const fault = verificationFault(diff.services, chosen);
  if (fault === null) return chosen;
  throw new Refusal('verification', `These services cannot verify the plan: ${fault}.`, {
    fields: { verify: `There is ${fault}.` },
  });
}

/** What was chosen, and perhaps approved, stays as it is while it still verifies every site (rule 10); only then is more proposed. */
function keptOf(diff: PlanDiff, pool: readonly Priorities[], { verification }: Plan): readonly string[] {
  const kept = verification.filter((id) => diff.services.some(({ serviceId }) => serviceId === id));
  return verificationFault(diff.services, kept) === null ? kept : proposeVerification(diff.services, kept, pool);
}

function codeOf(draft: Omit<Draft, 'shown'>): string {
  const { diff, runner, deputy, verification, selection, before } = draft;
  const services = diff.services.map(({ serviceId, from, to }) => [serviceId, from, to]);
  const whole = [services, runner?.id ?? null, deputy?.id ?? null, verification, selection, before?.hash ?? null];
  return shortCode(sha256(canonicalJson(whole)));
}
