import { asiCardOnPage } from '../../templates/cards/after.ts';
import { cardOf } from '../../templates/cards/index.ts';
import type { BankHolidays } from '../domain/bank-holidays.ts';
import { ROLE_WORDS } from '../domain/role.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { inWords } from '../kernel/time-words.ts';
import type { Board, BoardFeed } from '../ports/board-pages.ts';
import { type BoardState, boardState } from '../store/boards.ts';
import type { Store } from '../store/store.ts';

export interface BoardFeedParts {
  readonly clock: Clock;
  readonly bankHolidays: BankHolidays;
  readonly log: Log;
  /** For each migration a text that changes with it, in one query. */
  marks(migrationIds: readonly number[]): Promise<ReadonlyMap<number, string>>;
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** Calls again and again until the given function is called: once a second in service. */
  every(look: () => void): () => void;
}

interface Kept {
  readonly mark: string;
  readonly board: Promise<Board | null>;
}

/** The boards, kept until something changes: fifty people who look cost the database what one costs. */
export function boardFeed(parts: BoardFeedParts): BoardFeed & { look(): Promise<void> } {
  const kept = new Map<number, Kept>();
  const seen = new Map<number, string>();
  const watchers = new Map<number, Set<(board: Promise<Board | null>) => void>>();
  let rest: (() => void) | null = null;
  let looking: Promise<void> = Promise.resolve();

  // Time alone changes a board too: windows open and close, a go runs out.
  const withMinute = (mark: string) => `${mark}@${parts.clock.now().toString({ smallestUnit: 'minute' })}`;

  // Decided without waiting for anything: of many who ask at once one reads, also while the last reading is still under way.
  const fresh = (migrationId: number, mark: string): Promise<Board | null> => {
    const before = kept.get(migrationId);
    if (before?.mark === mark) return before.board;
    const board = parts
      .transaction((store) => boardState(store, migrationId, parts.clock.now(), parts.bankHolidays))
      .then((state) => state && drawn(state, parts.clock.now()));
    const reading = { mark, board };
    kept.set(migrationId, reading);
    // What could not be read is not kept; whoever asked hears why.
    board.catch(() => {
      if (kept.get(migrationId) === reading) kept.delete(migrationId);
    });
    return board;
  };

  const look = async (): Promise<void> => {
    const ids = [...watchers.keys()];
    const marks = await parts.marks(ids);
    for (const id of ids) {
      const mark = withMinute(marks.get(id) ?? '');
      if (seen.get(id) === mark) continue;
      seen.set(id, mark);
      const board = fresh(id, mark);
      for (const changed of watchers.get(id) ?? []) changed(board);
    }
  };
  const lookSafely = (): void => {
    looking = looking.then(look).catch((error: unknown) => {
      parts.log.error({ err: error }, 'the boards could not be looked after; tried again in a moment');
    });
  };

  return {
    look,
    async board(migrationId) {
      const marks = await parts.marks([migrationId]);
      return fresh(migrationId, withMinute(marks.get(migrationId) ?? ''));
    },
    watch(migrationId, changed) {
      const mine = watchers.get(migrationId) ?? new Set();
      watchers.set(migrationId, mine.add(changed));
      rest ??= parts.every(lookSafely);
      return () => {
        mine.delete(changed);
        if (mine.size === 0) watchers.delete(migrationId);
        if (watchers.size > 0) return;
        rest?.();
        rest = null;
      };
    },
    async stop() {
      rest?.();
      rest = null;
      watchers.clear();
      await looking;
    },
  };
}

function drawn(state: BoardState, now: Temporal.Instant): Board {
  const { migration, verdict, until } = state;
  const sections = state.sections.map(({ answer, ...section }) =>
    answer?.code === 'asi.shown'
      ? { ...section, card: asiCardOnPage(answer.facts), chart: answer.facts }
      : { ...section, card: answer && cardOf(answer), chart: null },
  );
  return {
    migrationId: migration.id,
    name: migration.name,
    provider: migration.providerName,
    zone: migration.zone,
    at: now.toString(),
    hours: { verdict, text: `${HOURS[verdict]}${until === null ? '' : ` until ${inWords(until, migration.zone)}`}` },
    where: whereWeAre(sections),
    blocks: state.blocks,
    week: state.week,
    people: state.people.map((person) => ({ ...person, roleWords: person.roles.map((role) => ROLE_WORDS[role]) })),
    sections,
  };
}

/** The headline of what is going on: the run while it goes, its verification after it, else each plan's. */
function whereWeAre(sections: Board['sections']): readonly string[] {
  const headline = (key: string) => sections.find((section) => section.key === key)?.card?.headline;
  const [first] = sections;
  const running = first?.key === 'run' ? headline('run') : undefined;
  const verified = headline('verification');
  const plans = sections.filter(({ key }) => key.startsWith('plan-')).flatMap(({ card }) => card?.headline ?? []);
  if (verified !== undefined && !/stopped|paused|back/.test(headline('run') ?? '')) return [verified];
  if (running !== undefined) return [running];
  return plans.length > 0 ? plans : ['No plan is being worked on.'];
}

/** Never by colour alone. */
const HOURS = {
  open: 'Bulk updates are open',
  amber: 'Bulk updates need a second confirmation',
  closed: 'Bulk updates are closed',
} as const;
