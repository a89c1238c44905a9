import type { Database } from '../../db/connect.ts';
import { ALL_SERVICES, PRIORITY_WORDS } from '../domain/asi.ts';
import { type Finding, ownerWords } from '../domain/finding.ts';
import type { NoticeKind } from '../domain/notice.ts';
import type { PackNotice, PackRun, PackSaid, PackVote } from '../domain/pack.ts';
import { DIFFERENCE_WORDS } from '../domain/reconcile.ts';
import { ownerOf } from '../domain/reconcile-shown.ts';
import { ROLE_WORDS } from '../domain/role.ts';
import { ITEM_STATES, type ItemState } from '../domain/run.ts';
import { RUN_STATE_WORDS } from '../domain/run-decide.ts';
import { counted } from '../kernel/time-words.ts';
import { type AfterStore, afterStore } from './after.ts';
import { deliveryStore } from './deliveries.ts';
import { findingStore } from './findings.ts';
import { noticeStore } from './notices.ts';
import { reconcileStore } from './reconcile.ts';
import { runStore } from './runs.ts';
import { runItemStore } from './runs-items.ts';

type NameOf = (id: number) => string;

/** What went over by itself needs no line of its own in the pack. */
const PLAIN: readonly ItemState[] = ['confirmed', 'pending'];

/** The counts, what stands out with its owner, and what was settled. */
async function slotIssues(after: AfterStore, planId: number, open: readonly Finding[]): Promise<readonly PackSaid[]> {
  const counts = await after.asi(planId);
  const newest =
    counts
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? '';
  return [
    ...counts.map((one) => ({
      what: `${one.day}: ${one.serviceId} ${PRIORITY_WORDS[one.priority]} ${one.count}`,
      by: one.by,
      at: one.at,
    })),
    ...open
      .filter((one) => one.kind === 'alert' && one.planId === planId)
      .map(({ words, role, owner }) => ({
        what: `alert, open: ${words}, owner ${ownerWords(role, owner ?? undefined)}`,
        by: 'nobody yet',
        at: newest,
      })),
    ...(await after.settledAlerts(planId)).map((one) => ({
      what: `alert, settled: ${one.day}: ${one.serviceId === ALL_SERVICES ? 'all services,' : one.serviceId} ${PRIORITY_WORDS[one.priority]} ${one.count}: ${one.note}`,
      by: one.by,
      at: one.at,
    })),
  ];
}

/** What people did with a plan: votes, notices, telephone calls, runs; for the evidence pack. */
export function packDeeds(db: Database, nameOf: NameOf) {
  return {
    /** All that were cast, those that ended too. */
    async votes(planId: number): Promise<readonly PackVote[]> {
      const rows = await db.selectFrom('vote').selectAll().where('plan_id', '=', planId).orderBy('id').execute();
      return rows.map((row) => ({
        by: nameOf(row.person_id),
        roles: row.roles.map((role) => ROLE_WORDS[role]),
        at: row.at,
        hash: row.cast_on,
        endedAt: row.ended_at,
        endedWhy: row.ended_why,
      }));
    },
    async notices(migrationId: number, wordsOf: (kind: NoticeKind) => string): Promise<readonly PackNotice[]> {
      const deliveries = deliveryStore(db);
      const notices = await noticeStore(db).list(migrationId);
      return Promise.all(
        notices.map(async (notice) => {
          const { total, all } = await deliveries.counts(notice.id);
          return {
            reference: notice.facts.reference,
            kind: wordsOf(notice.kind),
            status: notice.status,
            dueAt: notice.dueAt,
            hash: notice.contentHash,
            recipients: total,
            counts: { ...all },
          };
        }),
      );
    },
    /** Telephone tasks done and decisions about informing people (rule 24); organisations by their code alone. */
    async calls(migrationId: number): Promise<readonly PackSaid[]> {
      const calls = await db
        .selectFrom('phone_call')
        .select(['code', 'done_by', 'done_at'])
        .where('migration_id', '=', migrationId)
        .orderBy('id')
        .execute();
      const decisions = await db
        .selectFrom('notice_decision')
        .selectAll()
        .where('migration_id', '=', migrationId)
        .orderBy('decided_at')
        .execute();
      const about = { rest: 'The rest of the referrers accepted', lead: 'A shorter lead accepted' } as const;
      return [
        ...calls.map((call) => ({ what: `${call.code} telephoned`, by: nameOf(call.done_by), at: call.done_at })),
        ...decisions.map((one) => ({
          what: `${about[one.what]}: ${one.reason}`,
          by: nameOf(one.decided_by),
          at: one.decided_at,
        })),
      ];
    },
    /** Reconciliation and appointment slot issues (rule 26), in sentences; each difference and alert with its owner. */
    async afterwards(
      planId: number,
      open: readonly Finding[],
    ): Promise<{ reconciliation: readonly PackSaid[]; asi: readonly PackSaid[] }> {
      const after = afterStore(db);
      const readings = await reconcileStore(db).readings(planId);
      const differences = await reconcileStore(db).differences(planId);
      const owners = await findingStore(db).owners(planId, 'difference');
      return {
        reconciliation: [
          ...readings.map((one) => ({
            what: `${one.serviceId} read on the screen: ${one.asid}`,
            by: one.by,
            at: one.at,
          })),
          ...differences.map((one) => ({
            what: `${one.serviceId} ${DIFFERENCE_WORDS[one.kind]} (${one.detail}; ${one.source}), owner ${ownerOf(one, owners)}${one.settled ? `, settled: ${one.settled.note}` : ', open'}`,
            by: one.settled?.by ?? 'nobody yet',
            at: one.settled?.at ?? one.foundAt,
          })),
          ...(await reconcileStore(db).comparisons(planId)).map((one) => ({
            what: `Every service compared with snapshot ${one.snapshot} (data of ${one.taken}): ${one.asPlanned} as planned, ${counted(one.differences, 'difference')}`,
            by: one.by,
            at: one.at,
          })),
          ...(await after.mornings(planId)).map((one) => ({
            what: `${one.site}, the next morning: ${one.arrived ? 'slots arrived' : `no slots: ${one.note}`}`,
            by: one.by,
            at: one.at,
          })),
        ],
        asi: await slotIssues(after, planId, open),
      };
    },
    async runs(planId: number): Promise<readonly PackRun[]> {
      const items = runItemStore(db);
      const exceptional = ITEM_STATES.filter((state) => !PLAIN.includes(state));
      return Promise.all(
        (await runStore(db).ofPlan(planId)).map(async (run) => ({
          number: run.generation,
          how: run.executor === 'guided' ? 'guided through the screen' : 'by the organisation’s automation',
          state: RUN_STATE_WORDS[run.state],
          startedBy: nameOf(run.startedBy),
          startedAt: run.startedAt,
          finishedAt: run.finishedAt,
          window: run.window,
          amberReason: run.amberReason,
          counts: { ...(await items.counts(run.id)) },
          exceptions: (await items.inStates(run.id, exceptional, Number.MAX_SAFE_INTEGER)).map((item) => ({
            serviceId: item.serviceId,
            name: item.name,
            site: item.site,
            state: item.state,
            reason: item.reason,
            at: item.settledAt,
          })),
        })),
      );
    },
  };
}
