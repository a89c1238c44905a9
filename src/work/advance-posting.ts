import type { Card } from '../card/card.ts';
import type { Subject } from '../domain/subject.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Channel, ChannelAddress, ChannelFile, ChannelOutcome } from '../ports/channel.ts';
import type { Posting, PostingOutcome } from '../store/postings.ts';
import type { Store } from '../store/store.ts';
import type { PostingPace } from './posting-pace.ts';
import { tellTrouble } from './posting-trouble.ts';

/** The newest card of a subject; null when there is nothing to show. */
export type DrawSubject = (store: Store, subject: Subject, now: Temporal.Instant) => Promise<Card | null>;

/** The newest file of a subject; null when it has none. */
export type DrawFile = (store: Store, subject: Subject, now: Temporal.Instant) => Promise<ChannelFile | null>;

export interface PostingWork {
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** The platforms that this process speaks on. */
  readonly channels: readonly Channel[];
  readonly draw: DrawSubject;
  /** Left out: no subject has a file. */
  readonly drawFile?: DrawFile;
  readonly clock: Clock;
  readonly pace: PostingPace;
  readonly owner: string;
  readonly log: Log;
}

/** Claimed together, so that even the slowest of one channel are settled within the lease. */
const CLAIM = 5;
const LEASE_SECONDS = 120;
const LONGEST_WAIT_SECONDS = 300;
/** What comes next in a channel that has just failed waits at least as long. */
const AFTER_FAILURE_SECONDS = 2;
const AUDIENCE = 60;
const UNTIL_SEEN_SECONDS = 10;
/** Every five minutes, some two hours long. */
const DIRECT_ATTEMPTS = 24;

/**
 * One round: claims due postings, speaks, and settles each in its own transaction. At least once; the newest version wins: a
 * card is drawn after it was claimed, and one that was touched meanwhile is due again. Gives how many were claimed.
 */
export async function advancePosting(work: PostingWork): Promise<number> {
  const platforms = work.channels.map((channel) => channel.platform);
  const claimed = await work.transaction((store) => store.postings.claim(work.owner, platforms, CLAIM, LEASE_SECONDS));
  await Promise.all([...byRoom(claimed).values()].map((postings) => inOrder(work, postings)));
  return claimed.length;
}

/** One channel's postings go out one after another, so that a call for help stands below its card; one that fails holds the rest. */
async function inOrder(work: PostingWork, postings: readonly Posting[]): Promise<void> {
  let held: number | null = null;
  for (const posting of postings) {
    const outcome: PostingOutcome =
      held === null
        ? await speak(work, posting).catch((error: unknown): PostingOutcome => {
            const problem = error instanceof Error ? error.message : String(error);
            return { kind: 'later', seconds: backOff(posting), problem };
          })
        : { kind: 'paced', seconds: isFirstCall(posting) ? Math.min(held, AFTER_FAILURE_SECONDS) : held };
    held ??= holdAfter(outcome);
    if (outcome.kind !== 'posted' && outcome.kind !== 'paced') {
      work.log.warn({ posting: posting.id, subject: posting.subject, ...outcome }, 'a posting did not go through');
    }
    await work.transaction((store) => store.postings.settle(work.owner, posting.id, outcome));
  }
}

/** What comes next in that channel waits too: as long as the platform asks for, or a little after any other failure. */
function holdAfter(outcome: PostingOutcome): number | null {
  if (outcome.kind === 'paced') return outcome.seconds;
  if (outcome.kind === 'later') return outcome.wholeChannel ? outcome.seconds : AFTER_FAILURE_SECONDS;
  return outcome.kind === 'unknown' ? AFTER_FAILURE_SECONDS : null;
}

/** That its channel takes nothing is known, and told to those it calls for, by its first attempt. */
function isFirstCall({ kind, attempts }: Posting): boolean {
  return kind === 'call' && attempts === 1;
}

async function speak(work: PostingWork, posting: Posting): Promise<PostingOutcome> {
  const channel = work.channels.find((each) => each.platform === posting.platform);
  if (!channel) throw new Error(`Nobody speaks ${posting.platform} here.`);
  const wait = await work.pace.turn({ ...posting, edit: posting.messageId !== null });
  if (wait > 0) return { kind: 'paced', seconds: wait };
  const outcome = await SPEAK[posting.kind](work, channel, posting);
  if (outcome === null) return { kind: 'failed', problem: `There is nothing to show of ${posting.subject}.` };
  if (outcome.kind === 'retry' && outcome.because === 'limit') work.pace.hold(posting, outcome.afterSeconds ?? 1);
  await tellTrouble(work, posting, outcome);
  return settled(posting, outcome, channel);
}

