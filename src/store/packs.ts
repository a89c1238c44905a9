import type { Database } from '../../db/connect.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import { rangesInWords } from '../domain/hours-policy.ts';
import type { Migration } from '../domain/migration.ts';
import { KIND_RULES } from '../domain/notice.ts';
import { PACK_FORMAT, type Pack, type PackAudit, type PackTime } from '../domain/pack.ts';
import type { Plan } from '../domain/plan.ts';
import { STATE_WORDS } from '../domain/plan-state.ts';
import { ROLE_WORDS } from '../domain/role.ts';
import { policyOf } from '../domain/time-rules.ts';
import { SCENARIO_WORDS, testsOf } from '../domain/verification.ts';
import { quorum } from '../domain/verification-quorum.ts';
import { pollLines, type Verification } from '../domain/verification-shown.ts';
import { auditStore, chainOf } from './audit.ts';
import { checklistStore } from './checklist.ts';
import { findingStore } from './findings.ts';
import { hazardStore } from './hazards.ts';
import { packDeeds } from './packs-deeds.ts';
import { peopleStore } from './people.ts';
import { planInputStore } from './plans-inputs.ts';
import { planLifeStore } from './plans-life.ts';
import { snapshotStore } from './snapshots.ts';
import { timeStore } from './time.ts';
import { knownVerification } from './verification-known.ts';
import { windowStore } from './windows.ts';

/** The evidence of one plan, gathered from all that is remembered (rule 27). */
export interface PackStore {
  gather(
    migration: Migration,
    plan: Plan,
    at: { now: Temporal.Instant; by: string; holidays: BankHolidays },
  ): Promise<Pack>;
}

export function packStore(db: Database): PackStore {
  return {
    async gather(migration, plan, { now, by, holidays }) {
      const nameOf = await names(db);
      const deeds = packDeeds(db, nameOf);
      const known = await knownVerification(db).known(plan.id, now, holidays);
      const states = await checklistStore(db).states(migration, plan, now, holidays);
      return {
        format: PACK_FORMAT,
        madeAt: now.toString(),
        madeBy: by,
        migration: {
          name: migration.name,
          provider: migration.providerOrg,
          providerName: migration.providerName,
          oldAsids: migration.oldAsids,
          newAsid: migration.newAsid,
          newOrganisation: migration.newOrg,
          zone: migration.zone,
          outage: migration.outage,
          oldPasUntil: migration.oldPasUntil,
        },
        contacts: migration.contacts,
        people: await people(db, migration.id),
        plan: await planPart(db, plan, nameOf),
        votes: await deeds.votes(plan.id),
        checklist: states.map(({ item, done, because, by: who, at }) => ({
          title: item.title,
          owner: ROLE_WORDS[item.owner],
          gate: item.gate,
          done,
          because,
          by: who,
          at,
        })),
        time: await timePart(db, migration, plan, nameOf),
        notices: await deeds.notices(migration.id, (kind) => KIND_RULES[kind].words),
        calls: await deeds.calls(migration.id),
        runs: await deeds.runs(plan.id),
        ...verificationPart(known),
        ...(await deeds.afterwards(plan.id, await findingStore(db).open(migration))),
        hazards: await hazardStore(db).log(migration.id),
        audit: await auditPart(db, chainOf(migration.id)),
      };
    },
  };
}

type NameOf = (id: number) => string;

async function names(db: Database): Promise<NameOf> {
  const rows = await db.selectFrom('person').select(['id', 'name']).execute();
  const known = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => known.get(id) ?? `person ${id}`;
}

async function people(db: Database, migrationId: number): Promise<Pack['people']> {
  const holders = await peopleStore(db).holders(migrationId);
  const byPerson = Map.groupBy(holders, ({ person }) => person.id);
  return [...byPerson.values()].map((theirs) => ({
    name: theirs[0]?.person.name ?? '',
    roles: [...new Set(theirs.map(({ role }) => ROLE_WORDS[role]))],
  }));
}

