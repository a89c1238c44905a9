import { itemKey, itemMove, type LedgerItem, type Run, sameLink } from '../domain/run.ts';
import { judgeReadBack } from '../domain/run-item.ts';
import { afterAnswer, beforeUndo, waitBeforeRetry } from '../domain/run-outcome.ts';
import type { ExecutorItem } from '../ports/executor.ts';
import type { Settled } from '../store/runs-ledger.ts';
import type { Drive } from './advance-run-deps.ts';

/** What came of one batch: to be written, and whether the automation answered at all. */
export interface BatchResult {
  readonly settled: readonly Settled[];
  /** In the order answered: did it fail? Only what was really answered. */
  readonly failures: readonly boolean[];
  readonly reached: boolean;
  /** The automation asked for a pause of so many seconds, or was not there. */
  readonly waitSeconds: number | null;
}

/** Sends the batch whose intention is written, and reads one of the applied back (rule 15). */
export async function sendBatch(drive: Drive, run: Run, items: readonly LedgerItem[]): Promise<BatchResult> {
  if (run.direction === 'forward') return sendItems(drive, run, items);
  const compared = await Promise.all(items.map((item) => compareBeforeUndo(drive, item)));
  const toSend = items.filter((_, at) => compared[at] === null);
  const told = compared.filter((one) => one !== null);
  if (toSend.length === 0) return { settled: told, failures: [], reached: true, waitSeconds: null };
  const sent = await sendItems(drive, run, toSend);
  return { ...sent, settled: [...told, ...sent.settled] };
}

async function sendItems(drive: Drive, run: Run, items: readonly LedgerItem[]): Promise<BatchResult> {
  const asked = items.map((item) => asExecutorItem(run, item));
  const outcome = await drive.executor.apply(asked, drive.requestSeconds);
  if (outcome.kind === 'retry-after') {
    const attempts = Math.max(...items.map((item) => item.attempts));
    const waitSeconds = waitBeforeRetry(outcome.seconds, attempts);
    const settled = items.map(({ serviceId }) => ({
      serviceId,
      state: 'pending' as const,
      reason: outcome.why,
      waitSeconds,
    }));
    return { settled, failures: [], reached: false, waitSeconds };
  }
  const settled = items.map((item, at): Settled => {
    const key = asked[at]?.key ?? '';
    const said = outcome.kind === 'answered' ? outcome.items.get(key) : outcome;
    return { serviceId: item.serviceId, ...afterAnswer(item, said ?? { kind: 'unknown', why: 'no answer' }) };
  });
  const read = await confirmed(drive, run, items, settled);
  const answered = read.filter((one) => one.state !== 'applying');
  return {
    settled: read,
    // "Applied" that reads back as something else has failed like a refusal: it counts for the threshold too.
    failures: answered.map(({ state }) => state === 'failed' || state === 'needs-a-person'),
    reached: answered.length > 0,
    waitSeconds: null,
  };
}

/** One of the applied is read back for all of them; where it is not what was said, each one is (rule 15). */
async function confirmed(
  drive: Drive,
  run: Run,
  items: readonly LedgerItem[],
  settled: readonly Settled[],
): Promise<readonly Settled[]> {
  const applied = items.filter((_, at) => settled[at]?.state === 'applied');
  if (applied.length === 0) return settled;
  const known = new Map((await confirmApplied(drive, run, applied)).map((one) => [one.serviceId, one]));
  return settled.map((one) => known.get(one.serviceId) ?? one);
}

/** Confirms services of which the automation said "applied"; those that cannot be read stay applied. */
export async function confirmApplied(
  drive: Drive,
  run: Run,
  items: readonly LedgerItem[],
): Promise<readonly Settled[]> {
  const [sample] = items;
  if (sample === undefined) return [];
  const done = run.direction === 'forward' ? 'confirmed' : 'undone';
  const read = await drive.executor.readBack(sample.serviceId, drive.requestSeconds);
  if (read.kind === 'unreadable') return [];
  if (sameLink(read.found, itemMove(sample).to)) {
    return items.map(({ serviceId }) => ({ serviceId, state: done, reason: null }));
  }
  const each = await Promise.all(items.map((item) => confirmOne(drive, item, done)));
  return each.filter((one) => one !== null);
}

async function confirmOne(drive: Drive, item: LedgerItem, done: 'confirmed' | 'undone'): Promise<Settled | null> {
  const read = await drive.executor.readBack(item.serviceId, drive.requestSeconds);
  if (read.kind === 'unreadable') return null;
  if (sameLink(read.found, itemMove(item).to)) return { serviceId: item.serviceId, state: done, reason: null };
  const reason = `Your automation said it was changed, but it is on ${read.found.organisation} and system ${read.found.asid}.`;
  return { serviceId: item.serviceId, state: 'needs-a-person', reason };
}

/** Asks for each service whose outcome is unknown; what cannot be read is asked again later, longer each time. */
export async function readDoubtful(drive: Drive, run: Run, items: readonly LedgerItem[]): Promise<readonly Settled[]> {
  return Promise.all(
    items.map(async (item): Promise<Settled> => {
      const { serviceId } = item;
      const read = await drive.executor.readBack(serviceId, drive.requestSeconds);
      if (read.kind === 'unreadable') {
        const waitSeconds = waitBeforeRetry(read.retryAfterSeconds ?? 2, item.attempts);
        return { serviceId, state: 'applying', reason: read.why, inDoubt: true, waitSeconds };
      }
      return { serviceId, ...judgeReadBack(item, itemKey(run, serviceId, item.direction), read.found) };
    }),
  );
}

async function compareBeforeUndo(drive: Drive, item: LedgerItem): Promise<Settled | null> {
  const { serviceId } = item;
  const read = await drive.executor.readBack(serviceId, drive.requestSeconds);
  if (read.kind === 'unreadable') {
    return { serviceId, state: 'pending', reason: read.why, waitSeconds: waitBeforeRetry(2, item.attempts) };
  }
  const found = beforeUndo(item, read.found);
  if (found === 'turn-back') return null;
  if (found === 'already-back') return { serviceId, state: 'undone', reason: 'It was on the old system already.' };
  const where = `${read.found.organisation} and system ${read.found.asid}`;
  return { serviceId, state: 'needs-a-person', reason: `It was changed since the run: it is on ${where}.` };
}

function asExecutorItem(run: Run, item: LedgerItem): ExecutorItem {
  return {
    key: itemKey(run, item.serviceId, item.direction),
    serviceId: item.serviceId,
    ...itemMove(item),
  };
}
