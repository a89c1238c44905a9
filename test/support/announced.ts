import type { NoticeAskedFacts } from '../../src/domain/notice-answers.ts';
import type { PlanState } from '../../src/domain/plan.ts';
import type { ListedRecipient } from '../../src/domain/recipient.ts';
import { storeOf } from '../../src/store/store.ts';
import { advanceSending } from '../../src/work/advance-sending.ts';
import { mailPace } from '../../src/work/advance-sending-pace.ts';
import { plannedService, WORDING } from './notice-facts.ts';
import { commissioner, practice, sendingOver } from './notices-office.ts';
import type { Office } from './office.ts';
import { type Received, smtpSink } from './smtp-sink.ts';

export const OUTAGE = { from: '2026-12-15T17:00:00Z', to: '2026-12-15T23:00:00Z' };

/** An outage, wording, a list and an approved plan: all that a planned notice needs. */
export async function readyToAnnounce(
  office: Office,
  rows: readonly ListedRecipient[] = [commissioner('QA1'), practice('A1'), practice('A2')],
): Promise<void> {
  const { store, migrationId } = office;
  await store.migrations.setOutage(migrationId, OUTAGE, null);
  await store.recipients.load(migrationId, rows, 'lists.csv');
  await store.notices.setWording(migrationId, WORDING, 1, office.clock.now().toString());
  await planIn(office, 'approved', ['7000001', '7000002']);
}

/** A plan of these services in that state. */
export async function planIn(office: Office, state: PlanState, services: readonly string[]): Promise<number> {
  return office.connection.transaction(async (trx) => {
    const act = { personId: 2, at: office.clock.now().toString(), words: 'the planner' };
    const snapshots = await trx.selectFrom('snapshot').select('id').execute();
    const { id: snapshotId } = await trx
      .insertInto('snapshot')
      .values({
        migration_id: office.migrationId,
        number: snapshots.length + 1,
        kind: 'extract',
        status: 'published',
        base_id: null,
        extract_id: null,
        file_name: 'x.csv',
        sha256: `x${snapshots.length}`,
        encoding: 'utf-8',
        taken: '2026-11-30',
        columns: '[]',
        flaw_counts: '{}',
        imported_by: 2,
        touched_at: act.at,
        published_at: act.at,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const made = await storeOf(trx).plans.create(
      office.migrationId,
      'plan',
      {
        snapshotId,
        selection: { include: [], exclude: [] } as never,
        target: { asid: '200000001337', organisation: null },
        services: services.map((id) => plannedService(id)),
        warnings: {},
        runnerId: 3,
        deputyId: null,
        verification: services.slice(0, 1),
      },
      act,
    );
    await trx.updateTable('plan').set({ state }).where('id', '=', made.id).execute();
    return made.id;
  });
}

/** The test, the question and the click. */
export async function sendNow(office: Office, kind: string): Promise<void> {
  const lead = office.as('communications-lead');
  await lead.done(`send ${kind} test`);
  const { code } = (await lead.done(`send ${kind} now`)) as unknown as NoticeAskedFacts;
  await lead.done(`send ${kind} code=${code} at=now`);
}

/** Sends what is due; gives what the relay took. */
export async function goOut(office: Office): Promise<readonly Received[]> {
  const sink = await smtpSink();
  const work = sendingOver(office, sink, 'me');
  await advanceSending(work, { stopping: () => false, pace: mailPace(() => 0), touched: new Map() });
  await work.mailer.close();
  await sink.close();
  return sink.received;
}
