import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { ChannelOutcome } from '../ports/channel.ts';
import type { Posting } from '../store/postings.ts';
import type { Store } from '../store/store.ts';

interface TroubleWork {
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A channel that takes nothing until somebody puts it right is told once: to the operator in the log, to the migration's e-RS
 * leads directly, and what was called for in it goes to those people directly, so that nobody waits unheard. What goes through
 * again ends it.
 */
export async function tellTrouble(work: TroubleWork, posting: Posting, outcome: ChannelOutcome): Promise<void> {
  if (outcome.kind === 'done') return work.transaction((store) => store.channelTroubles.clear(posting));
  if (posting.kind === 'direct' || (outcome.kind !== 'final' && outcome.kind !== 'retry')) return;
  const shut = outcome.because === 'person' || outcome.because === 'channel';
  if (!shut && outcome.kind !== 'final') return;
  const now = work.clock.now().toString();
  await work.transaction(async (store) => {
    if (shut && (await store.channelTroubles.raise(posting, posting.migrationId, outcome.reason, now))) {
      work.log.error({ ...placeOf(posting), problem: outcome.reason }, 'a channel takes no messages');
      await tellLeads(store, posting, outcome.reason, now);
    }
    // Its first attempt alone: what waits is tried again, and told no second time.
    if (posting.kind === 'call' && posting.attempts === 1) await tellThem(store, posting, now);
  });
}

async function tellLeads(store: Store, posting: Posting, reason: string, now: string): Promise<void> {
  const holders = await store.people.holders(posting.migrationId);
  const leads = new Set(holders.filter(({ role }) => role === 'e-rs-lead').map(({ person }) => person.id));
  const message = `A ${PLATFORM_WORDS[posting.platform] ?? ''} channel of this migration takes no messages: ${reason} Nothing is lost: what is to be seen there follows by itself.`;
  for (const lead of leads) {
    await store.directMessages.tell(lead, posting.migrationId, posting.subject, message, now);
  }
}

async function tellThem(store: Store, posting: Posting, now: string): Promise<void> {
  const message = `${posting.message} (To you directly: the channel takes no messages now.)`;
  for (const person of posting.people) {
    await store.directMessages.tell(person, posting.migrationId, posting.subject, message, now);
  }
}

const PLATFORM_WORDS: Readonly<Record<string, string>> = { slack: 'Slack', teams: 'Microsoft Teams', chat: 'chat' };

function placeOf({ platform, tenant, channelId }: Posting) {
  return { platform, tenant, channelId };
}
