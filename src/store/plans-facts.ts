import type { Database } from '../../db/connect.ts';
import { type Approval, conflictsOf, policyOf, satisfiable } from '../domain/approval.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import { gateBlockers } from '../domain/checklist-state.ts';
import { extractAgeInDays, providerSystemOf } from '../domain/extract.ts';
import type { Migration } from '../domain/migration.ts';
import type { RoleHolder } from '../domain/person.ts';
import type { Plan, PlannedService } from '../domain/plan.ts';
import type { NoticeOnPlan, PlanFacts, SiteFacts, VoteFacts } from '../domain/plan-answers.ts';
import { isBeforeRun, isLive, STATE_WORDS } from '../domain/plan-state.ts';
import { type SubmitFault, submitFaults } from '../domain/plan-submit.ts';
import { WARNINGS } from '../domain/plan-warning.ts';
import { ROLE_WORDS } from '../domain/role.ts';
import { standingWords } from '../domain/time-stops.ts';
import { checklistStore } from './checklist.ts';
import { migrationStore } from './migrations.ts';
import { noticeStore } from './notices.ts';
import { informedStore } from './notices-informed.ts';
import { welshFaultAtSubmit } from './notices-welsh-status.ts';
import { organisationStore } from './organisations.ts';
import { peopleStore } from './people.ts';
import { planInputStore } from './plans-inputs.ts';
import { planLifeStore } from './plans-life.ts';
import { snapshotStore } from './snapshots.ts';
import { readStops } from './time-rows.ts';
import { voteStore } from './votes.ts';
import { windowStore } from './windows.ts';

export interface PlanFactStore {
  /** Everything on the plan's card, read anew. */
  facts(planId: number, now: Temporal.Instant, holidays: BankHolidays): Promise<PlanFacts>;
  /** What stands before submitting this plan, all of it. */
  faults(plan: Plan, now: Temporal.Instant, holidays: BankHolidays): Promise<readonly SubmitFault[]>;
}

export function planFactStore(db: Database): PlanFactStore {
  const faults: PlanFactStore['faults'] = async (plan, now, holidays) => {
    const migration = await migrationOf(db, plan);
    const snapshot = await snapshotStore(db).byId(plan.snapshotId);
    const states = await checklistStore(db).states(migration, plan, now, holidays);
    const { settings } = migration;
    return submitFaults({
      number: plan.number,
      kind: plan.kind,
      services: (await planLifeStore(db).services(plan.id)).length,
      changed: await changedServices(db, plan),
      gaps: await checklistStore(db).gaps(plan),
      extractAge: snapshot ? extractAgeInDays(snapshot.taken, now, migration.zone) : Number.POSITIVE_INFINITY,
      extractValid: settings.extractValidDays,
      hasOutage: migration.outage !== null,
      hasWindow: (await windowStore(db).of(plan.id)).length > 0,
      hasRunner: plan.runnerId !== null,
      welsh: plan.kind === 'practice' ? null : await welshFaultAtSubmit(db, migration, now),
      checklist: gateBlockers('submit', states),
      approvable: satisfiable(
        policyOf(plan.kind, settings.policy),
        await peopleStore(db).holders(migration.id),
        conflictsOf(plan),
      ),
    });
  };
  return {
    faults,
    async facts(planId, now, holidays) {
      const plan = await planLifeStore(db).byId(planId);
      if (!plan) throw new Error(`There is no plan with the id ${planId}.`);
      const migration = await migrationOf(db, plan);
      const services = await planLifeStore(db).services(planId);
      const approval = await approvalNow(db, plan, now);
      const [newest] = await planInputStore(db).versions(planId);
      const waiting = approval !== null && isBeforeRun(plan.state) && !approval.matching.complete;
      return {
        planId,
        number: plan.number,
        kind: plan.kind,
        migration: migration.name,
        zone: migration.zone,
        state: plan.state,
        stateWords: STATE_WORDS[plan.state],
        code: plan.state === 'draft' ? null : plan.code,
        hash: plan.state === 'draft' ? null : plan.hash,
        services: services.length,
        sites: await siteFacts(db, migration.id, services),
        fromAsids: [...new Set(services.map((service) => service.from.asid))].sort(),
        toAsid: plan.target.asid,
        toOrganisation: plan.target.organisation,
        standing: isLive(plan.state) ? standingWords(await readStops(db, migration.id), migration.zone, now) : [],
        outage: migration.outage,
        windows: await windowStore(db).of(planId),
        notice: plan.kind === 'plan' ? await noticeOf(db, migration) : null,
        shortLead: await shortLeadOf(db, migration),
        warnings: WARNINGS.flatMap((why) => {
          const count = plan.warnings[why] ?? 0;
          return count > 0 ? [{ why, count }] : [];
        }),
        votes: await voteFacts(db, approval),
        needed: waiting ? approval.matching.missing.map((one) => ({ ...one, words: ROLE_WORDS[one.role] })) : [],
        couldVote: waiting ? names(approval.couldVote) : [],
        votesValidUntil: approval?.validUntil ?? null,
        runner: await personName(db, plan.runnerId),
        deputy: await personName(db, plan.deputyId),
        author: (await personName(db, plan.authorId)) ?? '',
        verification: plan.verification.length,
        critical: services.filter((service) => service.businessCritical).length,
        changes: waiting ? (newest?.changes ?? []) : [],
        blockers: plan.state === 'draft' ? (await faults(plan, now, holidays)).map(({ words }) => words) : [],
        last: plan.lastAct && plan.lastActAt ? { words: plan.lastAct, at: plan.lastActAt } : null,
      };
    },
  };
}