/** Null when there is nothing to show. */
async function showCard(work: PostingWork, channel: Channel, posting: Posting): Promise<ChannelOutcome | null> {
  const { card, audience } = await work.transaction(async (store) => ({
    card: await work.draw(store, posting.subject, work.clock.now()),
    audience: channel.ownButtons
      ? await store.people.active(posting.migrationId, posting.platform, posting.tenant, AUDIENCE)
      : [],
  }));
  if (!card) return null;
  const to = addressOf(posting);
  const known = posting.messageId ?? (posting.maybePosted ? await channel.find(to, posting.subject) : null);
  if (known === null) return channel.post(to, posting.maybePosted ? replacing(card) : card, posting.subject, audience);
  const edited = await channel.edit(to, known, card, posting.subject, audience);
  return edited.kind === 'gone' ? channel.post(to, card, posting.subject, audience) : edited;
}

/** Rule 19: one new message in the thread of the subject's card, or to one person alone, that names whom it needs. */
async function call(work: PostingWork, channel: Channel, posting: Posting): Promise<ChannelOutcome> {
  const { thread, people } = await work.transaction(async (store) => ({
    thread: posting.kind === 'direct' ? null : await store.postings.cardMessage(posting.subject, posting),
    people: await store.people.named(posting.people, posting.platform, posting.tenant),
  }));
  const text = posting.maybePosted
    ? `${posting.message} (Sent again: there was no answer the first time.)`
    : posting.message;
  return channel.say(addressOf(posting), thread, text ?? '', people, `call:${posting.id}`);
}

/** Rule 30: the file as it is now, in the thread of the subject's card. Where the platform takes none, its words say how to get it. */
async function handOut(work: PostingWork, channel: Channel, posting: Posting): Promise<ChannelOutcome | null> {
  const { thread, file } = await work.transaction(async (store) => ({
    thread: await store.postings.cardMessage(posting.subject, posting),
    file: (await work.drawFile?.(store, posting.subject, work.clock.now())) ?? null,
  }));
  if (file === null) return null;
  const key = `file:${posting.id}`;
  const words = posting.message ?? '';
  if (channel.file) return channel.file(addressOf(posting), thread, words, file, key);
  return channel.say(addressOf(posting), thread, `${words} Type “/bsu night” to get it.`, [], key);
}

const SPEAK = { card: showCard, call, direct: call, file: handOut } as const satisfies Record<
  Posting['kind'],
  (work: PostingWork, channel: Channel, posting: Posting) => Promise<ChannelOutcome | null>
>;

function settled(posting: Posting, outcome: ChannelOutcome, channel: Channel): PostingOutcome {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'posted', messageId: outcome.messageId, version: posting.wantedVersion };
    case 'retry': {
      const problem = outcome.reason;
      // Who cannot be written to alone is not tried for ever: what it says grows old.
      if (posting.kind === 'direct' && outcome.because === 'person' && posting.attempts >= DIRECT_ATTEMPTS)
        return { kind: 'failed', problem };
      const seconds = outcome.afterSeconds ?? backOff(posting);
      return { kind: 'later', seconds, problem, ...(outcome.because ? { wholeChannel: true as const } : {}) };
    }
    case 'unknown': {
      // Where a card tells its own id when somebody sees it, that is waited for.
      const seconds = Math.max(backOff(posting), channel.ownButtons ? UNTIL_SEEN_SECONDS : 0);
      return { kind: 'unknown', seconds, problem: outcome.reason };
    }
    case 'gone':
    case 'final':
      return { kind: 'failed', problem: outcome.reason };
  }
}

/** After an answer that never came the first card may stand in the channel too (contracts, Chat). */
function replacing(card: Card): Card {
  return { ...card, body: [...card.body, { kind: 'text', text: 'This replaces the card above.', weight: 'quiet' }] };
}

/** 2 s, 4 s, 8 s … five minutes. */
function backOff(posting: Posting): number {
  return Math.min(LONGEST_WAIT_SECONDS, 2 ** Math.min(posting.attempts, 10));
}

function addressOf({ tenant, channelId }: Posting): ChannelAddress {
  return { tenant, channelId };
}

function roomOf({ platform, tenant, channelId }: Posting): string {
  return `${platform}:${tenant}:${channelId}`;
}

function byRoom(postings: readonly Posting[]): Map<string, Posting[]> {
  return Map.groupBy(postings, roomOf);
}
