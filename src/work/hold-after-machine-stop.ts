import { KIND_RULES, type Notice } from '../domain/notice.ts';
import { inWords } from '../kernel/time-words.ts';
import { chainOf } from '../store/audit.ts';
import type { Store } from '../store/store.ts';
import { actOnRun } from './advance-run-write.ts';

/** Shown on the card of a held notice, and in its thread. */
const WHY =
  'The machine stopped, so what happened in the last moments before may not be noted here. If mails were going out, look in your mail relay’s log for any after the last one noted. Then let it go on, or send an update instead.';
const RUN_WORDS =
  'The machine stopped during the run. What was done in the last moments may not be noted here: compare with e-RS, then resume.';

/**
 * After the machine stopped on the embedded database nothing goes on by itself: runs are paused and notices held until a
 * person looked (contracts, Mail). In one transaction, before anything else is done with the database. Gives what waits.
 */
export async function holdAfterMachineStop(
  store: Store,
  now: Temporal.Instant,
): Promise<{ readonly runs: number; readonly notices: number }> {
  const runs = await store.machineStop.movingRuns();
  for (const run of runs) {
    const migration = await store.migrations.byId(run.migrationId);
    if (migration === null) continue;
    await actOnRun(store, run, migration, { kind: 'pause', reason: 'machine-stopped', words: RUN_WORDS }, now);
  }
  const notices = await store.machineStop.holdNotices(now.toString(), WHY);
  for (const notice of notices) await tell(store, notice, now.toString());
  return { runs: runs.length, notices: notices.length };
}

async function tell(store: Store, notice: Notice, now: string): Promise<void> {
  const subject = `notice:${notice.id}` as const;
  await store.audit.append(chainOf(notice.migrationId), [
    {
      at: now,
      act: 'notice.held-after-machine-stop',
      about: subject,
      person: null,
      account: 'changeover',
      facts: { reference: notice.facts.reference },
      hash: notice.contentHash,
    },
  ]);
  await store.postings.touch(notice.migrationId, subject, now);
  const last = await store.machineStop.lastSent(notice.id);
  const noted =
    last === null
      ? 'No mail of it is noted as sent.'
      : `Noted last: ${last.name} (${last.code}), ${inWords(last.at, notice.facts.zone)}.`;
  const words = `Notice ${notice.facts.reference} (${KIND_RULES[notice.kind].words}) is on hold. ${WHY} ${noted} It goes on with \`/bsu hold ${notice.id} off\`.`;
  const holders = await store.people.holders(notice.migrationId);
  const leads = holders.filter((holder) => holder.role === 'communications-lead').map((holder) => holder.person.id);
  await store.postings.call(notice.migrationId, subject, words, leads, now);
}