async function planPart(db: Database, plan: Plan, nameOf: NameOf): Promise<Pack['plan']> {
  const snapshot = await snapshotStore(db).byId(plan.snapshotId);
  const versions = await planInputStore(db).versions(plan.id);
  const services = await planLifeStore(db).services(plan.id);
  return {
    number: plan.number,
    kind: plan.kind,
    state: STATE_WORDS[plan.state],
    code: plan.code,
    hash: plan.hash,
    author: nameOf(plan.authorId),
    runner: plan.runnerId === null ? null : nameOf(plan.runnerId),
    deputy: plan.deputyId === null ? null : nameOf(plan.deputyId),
    snapshot: snapshot && { number: snapshot.number, taken: snapshot.taken, sha256: snapshot.sha256 },
    windows: await windowStore(db).of(plan.id),
    services: services.map(({ serviceId, name, site, from, to, businessCritical }) => ({
      serviceId,
      name,
      site,
      from,
      to,
      businessCritical,
      verification: plan.verification.includes(serviceId),
    })),
    versions: versions.map(({ code, hash, at, changes }) => ({ code, hash, at, changes })),
  };
}

async function timePart(db: Database, migration: Migration, plan: Plan, nameOf: NameOf): Promise<PackTime> {
  const rules = await timeStore(db).rules(migration.id);
  const go = await db.selectFrom('go_answer').selectAll().where('plan_id', '=', plan.id).orderBy('id').execute();
  const look = rules.lastCheck;
  const policy = policyOf(migration, rules);
  return {
    hours: `blocked ${rangesInWords(policy.closed) || 'at no time'}; amber ${rangesInWords(policy.amber) || 'at no time'}`,
    stops: rules.stops.map((stop) => ({
      what: `${stop.rule === 'freeze' ? 'Freeze' : 'National e-RS incident'}: ${stop.reason}`,
      by: stop.setBy,
      at: stop.startsAt,
      endedAt: stop.liftedAt ?? stop.endsAt,
    })),
    ersOutages: rules.ersOutages.map(({ from, to, source }) => ({ from, to, source })),
    lastLook: look && {
      what: `${look.page}: ${look.found === 'none' ? 'no outage' : 'noted'}`,
      by: look.by,
      at: look.checkedAt,
    },
    go: go.map((one) => ({
      what: `${one.part}${one.note ? `: ${one.note}` : ''}`,
      said: one.said,
      by: nameOf(one.person_id),
      at: one.at,
    })),
  };
}

function verificationPart(known: Verification): Pick<Pack, 'polls' | 'verification'> {
  const { plan, services, nameOf } = known;
  const polls = pollLines(known);
  const tests = testsOf(plan.verification, known.events);
  const verdict = quorum(services, tests, polls);
  const byId = new Map(services.map((service) => [service.serviceId, service]));
  return {
    polls: polls.map(({ serviceId, name, site, ownerId, seenBy, seenAt, problem }) => ({
      serviceId,
      name,
      site,
      owner: ownerId === null ? null : nameOf(ownerId),
      seenBy: seenBy === null ? null : nameOf(seenBy),
      seenAt,
      problem,
    })),
    verification: {
      met: verdict.ok,
      faults: verdict.faults,
      tests: tests.map(({ serviceId, scenario, state, reason, reference, by, at }) => ({
        serviceId,
        name: byId.get(serviceId)?.name ?? serviceId,
        site: byId.get(serviceId)?.site ?? '',
        scenario: SCENARIO_WORDS[scenario],
        state,
        reason,
        reference,
        by: by === null ? null : nameOf(by),
        at,
      })),
    },
  };
}

const PAGE = 5_000;

/** Up to the head as it stands now: what others append meanwhile is left out, and what is missing before it is seen. */
async function auditPart(db: Database, chain: string): Promise<PackAudit> {
  const store = auditStore(db);
  const head = await store.head(chain);
  const rows: PackAudit['rows'][number][] = [];
  for (;;) {
    const page = await store.page(chain, rows.at(-1)?.seq ?? 0, PAGE);
    rows.push(...page.filter(({ seq }) => seq <= head.seq).map(({ seq, text, hash }) => ({ seq, text, hash })));
    if (page.length < PAGE || (page.at(-1)?.seq ?? 0) >= head.seq) return { chain, head, rows };
  }
}