/** Services that a newer import no longer has, or links otherwise: the plan's undo would be wrong for them. */
async function changedServices(db: Database, plan: Plan): Promise<readonly string[]> {
  const newest = await snapshotStore(db).current(plan.migrationId);
  if (!newest || newest.id === plan.snapshotId) return [];
  const planned = await planLifeStore(db).services(plan.id);
  const now = await snapshotStore(db).services(newest.id, { ids: planned.map((service) => service.serviceId) });
  const known = new Map(now.map((service) => [service.serviceId, service]));
  return planned
    .filter(({ serviceId, from }) => {
      const service = known.get(serviceId);
      return (
        !service?.directlyBookable ||
        service.providerOrg !== from.organisation ||
        providerSystemOf(service) !== from.asid
      );
    })
    .map(({ serviceId }) => serviceId);
}

/** A draft has no votes; a plan that runs or is over shows those that it was approved with. */
async function approvalNow(db: Database, plan: Plan, now: Temporal.Instant): Promise<Approval | null> {
  if (plan.state === 'draft' || plan.hash === null) return null;
  if (!isBeforeRun(plan.state)) return voteStore(db).approval(plan, plan.hash, Temporal.Instant.from(plan.stateSince));
  const { hash } = await planInputStore(db).look(plan.id);
  return voteStore(db).approval(plan, hash, now);
}

/** Place by place of the policy, within a role in the order in which they voted. */
async function voteFacts(db: Database, approval: Approval | null): Promise<VoteFacts[]> {
  const facts: VoteFacts[] = [];
  for (const { role, personId } of approval?.matching.places ?? []) {
    const vote = approval?.counted.find((one) => one.personId === personId);
    const by = await personName(db, personId);
    const owner = await personName(db, vote?.lent[role] ?? null);
    facts.push({ role, words: ROLE_WORDS[role], at: vote?.at ?? null, by: owner === null ? by : `${by} for ${owner}` });
  }
  const order = [...new Set(facts.map(({ role }) => role))];
  const when = (at: string | null) => (at === null ? LAST : Temporal.Instant.from(at).epochMilliseconds);
  return facts.sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || when(a.at) - when(b.at));
}

const LAST = Number.MAX_SAFE_INTEGER;

async function siteFacts(db: Database, migrationId: number, services: readonly PlannedService[]): Promise<SiteFacts[]> {
  const known = await organisationStore(db).names(migrationId, [...new Set(services.map((one) => one.site))]);
  return [...Map.groupBy(services, (service) => `${service.from.organisation}/${service.site}`).values()].map(
    (here) => {
      const site = here[0]?.site ?? '';
      return {
        organisation: here[0]?.from.organisation ?? '',
        site,
        name: known.get(site) ?? site,
        count: here.length,
      };
    },
  );
}

async function noticeOf(db: Database, migration: Migration): Promise<NoticeOnPlan | null> {
  const { outage } = migration;
  if (!outage) return null;
  const notice = (await noticeStore(db).list(migration.id)).findLast(
    ({ kind, status, facts }) =>
      (kind === 'planned' || kind === 'moved') && status !== 'withdrawn' && facts.outage?.from === outage.from,
  );
  if (!notice) return null;
  const state = await informedStore(db).state(migration.id, outage.from, migration.settings.referrersSentPercent);
  return {
    dueAt: notice.dueAt,
    sent: notice.status === 'finished',
    commissioners: state.commissioners.total,
    referrers: state.referrers.total,
  };
}

async function shortLeadOf(db: Database, { id, outage, settings }: Migration): Promise<string | null> {
  if (!outage) return null;
  return (await informedStore(db).state(id, outage.from, settings.referrersSentPercent)).shortLead?.reason ?? null;
}

async function migrationOf(db: Database, plan: Plan): Promise<Migration> {
  const migration = await migrationStore(db).byId(plan.migrationId);
  if (!migration) throw new Error(`Plan ${plan.id} has no migration.`);
  return migration;
}

async function personName(db: Database, personId: number | null): Promise<string | null> {
  return personId === null ? null : ((await peopleStore(db).byId(personId))?.name ?? null);
}

function names(holders: readonly RoleHolder[]): string[] {
  return [...new Set(holders.map(({ person }) => person.name))];
}
